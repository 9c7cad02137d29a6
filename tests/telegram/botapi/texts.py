"""From a text as sent to the text as seen: cleaned, trimmed, limited, with the entities that Telegram finds by itself.

**Length.** The documentation says "1-4096 characters after entities parsing" and speaks elsewhere of "UTF-8
characters"; libraries count UTF-16 code units; no source that we could read settles it for characters outside the Basic
Multilingual Plane. Here UTF-16 code units count: it is the stricter reading, so what passes here passes at Telegram
under either.
"""

from __future__ import annotations

import re

from tests.telegram.botapi.entities import FIXED, Entity, ordered, units, without_conflicts
from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.html import parse_html

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024

# TDLib's clean_input_string: control characters are spaces, some direction marks and "vertical lines" vanish.
AS_SPACE = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x20]")
REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
INVISIBLE = re.compile(
    "[ \n\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0\U000e0000-\U000e0080]*"
)

FOUND = (
    ("url", re.compile(r"(?<!\w)https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}”’]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?!\w)", re.ASCII)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d_]\w*")),
)


def formatted(source: str, parse_mode: str, given: list[Entity] | None = None) -> tuple[str, list[Entity]]:
    """The text as clients show it and its entities.

    Raises:
        ApiError: 400, for wrong markup, an unknown parse mode, or when nothing visible is left.
    """
    try:
        source.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    match parse_mode.lower():
        case "html":
            text, entities = parse_html(source)
        case "" | "none":
            text, entities = source, list(given or [])
        case "markdown" | "markdownv2":
            raise bad_request(f"the stand-in reads no {parse_mode}, only HTML")
        case _:
            raise bad_request("unsupported parse_mode")
    return tidied(text, entities)


def tidied(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cleaned and trimmed, entities moved along, and those added that Telegram finds by itself.

    Raises:
        ApiError: 400, when nothing visible is left or an entity reaches beyond the text.
    """
    text, entities = _cleaned(text, entities)
    text, entities = _trimmed(text, entities)
    if INVISIBLE.fullmatch(text):
        raise bad_request("text must be non-empty")
    kept = without_conflicts(entities)
    # A language given with `code` alone means nothing.
    kept = [Entity("code", entity.offset, entity.length) if entity.type == "code" else entity for entity in kept]
    return text, with_found(text, kept)


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities, and the commands, mentions, links and hashtags that Telegram recognises outside of them."""
    solid = [entity for entity in entities if entity.type in (*FIXED, "text_link", "text_mention", "custom_emoji")]
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            entity = Entity(kind, units(text[: match.start()]), units(match[0]))
            if not any(other.offset < entity.end and entity.offset < other.end for other in solid):
                solid.append(entity)
                entities = [*entities, entity]
    return ordered(entities)


def limited(text: str, most: int, reason: str = "message is too long") -> str:
    """The same text.

    Raises:
        ApiError: 400 with the reason, when it has more than `most` UTF-16 code units.
    """
    if units(text) > most:
        raise bad_request(reason)
    return text


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    end = units(text)
    for entity in entities:
        if entity.offset < 0 or entity.length < 0:
            raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
        if entity.length and entity.offset >= end:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
        if entity.end > end:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text "
                f"at UTF-16 offset {entity.end}"
            )
    removed = [units(text[: match.start()]) for match in REMOVED.finditer(text)]
    if removed:
        entities = [_without(entity, removed) for entity in entities]
        text = REMOVED.sub("", text)
    text = AS_SPACE.sub(" ", text)
    return MARKS.sub(lambda match: "\u200c" * len(match[0]), text), entities


def _without(entity: Entity, removed: list[int]) -> Entity:
    before = sum(1 for offset in removed if offset < entity.offset)
    within = sum(1 for offset in removed if entity.offset <= offset < entity.end)
    return entity.moved(entity.offset - before, entity.length - within)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(" \n")
    end = units(text)
    entities = [entity.moved(entity.offset, min(entity.length, end - entity.offset)) for entity in entities]
    entities = [entity for entity in entities if entity.length > 0]
    # Leading space goes only up to the first entity: Telegram keeps what is formatted.
    blank = len(text) - len(text.lstrip(" \n"))
    blank = min([blank, *(entity.offset for entity in entities)])
    return text[blank:], [entity.moved(entity.offset - blank, entity.length) for entity in entities]
