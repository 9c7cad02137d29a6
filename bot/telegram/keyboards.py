"""The buttons under an answer. Each holds the id of its turn, so it works as long as the answer is kept."""

from __future__ import annotations

from bot.answering.answer import Answer
from bot.telegram import texts
from bot.telegram.keys import key
from bot.telegram.outgoing import Button

# Up to so many quotations have a button each; more are leafed through.
_EACH = 8
_LABEL = 60  # characters of a question on a button
Rows = list[list[Button]]


def answer_keyboard(
    answer: Answer, turn: str, *, source: int = 0, page_url: str | None = None, suggestions: bool = True
) -> Rows:
    """All buttons of an answer, with the `source`-th quotation shown."""
    rows: Rows = []
    if answer.status == "clarify" or answer.choices:
        rows += [[(choice.label, key("ch", turn, number))] for number, choice in enumerate(answer.choices)]
    rows += _sources(answer, turn, source)
    if answer.citations:
        shown = answer.citations[min(source, len(answer.citations) - 1)]
        row: list[Button] = [(texts.COPY, key("cp", turn, source))]
        if page_url:
            row.append((texts.PAGE, page_url.rstrip("/") + shown.url))
        rows.append(row)
    if answer.status in ("answered", "corrected", "not_found"):
        rows.append([(texts.RIGHT, key("ok", turn, source)), (texts.WRONG, key("no", turn, source))])
    if suggestions:
        rows += [[(_shortened(text), key("sg", turn, number))] for number, text in enumerate(answer.suggestions[:3])]
    return rows


def reasons_keyboard(turn: str, source: int) -> Rows:
    """Why an answer is not right; `source`: the quotation that is shown meanwhile."""
    rows: Rows = [[(reason, key("rs", turn, number, source))] for number, reason in enumerate(texts.REASONS)]
    return [*rows, [(texts.BACK, key("bk", turn, source))]]


def pager(page: int, count: int, *parts: object) -> list[Button]:
    """Leafing through `count` pages; the page's number is the last part of the callback data."""
    if count < 2:
        return []
    row: list[Button] = []
    if page > 0:
        row.append((texts.PREVIOUS, key(*parts, page - 1)))
    row.append((texts.source_number(page + 1, count), key("nop")))
    if page < count - 1:
        row.append((texts.NEXT, key(*parts, page + 1)))
    return row


def in_rows(buttons: list[Button], width: int) -> Rows:
    """Buttons side by side, so many a row."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def _sources(answer: Answer, turn: str, source: int) -> Rows:
    count = len(answer.citations)
    if count < 2:
        return []
    if count > _EACH:
        return [pager(source, count, "src", turn)]
    labels = [
        f"• {one.marker} •" if number == source else f"{one.marker}" for number, one in enumerate(answer.citations)
    ]
    return in_rows([(label, key("src", turn, number)) for number, label in enumerate(labels)], 4 if count < 5 else 8)


def _shortened(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[:_LABEL].rsplit(' ', 1)[0]} …"
