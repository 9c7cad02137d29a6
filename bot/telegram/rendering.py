"""An `Answer` as Telegram messages: the answer, one quotation with its citation line, notes apart. Pure."""

from __future__ import annotations

from bot import messages
from bot.answering.answer import Answer, Citation, Notice
from bot.telegram import texts
from bot.telegram.markup import LIMIT, Message, Piece, is_blank, length, lines, sendable, split, visible

# Up to here the whole first paragraph is bold; a longer one only up to the end of its first sentence or clause.
_BOLD = 400
_FEW = 3  # quotations
_BREAK_ROW: Message = ()


def answer_text(answer: Answer) -> str:
    """The answer part as a person sees it: the plain answer, made sendable."""
    text = sendable(answer.answer).strip()
    return messages.NOT_STATED if is_blank(text) else text


def first_source(answer: Answer) -> int:
    """Which quotation is shown at first: of a few the longest, which says most ("4 an", then its footnote)."""
    if len(answer.citations) > _FEW:
        return 0
    return max(range(len(answer.citations)), key=lambda number: len(answer.citations[number].quote), default=0)


def render(answer: Answer, source: int = 0, before: Message = ()) -> list[Message]:
    """The messages of an answer, its `source`-th quotation shown; the last one carries the buttons.

    Which messages there are does not depend on `source`: paging through the quotations edits the last one only.
    `before`: what stands before the answer, as the question that a button stands for.
    """
    head = lines(*([before] if before else []), _answer(answer))
    notes = _notes(answer)
    if not answer.citations:
        return split((*head, *notes))
    shown = answer.citations[min(source, len(answer.citations) - 1)]
    room = LIMIT - length(visible(head)) - length(visible(notes)) - len("\n\n") * 2
    if all(length(visible(quoted(one))) <= room for one in answer.citations):
        return [(*head, Piece("\n\n"), *quoted(shown), *notes)]
    parts = split(quoted(shown))
    page = parts[0]
    if len(parts) > 1:
        rest = Piece(f"\n{texts.REST_IN_SOURCES}", "italic")
        page = (*split(quoted(shown), LIMIT - length(rest.text))[0], rest)
    return [*split((*head, *notes)), page]


def quoted(citation: Citation) -> Message:
    """A quotation with its citation line; the nearest passage of an answer that is none is said to be that."""
    nearest = [Piece(messages.NEAREST, "italic")] if citation.role == "nearest" else []
    return lines(
        nearest,
        [Piece(sendable(citation.quote), "quote")],
        [Piece(f"[{citation.marker}] ", "bold"), Piece(sendable(citation.citation_line), "italic")],
    )


def sources(answer: Answer) -> list[Message]:
    """Every quotation of an answer, whole."""
    blocks = [quoted(citation) for citation in answer.citations]
    together: list[Message] = []
    for block in blocks:
        if together and length(visible(together[-1])) + length(visible(block)) + 2 <= LIMIT:
            together[-1] = (*together[-1], Piece("\n\n"), *block)
        else:
            together.append(block)
    return [part for one in together for part in split(one)]


def copied(citation: Citation) -> list[Message]:
    """Just the quotation and its citation line, without any style, as it goes into a report."""
    quote = sendable(citation.quote).strip()
    marked = quote if quote.startswith("“") and quote.endswith("”") else f"“{quote}”"
    return split((Piece(f"{marked}\n{sendable(citation.citation_line)}"),))


def _answer(answer: Answer) -> Message:
    text = answer_text(answer)
    first, newline, rest = text.partition("\n")
    if (not newline and len(first) > _BOLD) or (newline and first.startswith("- ")):
        return (Piece(text),)
    return (Piece(first, "bold"), Piece(newline + rest))


def _notes(answer: Answer) -> Message:
    """Notes from outside the texts under their own heading, then what else must be said."""
    outside = [notice for notice in answer.notices if notice.text.startswith(messages.OUTSIDE)]
    other = [notice for notice in answer.notices if notice not in outside]
    rows: list[Message] = []
    if outside:
        rows += [_BREAK_ROW, (Piece(texts.OUTSIDE, "bold"),)]
        rows += [(Piece(f"- {_outside(notice)}"),) for notice in outside]
    if other:
        rows += [_BREAK_ROW, *((Piece(f"{texts.NOTE}: ", "bold"), Piece(sendable(notice.text))) for notice in other)]
    return tuple(piece for row in rows for piece in (Piece("\n"), *row)) if rows else ()


def _outside(notice: Notice) -> str:
    text = sendable(notice.text.removeprefix(messages.OUTSIDE).lstrip(": "))
    said = text[:1].upper() + text[1:]
    return f"{said.rstrip('. ')} (nguồn: {sendable(notice.source)})." if notice.source else said
