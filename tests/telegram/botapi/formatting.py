"""A text with entities written back as Telegram HTML, and cut into runs of one style."""

from __future__ import annotations

import html
from dataclasses import dataclass
from itertools import pairwise

from tests.telegram.botapi.entities import QUOTES, Entity, cut, ordered, units

OPENING = {
    "bold": "<b>",
    "italic": "<i>",
    "underline": "<u>",
    "strikethrough": "<s>",
    "spoiler": "<tg-spoiler>",
    "code": "<code>",
    "pre": "<pre>",
    "blockquote": "<blockquote>",
    "expandable_blockquote": "<blockquote expandable>",
}


@dataclass(frozen=True)
class Run:
    """A piece of text under one set of styles; a quote is no style of a run."""

    text: str
    styles: frozenset[str] = frozenset()
    url: str = ""


def to_html(text: str, entities: list[Entity]) -> str:
    """The markup that parses to the same text and entities; what Telegram finds by itself is left to it."""
    pieces: list[str] = []
    open_entities: list[tuple[Entity, str]] = []
    written = 0

    def write(until: int) -> None:
        nonlocal written
        pieces.append(html.escape(cut(text, written, until), quote=False))
        written = until

    def close(until: int) -> None:
        while open_entities and open_entities[-1][0].end <= until:
            entity, tag = open_entities.pop()
            write(entity.end)
            pieces.append(tag)

    for entity in ordered(entities):
        tags = _tags(entity)
        if tags:
            close(entity.offset)
            write(entity.offset)
            pieces.append(tags[0])
            open_entities.append((entity, tags[1]))
    close(units(text))
    write(units(text))
    return "".join(pieces)


def runs(text: str, entities: list[Entity], start: int = 0, end: int | None = None) -> list[Run]:
    """The part of the text between two UTF-16 offsets as runs."""
    end = units(text) if end is None else end
    styled = [entity for entity in entities if entity.type not in QUOTES and entity.offset < end and start < entity.end]
    borders = sorted(
        {start, end, *(min(max(edge, start), end) for entity in styled for edge in (entity.offset, entity.end))}
    )
    found = []
    for left, right in pairwise(borders):
        over = [entity for entity in styled if entity.offset <= left and right <= entity.end]
        url = next((entity.argument for entity in over if entity.type == "text_link"), "")
        found.append(Run(cut(text, left, right), frozenset(entity.type for entity in over), url))
    return found


def _tags(entity: Entity) -> tuple[str, str] | None:
    argument = html.escape(entity.argument)
    match entity.type:
        case "text_link":
            return f'<a href="{argument}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={argument}">', "</a>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{argument}">', "</tg-emoji>"
        case "pre" if argument:
            return f'<pre><code class="language-{argument}">', "</code></pre>"
    opening = OPENING.get(entity.type)
    return (opening, f"</{opening[1:-1].split()[0]}>") if opening else None
