"""Codes in updates: what waits to be dealt with lets nobody in who reads it, or a backup of it."""

from __future__ import annotations

import re
from typing import Any

from bot.storage.access.secrets import HashedCode, Hashes, is_code, masked

# Beside what Telegram sends; whatever comes under this name from outside is thrown away.
KEY = "danvan_code"
_MESSAGES = ("message", "edited_message")
_TYPED = ("text", "caption", "query")
_COMMAND = re.compile(r"/\S+\s+")


def hidden(payload: dict[str, Any], hashes: Hashes) -> dict[str, Any]:
    """An update with dots for codes, and the keyed hash of the one that a message is, or that follows its command."""
    code = _code(payload)
    kept = {name: _masked(value) for name, value in payload.items() if name != KEY}
    return kept if code is None else {**kept, KEY: hashes.of_code(code)}


def found(beside: Any) -> HashedCode | None:
    """The code of an update by what stands beside Telegram's own fields."""
    hashed = beside.get(KEY)
    return HashedCode(hashed) if isinstance(hashed, str) else None


def _code(payload: dict[str, Any]) -> str | None:
    message: dict[str, Any] = next((payload[name] for name in _MESSAGES if isinstance(payload.get(name), dict)), {})
    text = message.get("text") or message.get("caption")
    said = _split(text)[1] if isinstance(text, str) else ""
    return said if is_code(said) else None


def _masked(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _masked(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_masked(one, name) for one in value]
    if isinstance(value, str) and name in _TYPED:
        command, said = _split(value)
        return command + masked(said)
    return value


def _split(text: str) -> tuple[str, str]:
    """A command, if the text begins with one, and what follows."""
    command = _COMMAND.match(text)
    at = command.end() if command else 0
    return text[:at], text[at:]
