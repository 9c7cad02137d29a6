"""Message entities: what is bold, linked or quoted, counted in UTF-16 code units as Telegram counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
FIXED = ("code", "pre")

# From TDLib's priorities: of two entities over the same text, the one of the lower number stands outside.
PRIORITY = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "text_link": 49, "text_mention": 49} | {
    style: 90 + number for number, style in enumerate(STYLES)
}

# Telegram ignores further ones (found by experiment, python-telegram-bot's MessageLimit.MESSAGE_ENTITIES).
MOST_ENTITIES = 100


@dataclass(frozen=True)
class Entity:
    """One entity of a text; `offset` and `length` in UTF-16 code units; `argument` is a url, a language or an id."""

    type: str
    offset: int
    length: int
    argument: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def moved(self, offset: int, length: int) -> Entity:
        return replace(self, offset=offset, length=length)

    def of(self, text: str) -> str:
        """The part of `text` that it covers."""
        return cut(text, self.offset, self.end)

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        match self.type:
            case "text_link":
                data["url"] = self.argument
            case "pre" if self.argument:
                data["language"] = self.argument
            case "custom_emoji":
                data["custom_emoji_id"] = self.argument
            case "text_mention":
                data["user"] = {"id": int(self.argument), "is_bot": False, "first_name": self.argument}
        return data


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def cut(text: str, start: int, end: int) -> str:
    """The part of a text between two UTF-16 offsets."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def ordered(entities: list[Entity]) -> list[Entity]:
    """Outer before inner, as Telegram sends them."""
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length, PRIORITY.get(entity.type, 50)))


def without_conflicts(entities: list[Entity]) -> list[Entity]:
    """What Telegram keeps: nothing inside `code` and `pre`, no link in a link, no quote in a quote, at most 100."""
    kept: list[Entity] = []
    for entity in ordered([entity for entity in entities if entity.length > 0]):
        if not any(
            _excludes(other, entity) for other in kept if other.offset < entity.end and entity.offset < other.end
        ):
            kept.append(entity)
    # A style around `code` and `pre` is cut at their borders.
    for fixed in [entity for entity in kept if entity.type in FIXED]:
        kept = [part for entity in kept for part in (_outside(entity, fixed) if entity.type in STYLES else [entity])]
    return ordered(kept)[:MOST_ENTITIES]


def _excludes(outer: Entity, inner: Entity) -> bool:
    if outer.type in FIXED:
        return inner.type not in QUOTES
    if outer.type in QUOTES:
        return inner.type in QUOTES
    return outer.type not in STYLES and inner.type not in STYLES and inner.type not in QUOTES


def _outside(entity: Entity, hole: Entity) -> list[Entity]:
    before = entity.moved(entity.offset, min(entity.end, hole.offset) - entity.offset)
    start = max(entity.offset, hole.end)
    after = entity.moved(start, entity.end - start)
    if entity.length in (before.length, after.length):
        return [entity]
    return [part for part in (before, after) if part.length > 0]
