"""`/vanban`: choose the directive that questions are about; its outline, and its text a clause at a time."""

from __future__ import annotations

from bot import messages
from bot.storage.telegram.values import ChatSettings
from bot.telegram import texts
from bot.telegram.handlers.asking import document_label
from bot.telegram.keyboards import Rows, pager
from bot.telegram.keys import key, short
from bot.telegram.markup import LIMIT, Message, Piece, length, lines, sendable, split
from bot.telegram.patience import kept
from bot.telegram.talk import Talk
from index.directive import Directive, Provision
from index.library import Library
from index.structure.address import citation_line, document_line

_UNITS = 8  # a page of an outline
_LABEL = 56  # characters of a unit on a button
_Shown = tuple[Message, Rows]


async def documents(talk: Talk, _: str) -> None:
    """All stored directives."""
    chosen = await talk.settings()
    await talk.show(*await talk.desk.read(lambda library: _list(library, chosen)))


async def tapped(talk: Talk, parts: list[str]) -> None:
    """A button of the list, of a directive's card or of its outline."""
    action, arguments = parts[0], parts[1:]
    if action == "dl":
        await talk.toast()
        return await documents(talk, "")
    if action == "dc":
        return await _choose(talk, arguments[0])
    chosen = await talk.settings()

    def shown(library: Library) -> _Shown | None:
        directive = by_key(library, arguments[0])
        if directive is None:
            return None
        if action == "d":
            return _card(directive, chosen)
        if action == "cc":
            return None
        unit, page = (arguments[1], int(arguments[2])) if len(arguments) > 2 else ("0", 0)
        return _unit(directive, unit, page)

    if action == "cc":
        return await _copy(talk, arguments)
    found = await talk.desk.read(shown)
    await talk.toast(None if found else texts.MOVED_ON, alert=found is None)
    if found is not None:
        await talk.show(*found)
    return None


def by_key(library: Library, short_id: str) -> Directive | None:
    """The directive that a button stands for."""
    return next((one for one in library.directives.values() if short(one.id) == short_id), None)


async def _choose(talk: Talk, short_id: str) -> None:
    chosen = await talk.settings()
    if chosen.only_admins and not await talk.is_admin():
        return await talk.toast(texts.ONLY_ADMINS, alert=True)
    if short_id == "0":
        await kept(talk.desk.records.choose, talk.chat.id, talk.owner, document_id=None)
        await talk.toast()
        return await talk.show((Piece(texts.ASKING_ALL),), [[(texts.OTHER_DOCUMENTS, key("dl"))]])
    directive = await talk.desk.read(lambda library: by_key(library, short_id))
    if directive is None:
        return await talk.toast(texts.MOVED_ON, alert=True)
    await kept(talk.desk.records.choose, talk.chat.id, talk.owner, document_id=directive.id)
    await talk.toast()
    label = messages.directive_label(directive)
    rows: Rows = [[(texts.ITS_CONTENTS, key("u", short_id, "0", 0)), (texts.ALL_DOCUMENTS, key("dc", "0"))]]
    return await talk.show((Piece(texts.asking_in(label)),), rows)


async def _copy(talk: Talk, arguments: list[str]) -> None:
    """A clause with its citation line as a message of its own."""

    def text(library: Library) -> list[Message]:
        directive = by_key(library, arguments[0])
        unit = _find(directive, arguments[1]) if directive else None
        if directive is None or unit is None:
            return []
        quote = sendable(directive.own_text(unit)).strip()
        return split((Piece(f"“{quote}”\n{sendable(citation_line(directive, unit))}"),))

    copy = await talk.desk.read(text)
    await talk.toast(None if copy else texts.MOVED_ON, alert=not copy)
    if copy:
        await talk.say(copy)


def _list(library: Library, chosen: ChatSettings) -> _Shown:
    rows: Rows = [[(messages.directive_label(one), key("d", short(one.id)))] for one in library.directives.values()]
    if document_label(library, chosen.document_id) is not None:
        rows.append([(texts.ALL_DOCUMENTS, key("dc", "0"))])
    return (Piece(texts.CHOOSE_DOCUMENT),), rows


def _card(directive: Directive, chosen: ChatSettings) -> _Shown:
    remarks = [[Piece(f"{texts.NOTE}: {sendable(remark)}", "italic")] for remark in directive.remarks]
    card = lines([Piece(sendable(document_line(directive.metadata)), "bold")], *remarks)
    identity = short(directive.id)
    choose = (
        (texts.ALL_DOCUMENTS, key("dc", "0"))
        if chosen.document_id == directive.id
        else (texts.ASK_IN_IT, key("dc", identity))
    )
    rows: Rows = [
        [choose],
        [(texts.ITS_CONTENTS, key("u", identity, "0", 0)), (texts.ITS_DUTIES, key("h", identity, "a", 0, ""))],
        [(texts.OTHER_DOCUMENTS, key("dl"))],
    ]
    return split(card)[0], rows


def _unit(directive: Directive, unit_key: str, page: int) -> _Shown | None:
    """A unit: its place, its own words, and the units in it as buttons. "0" is the whole directive."""
    unit = None if unit_key == "0" else _find(directive, unit_key)
    if unit is None and unit_key != "0":
        return None
    children = unit.children if unit else directive.provisions
    identity = short(directive.id)
    head = [Piece(messages.directive_label(directive), "bold")]
    rows: Rows = []
    if unit is None:
        text: Message = (Piece(texts.CONTENTS),)
    else:
        head += [Piece(f"\n{sendable(unit.address_line)}", "italic")]
        own = sendable(directive.own_text(unit)).strip()
        room = LIMIT - length("".join(piece.text for piece in head)) - 1
        text = split((Piece(own, "quote"),), room)[0] if own else (Piece(texts.EMPTY_UNIT, "italic"),)
        rows += [_beside(directive, unit)]
        if own:
            rows.append([(texts.COPY, key("cc", identity, unit_key))])
    start = page * _UNITS
    rows += [
        [(_label(directive, one), key("u", identity, short(one.id), 0))] for one in children[start : start + _UNITS]
    ]
    rows.append(pager(page, -(-len(children) // _UNITS), "u", identity, unit_key))
    parent = _parent(directive, unit) if unit else None
    up = key("u", identity, short(parent.id) if parent else "0", 0) if unit else key("d", identity)
    rows.append([(texts.UP if unit else texts.BACK, up)])
    return lines(head, text), rows


def _beside(directive: Directive, unit: Provision) -> list[tuple[str, str]]:
    """The unit before and the unit after, in the order of the text."""
    units = list(directive.walk())
    at = next(number for number, one in enumerate(units) if one.id == unit.id)
    identity = short(directive.id)
    row = []
    if at > 0:
        row.append((texts.PREVIOUS, key("u", identity, short(units[at - 1].id), 0)))
    if at < len(units) - 1:
        row.append((texts.NEXT, key("u", identity, short(units[at + 1].id), 0)))
    return row


def _find(directive: Directive, unit_key: str) -> Provision | None:
    return next((one for one in directive.walk() if short(one.id) == unit_key), None)


def _parent(directive: Directive, unit: Provision) -> Provision | None:
    return next((one for one in directive.walk() if any(child.id == unit.id for child in one.children)), None)


def _label(directive: Directive, unit: Provision) -> str:
    """A unit on a button: its label and first words."""
    words = " ".join(sendable(directive.own_text(unit)).split())
    name = unit.address[-1]
    shown = words if words.lower().startswith(name.lower()) else f"{name}: {words}" if words else name
    return shown if len(shown) <= _LABEL else f"{shown[:_LABEL].rsplit(' ', 1)[0]} …"
