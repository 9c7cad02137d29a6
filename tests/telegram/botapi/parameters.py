"""The parameters of a call: JSON, urlencoded or multipart, read as the Bot API reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.botapi.entities import Entity
from tests.telegram.botapi.errors import bad_request

ENTITY_ARGUMENTS = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id", "text_mention": "user"}


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    name: str
    mime: str
    content: bytes


@dataclass
class Parameters:
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; empty when it is not given."""
        value = self.values.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        try:
            return default if value in (None, "") else int(float(value))
        except (TypeError, ValueError):
            raise bad_request(f'field "{name}" must be a valid Number') from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def structure(self, name: str) -> Any:
        """An object or a list, which bodies that are not JSON carry as JSON text; nothing when it is not given."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def entities(self, name: str) -> list[Entity] | None:
        given = self.structure(name)
        if given is None:
            return None
        found = []
        for item in given:
            argument = item.get(ENTITY_ARGUMENTS.get(item["type"], ""), "")
            argument = str(argument["id"]) if isinstance(argument, dict) else argument
            found.append(Entity(item["type"], item["offset"], item["length"], argument))
        return found
