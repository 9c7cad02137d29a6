"""Whether a message is for the bot, and what it asks: everything in a private chat; in a group a mention or a reply."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.constants import ChatType

from bot.telegram import texts
from index.normalise.keys import fold

_COMMAND = re.compile(r"/([^\s@/]+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_MENU = {fold(texts.ASK): "hoi", fold(texts.DUTIES): "han", fold(texts.CONTENTS): "vanban"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a message wants: a command with what follows it, or a question (`command` None)."""

    command: str | None
    text: str


def said_to(message: Message, username: str, bot_id: int) -> Said | None:
    """What a message wants of the bot; None where it is not for the bot."""
    text = message.text or message.caption or ""
    private = message.chat.type == ChatType.PRIVATE
    if message.via_bot is not None and message.via_bot.id == bot_id:
        return None
    if (command := _command(text, username, private)) is not None:
        return command
    if text.startswith("/") and not private:
        return None  # another bot's
    if private:
        menu = _MENU.get(fold(text.strip()))
        return Said(menu, "") if menu else Said(None, text)
    rest, is_mentioned = _without_mention(message, text, username, bot_id)
    replied = message.reply_to_message
    if is_mentioned:
        # "@bot" alone, in reply to somebody's question, asks that question.
        is_bare = not rest.strip() and replied is not None
        return Said(None, (replied.text or replied.caption or "") if is_bare and replied else rest)
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id and text:
        return Said(None, text)
    return None


def _command(text: str, username: str, private: bool) -> Said | None:
    """A command for this bot, whose name may be typed with diacritics."""
    found = _COMMAND.match(text)
    if found is None:
        return None
    name, bot, rest = found[1], found[2], found[3]
    if bot is not None and bot.lower() != username.lower():
        return None
    folded = re.sub(r"[^a-z0-9_]", "", fold(name))
    known = {command for command, _ in texts.COMMANDS} | {"start"}
    if folded not in known and not private and bot is None:
        return None  # in a group, an unknown command may be another bot's
    return Said(folded if folded in known else "", (rest or "").strip())


def _without_mention(message: Message, text: str, username: str, bot_id: int) -> tuple[str, bool]:
    """A text without the mentions of the bot, and whether there were any."""
    entities = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    entities = entities or message.parse_caption_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    rest, is_mentioned = text, False
    for entity, words in entities.items():
        by_name = entity.type == MessageEntity.MENTION and words.lower() == f"@{username.lower()}"
        by_link = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot_id
        if by_name or by_link:
            rest, is_mentioned = rest.replace(words, " ", 1), True
    return " ".join(rest.split(" ")).strip(" ,:"), is_mentioned
