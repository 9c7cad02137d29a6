"""Messages as they are kept before they are sent: plain JSON, so that a restart sends the very same."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.storage.telegram.values import Planned
from bot.telegram.markup import Message, sendable, to_html, visible

# A label, and callback data or an address.
Button = tuple[str, str]
Keyboard = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: chat, topic, and the message that it answers."""

    chat_id: int
    thread: int | None = None
    reply_to: int | None = None


def messages_to(
    place: Place, messages: Sequence[Message], keyboard: Keyboard = (), *, turn: str | None = None, menu: bool = False
) -> list[Planned]:
    """Text messages; the first one answers the question, the last one has the buttons. `menu`: the reply keyboard."""
    planned = []
    for number, message in enumerate(messages):
        payload: dict[str, Any] = {"kind": "text", **_text(message)}
        if number == 0:
            payload["reply_to"] = place.reply_to
        if number == len(messages) - 1:
            payload |= {"keyboard": _rows(keyboard), "menu": menu}
        planned.append(_planned(place, payload, turn))
    return planned


def document_to(place: Place, name: str, content: bytes, caption: str) -> Planned:
    """A file."""
    payload = {
        "kind": "document",
        "name": name,
        "content": base64.b64encode(content).decode("ascii"),
        "caption": caption,
        "reply_to": place.reply_to,
    }
    return _planned(place, payload, None)


def edit_of(place: Place, message_id: int, message: Message, keyboard: Keyboard, turn: str | None) -> Planned:
    """Another text for a message that was sent."""
    return _planned(
        place, {"kind": "edit", "message_id": message_id, **_text(message), "keyboard": _rows(keyboard)}, turn
    )


def removal_of(place: Place, message_id: int) -> Planned:
    """A message that was sent is taken back."""
    return _planned(place, {"kind": "delete", "message_id": message_id}, None)


def _text(message: Message) -> dict[str, str]:
    return {"html": to_html(message), "plain": visible(message)}


def _rows(keyboard: Keyboard) -> list[list[Button]]:
    return [[(sendable(label), data) for label, data in row] for row in keyboard if row]


def _planned(place: Place, payload: dict[str, Any], turn: str | None) -> Planned:
    payload["thread"] = place.thread
    about = place.reply_to if turn else None
    return Planned(payload=payload, chat_id=place.chat_id, about=about, turn_id=turn)
