"""An update as Telegram sends it, as it is stored: who it is from, and in which lane it is dealt with."""

from __future__ import annotations

from typing import Any

from bot.storage.telegram.values import Arrived

# What the bot asks Telegram for.
KINDS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")


def arrived(payload: dict[str, Any]) -> Arrived:
    """Raises `ValueError` where it is no update."""
    update_id = payload.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < 2**62:
        raise ValueError("no update_id")
    kind = next((name for name in KINDS if isinstance(payload.get(name), dict)), None)
    content = payload[kind] if kind else {}
    user = content.get("from")
    user_id = user.get("id") if isinstance(user, dict) else None
    message = content.get("message", {}) if kind == "callback_query" else content
    chat = message.get("chat") if isinstance(message, dict) else None
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    lane = f"{chat_id}" if isinstance(chat_id, int) else f"person:{user_id}"
    person = f"telegram:{user_id}" if isinstance(user_id, int) else None
    return Arrived(update_id=update_id, lane=lane[:64], person=person, payload=payload)
