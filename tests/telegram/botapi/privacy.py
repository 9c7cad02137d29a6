"""Which messages of a group a bot gets to see.

With group privacy on (the default), a bot that is no administrator gets commands that are not for another bot,
mentions of it, replies to it, messages sent via it, and service messages. Otherwise it gets all, except what other
bots write.
"""

from __future__ import annotations

from tests.telegram.botapi.model import Message
from tests.telegram.botapi.world import World


def is_for_bot(world: World, message: Message) -> bool:
    chat = message.chat
    if chat.bot_status in ("left", "kicked") or message.sender.is_bot:
        return False
    if chat.is_private or not world.privacy or chat.bot_status == "administrator":
        return True
    return (
        message.via_bot is world.bot
        or (message.reply_to is not None and (message.reply_to.from_bot or message.reply_to.via_bot is world.bot))
        or _is_addressed(message, world.bot.username.lower())
    )


def _is_addressed(message: Message, name: str) -> bool:
    for entity in message.entities:
        words = entity.of(message.text).lower()
        if entity.type == "mention" and words == f"@{name}":
            return True
        if entity.type == "bot_command" and words.partition("@")[2] in ("", name):
            return True
    return False
