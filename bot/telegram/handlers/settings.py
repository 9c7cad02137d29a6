"""`/caidat`: the settings of a chat, for its administrators."""

from __future__ import annotations

from bot.storage.telegram.values import ChatSettings
from bot.telegram import texts
from bot.telegram.handlers.asking import document_label
from bot.telegram.keyboards import Rows, in_rows
from bot.telegram.keys import key
from bot.telegram.markup import Message, Piece, lines
from bot.telegram.patience import kept
from bot.telegram.talk import Talk


async def settings(talk: Talk, _: str) -> None:
    """Show them; in a group to administrators only."""
    if not await talk.is_admin():
        await talk.tell(texts.ONLY_ADMINS)
        return
    await talk.show(*await _shown(talk, await talk.settings()))


async def tapped(talk: Talk, parts: list[str]) -> None:
    """Another value."""
    if not await talk.is_admin():
        await talk.toast(texts.ONLY_ADMINS, alert=True)
        return
    chosen = await talk.settings()
    name = parts[1]
    changes: dict[str, object] = {}
    if name == "admins":
        changes = {"only_admins": not chosen.only_admins}
    elif name == "suggestions":
        changes = {"suggestions": not chosen.suggestions}
    elif name == "hour" and int(parts[2]) in texts.HOURS:
        from bot.telegram.handlers.reminding import move_hour

        await move_hour(talk, int(parts[2]))
    if changes:
        await kept(talk.desk.records.choose, talk.chat.id, talk.owner, **changes)
    await talk.toast()
    await talk.show(*await _shown(talk, await talk.settings()))


async def _shown(talk: Talk, chosen: ChatSettings) -> tuple[Message, Rows]:
    label = await talk.desk.read(lambda library: document_label(library, chosen.document_id))
    values = [
        (texts.SETTING_DOCUMENT, label or texts.ALL_DOCUMENTS),
        (texts.SETTING_SUGGESTIONS, texts.ON if chosen.suggestions else texts.OFF),
    ]
    rows: Rows = [[(texts.SETTING_DOCUMENT, key("dl"))], [(texts.SETTING_SUGGESTIONS, key("set", "suggestions"))]]
    if talk.is_private:
        values.append((texts.SETTING_HOUR, f"{chosen.hour:02d} giờ"))
        hours = [(texts.hour_button(one, one == chosen.hour), key("set", "hour", one)) for one in texts.HOURS]
        rows += [*in_rows(hours, 4), [(texts.FORGET_YES, key("do", "xoa"))]]
    else:
        values.append((texts.SETTING_ADMINS, texts.ADMINS_ONLY if chosen.only_admins else texts.EVERYBODY))
        rows.append([(texts.SETTING_ADMINS, key("set", "admins"))])
    head = [Piece(texts.SETTINGS, "bold")]
    return lines(head, *([Piece(texts.setting(name, value))] for name, value in values)), rows
