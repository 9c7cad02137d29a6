"""Which handler an update goes to: commands, buttons, questions, edits, inline queries; errors in one place."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, InlineQueryHandler, MessageHandler, filters

from bot.messages import CODE_NOT_ASKED
from bot.storage.access.secrets import is_masked
from bot.storage.telegram import codes
from bot.telegram import texts
from bot.telegram.addressed import Said, said_to
from bot.telegram.admission import may_use, signs_in
from bot.telegram.desk import Desk
from bot.telegram.handlers import answers, asking, documents, duties, forgetting, inline, reminding, settings, welcome
from bot.telegram.keys import parts
from bot.telegram.markup import Piece
from bot.telegram.patience import kept
from bot.telegram.talk import Talk, talk_of

_LOG = logging.getLogger(__name__)
DESK = "desk"
Command = Callable[[Talk, str], Awaitable[None]]
Tapped = Callable[[Talk, list[str]], Awaitable[None]]

COMMANDS: dict[str, Command] = {
    "start": welcome.start,
    "help": welcome.help_,
    "hoi": welcome.question,
    "vanban": documents.documents,
    "han": duties.duties,
    "nguon": answers.quote_last,
    "nhac": reminding.remind,
    "caidat": settings.settings,
    "xoa": forgetting.forget,
}
TAPPED: dict[str, Tapped] = {
    **dict.fromkeys(("src", "cp", "ch", "sg", "all", "ok", "no", "rs", "bk"), answers.tapped),
    **dict.fromkeys(("dl", "dc", "d", "u", "cc"), documents.tapped),
    **dict.fromkeys(("h", "hp", "hf", "hd"), duties.tapped),
    **dict.fromkeys(("rn", "rd", "rh", "rx", "rl"), reminding.tapped),
    **dict.fromkeys(("fx", "fn"), forgetting.tapped),
    "set": settings.tapped,
}
_Application = Application[Any, Any, Any, Any, Any, Any]


def add_handlers(application: _Application, desk: Desk) -> None:
    """Everything that the bot reacts to."""
    application.bot_data[DESK] = desk
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE, _message))
    application.add_handler(CallbackQueryHandler(_tap))
    application.add_handler(InlineQueryHandler(_inline))
    application.add_error_handler(_failed)


async def _message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    desk: Desk = context.bot_data[DESK]
    message = update.effective_message
    talk = talk_of(desk, update)
    if message is None or talk is None:
        return
    if message.migrate_to_chat_id is not None:
        await kept(desk.records.move_chat, message.chat.id, message.migrate_to_chat_id)
        return
    if message.migrate_from_chat_id is not None:  # in the new chat's own order, before anybody asks there
        await kept(desk.records.move_chat, message.migrate_from_chat_id, message.chat.id)
        return
    said = said_to(message, desk.bot.username, desk.bot.id)
    if said is None or not await _is_admitted(talk, said, message):
        return
    if await signs_in(talk, said, codes.found(update.api_kwargs)):
        return
    if not await may_use(desk, talk.person):
        await talk.tell(texts.NOT_INVITED)
        return
    if is_masked(said.text):
        await talk.tell(CODE_NOT_ASKED)
        return
    is_edit = update.edited_message is not None
    if said.command is None:
        await _asked(talk, said.text, message, is_edit)
    elif is_edit:
        if said.command == "hoi" and said.text:
            await asking.ask_again(talk, said.text)
    elif said.command in COMMANDS:
        # Alone with the bot, people see what a list belongs to; only answers stand under their questions.
        is_threaded = said.command == "hoi" or not talk.is_private
        await COMMANDS[said.command](talk if is_threaded else talk.without_tap(), said.text)
    else:
        await talk.tell(texts.UNKNOWN_COMMAND)


async def _asked(talk: Talk, question: str, message: Message, is_edit: bool) -> None:
    if not question.strip():
        has_words = bool(message.text)
        if talk.is_private and _is_something(message):
            await talk.tell(texts.ASK_NOW if has_words else texts.TEXT_ONLY)
        elif not talk.is_private:
            await talk.tell(texts.ASK_NOW)
    elif is_edit:
        await asking.ask_again(talk, question)
    else:
        await asking.ask(talk, question)


def _is_something(message: Message) -> bool:
    """Whether a message without words is one that a person sent, not a notice of the chat's."""
    return bool(message.effective_attachment) or bool(message.text)


async def _is_admitted(talk: Talk, said: Said, message: Message) -> bool:
    """Whether it is dealt with: not too old, which is declined once a chat, and not one of too many."""
    desk, service_settings = talk.desk, talk.desk.service.settings
    sent_at = max(message.date, message.edit_date or message.date)
    if datetime.now(UTC) - sent_at > timedelta(hours=service_settings.telegram_late_hours):
        declined_at = (await talk.settings()).declined_at
        if declined_at is None or declined_at < sent_at:
            planned = talk.messages([(Piece(texts.LATE),)])
            declined = (talk.chat.id, datetime.now(UTC))
            sends = await kept(desk.records.plan, talk.job, talk.person, planned, declined)
            await desk.sender.deliver(sends)
        return False
    if said.command is not None and not said.text:
        return True
    verdict = desk.limits.ask(talk.person, str(talk.chat.id), sent_at.timestamp())
    if verdict == "tell":
        await talk.tell(texts.TOO_MANY)
    return verdict == "pass"


async def _tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    talk = talk_of(context.bot_data[DESK], update)
    if talk is None or talk.tap is None:
        return
    if not await may_use(talk.desk, talk.person):
        await talk.toast(texts.NOT_INVITED, alert=True)
        return
    found = parts(talk.tap.data or "")
    action = found[0]
    if action in ("ch", "sg", "ex", "all"):
        verdict = talk.desk.limits.ask(talk.person, str(talk.chat.id), time.time())
        if verdict != "pass":
            await talk.toast(texts.TOO_MANY, alert=True)
            return
    try:
        if action == "do" and found[1] in COMMANDS:
            await talk.toast()
            await COMMANDS[found[1]](talk.without_tap(), "")
        elif action == "ex":
            await welcome.example(talk, int(found[1]))
        elif action == "nop":
            await talk.toast(texts.SAME_PAGE)
        elif action in TAPPED:
            await TAPPED[action](talk, found)
        else:
            await talk.toast(texts.MOVED_ON, alert=True)
    except (IndexError, ValueError):  # data of an older version, or forged
        await talk.toast(texts.MOVED_ON, alert=True)


async def _inline(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.inline_query is not None:
        await inline.inline(context.bot_data[DESK], update.inline_query)


async def _failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A fault of the program: the log tells it under a code, which the person is given."""
    if not isinstance(update, Update):
        return
    code = f"T{update.update_id}"
    _LOG.error("update %s failed", code, exc_info=context.error)
    talk = talk_of(context.bot_data[DESK], update)
    if talk is not None:
        await talk.toast()
        await talk.tell(texts.FAILED.format(code=code))
