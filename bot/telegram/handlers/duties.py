"""`/han`: duties and deadlines by directive, level and body, with what has ended marked, and as files."""

from __future__ import annotations

from datetime import datetime

from bot import messages
from bot.facts.duties import DutyFilter, Level
from bot.facts.export import export_duties
from bot.facts.kinds import HERE, Format
from bot.telegram import texts
from bot.telegram.duties import Shown, shown_duties
from bot.telegram.handlers.documents import by_key
from bot.telegram.keyboards import Rows, in_rows, pager
from bot.telegram.keys import body_key, key, short
from bot.telegram.markup import Message, Piece, lines, sendable, split
from bot.telegram.talk import Talk
from index.library import Library
from index.structure.address import place_line

_PAGE = 4  # duties
_TASK = 600  # characters of a duty; its quotation is a button away on the page of its clause
_LEVEL: dict[str, Level] = {"t": "tỉnh", "h": "huyện", "x": "xã"}


async def duties(talk: Talk, arguments: str) -> None:
    """The duties of the chat's directive, or of all; `arguments` may name a body."""
    chosen = await talk.settings()
    document = short(chosen.document_id) if chosen.document_id else "0"
    await _show(talk, document, "a", 0, body_key(arguments))


async def tapped(talk: Talk, parts: list[str]) -> None:
    """Another page, another choice, or a file."""
    action, document, level = parts[0], parts[1], parts[2]
    # A pager's page stands at the end.
    page, body = (parts[4], parts[3]) if action == "hp" else (parts[3], parts[4])
    if action in ("h", "hp"):
        await talk.toast()
        return await _show(talk, document, level, int(page), body)
    if action == "hd":
        await talk.toast()
        return await talk.show(*await talk.desk.read(lambda library: _documents(library, document, level, body)))
    form: Format = "xlsx" if page == "x" else "ics"

    def content(library: Library) -> bytes:
        return export_duties(library, form, _filter(library, document, level, body))

    await talk.toast()
    return await talk.file(f"viec-phai-lam.{form}", await talk.desk.read(content), texts.FILE_CAPTION)


async def _show(talk: Talk, document: str, level: str, page: int, body: str) -> None:
    today = datetime.now(HERE).date()

    def read(library: Library) -> tuple[Message, Rows]:
        found = shown_duties(library, _filter(library, document, level, body), today)
        last = max(0, -(-len(found) // _PAGE) - 1)
        return _page(library, found, (document, level, body), min(page, last), talk.is_private)

    await talk.show(*await talk.desk.read(read))


def _documents(library: Library, document: str, level: str, body: str) -> tuple[Message, Rows]:
    """Whose duties to list."""
    rows: Rows = [
        [(messages.directive_label(one), key("h", short(one.id), level, 0, body))]
        for one in library.directives.values()
    ]
    rows.append([(texts.ALL_DOCUMENTS, key("h", "0", level, 0, body))])
    rows.append([(texts.BACK, key("h", document, level, 0, body))])
    return (Piece(texts.CHOOSE_ONE, "bold"),), rows


def _filter(library: Library, document: str, level: str, body: str) -> DutyFilter:
    directive = by_key(library, document)
    return DutyFilter(document=directive.id if directive else None, level=_LEVEL.get(level), body=body or None)


def _page(
    library: Library, found: list[Shown], choice: tuple[str, str, str], page: int, private: bool
) -> tuple[Message, Rows]:
    document, level, body = choice
    directive = by_key(library, document)
    named = [
        messages.directive_label(directive) if directive else "",
        texts.level(_LEVEL[level]) if level in _LEVEL else "",
        body,
    ]
    head = texts.duties_head(len(found), [name for name in named if name])
    start = page * _PAGE
    here = found[start : start + _PAGE]
    rows = [[Piece(head, "bold")], *([[Piece(texts.NO_DUTIES)]] if not found else [])]
    for number, one in enumerate(here, start + 1):
        rows += [[Piece("\n"), *_duty(library, one, number, directive is None)]]
    if not body:
        rows.append([Piece(f"\n{texts.BY_BODY}", "italic")])
    return split(lines(*rows))[0], _keyboard(library, found, choice, page, private)


def _duty(library: Library, one: Shown, number: int, with_document: bool) -> Message:
    duty, directive = one.duty, library.directive(one.duty.document_id)
    task = " ".join(sendable(duty.task).split())
    task = task if len(task) <= _TASK else f"{task[:_TASK].rsplit(' ', 1)[0]} …"
    actor = ""
    if duty.actor and not task.startswith(duty.actor):
        actor = f"{sendable(duty.actor[:1].upper() + duty.actor[1:])}: "
    facts = []
    if duty.deadline is not None:
        facts.append(Piece(texts.deadline(sendable(duty.deadline.written))))
    if one.over:
        facts.append(Piece(texts.ended(sendable(one.over)), "italic"))
    elif one.past:
        facts.append(Piece(texts.past(one.past.isoformat()), "italic"))
    elif one.coming:
        facts.append(Piece(texts.coming(one.coming.isoformat()), "bold"))
    place = place_line(directive, directive.provision(duty.provision_id))
    place = f"{messages.directive_label(directive)}; {place}" if with_document else place
    return lines(
        [Piece(f"{number}. "), Piece(actor, "bold"), Piece(task)],
        *([fact] for fact in facts),
        [Piece(sendable(place), "italic")],
    )


def _keyboard(library: Library, found: list[Shown], choice: tuple[str, str, str], page: int, private: bool) -> Rows:
    document, level, body = choice
    rows: Rows = [pager(page, -(-len(found) // _PAGE), "hp", document, level, body)]
    start = page * _PAGE
    if private:
        remind = [
            (texts.remind_number(number), key("rn", one.key))
            for number, one in enumerate(found[start : start + _PAGE], start + 1)
            if one.coming is not None
        ]
        rows += in_rows(remind, 2)
    levels = [("a", texts.ALL_LEVELS), *((name, texts.level(shown)) for name, shown in _LEVEL.items())]
    rows.append([(label, key("h", document, name, 0, body)) for name, label in levels if name != level])
    if len(library.directives) > 1:
        rows.append([(texts.CHOOSE_ONE, key("hd", document, level, 0, body))])
    if found:
        rows.append([(f"Tệp .{form}", key("hf", document, level, form[0], body)) for form in ("xlsx", "ics")])
    return rows
