"""Text with styles as Telegram's HTML, in messages that keep Telegram's limits. Pure.

A message is a list of pieces. Splitting works on pieces, before any tag or entity is written, so neither is ever cut.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "bold", "italic", "quote"]

# Telegram takes 4,096 characters after entity parsing; it counts UTF-16 units, and trims what stands at the ends.
LIMIT = 4096
_TAGS = {
    "plain": ("", ""),
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "quote": ("<blockquote expandable>", "</blockquote>"),
}
# Where a text is cut, the best first: paragraph, sentence, clause, word.
_BORDERS = (re.compile(r"\n+"), re.compile(r"[.!?…]\s+"), re.compile(r"[;:,]\s+"), re.compile(r"\s+"))
# As Telegram cleans a text: control characters are spaces, some marks vanish; a lone surrogate cannot be sent at all.
_AS_SPACE = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
_REMOVED = re.compile("[\r\u200e\u200f\u2028-\u202e\u0333\u033f\u030a]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[ \n\u1680\u180e\u2000-\u200f\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0\U000e0000-\U000e0080]*"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style."""

    text: str
    style: Style = "plain"


Message = tuple[Piece, ...]


def sendable(text: str) -> str:
    """A text as Telegram will show it: without what it cuts away or refuses.

    >>> sendable("a\\rb\\tc")
    'ab c'
    """
    return _SURROGATE.sub("\ufffd", _REMOVED.sub("", _AS_SPACE.sub(" ", text)))


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen; Telegram refuses such a message."""
    return _INVISIBLE.fullmatch(text) is not None


def length(text: str) -> int:
    """UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def visible(message: Message) -> str:
    """What a person sees, without styles."""
    return "".join(piece.text for piece in message)


def to_html(message: Message) -> str:
    """The message as Telegram's HTML; every character that means something there is escaped.

    >>> to_html((Piece("a < b", "bold"),))
    '<b>a &lt; b</b>'
    """
    return "".join(
        f"{_TAGS[piece.style][0]}{html.escape(piece.text, quote=False)}{_TAGS[piece.style][1]}"
        for piece in message
        if piece.text
    )


def lines(*rows: Sequence[Piece]) -> Message:
    """Pieces, row by row, joined by line breaks."""
    joined: list[Piece] = []
    for number, row in enumerate(row for row in rows if row):
        joined += [Piece("\n")] if number else []
        joined += row
    return tuple(joined)


def split(message: Message, limit: int = LIMIT) -> list[Message]:
    """A message as messages within the limit, cut at the borders of clauses where there are any.

    All text is kept but white space at the cuts.
    """
    messages: list[list[Piece]] = [[]]
    free = limit
    for piece in message:
        rest = piece.text
        while rest:
            if length(rest) <= free:
                messages[-1].append(Piece(rest, piece.style))
                free -= length(rest)
                break
            # A long piece begins a message of its own rather than being cut after a few words.
            head = _head(rest, free) if free >= min(limit, length(rest)) // 2 else ""
            if head:
                messages[-1].append(Piece(head, piece.style))
                rest = rest[len(head) :].lstrip()
            messages.append([])
            free = limit
    return [tuple(one) for one in messages if not is_blank(visible(tuple(one)))]


def _head(text: str, room: int) -> str:
    """The longest beginning that fits, up to the best border in its second half; at least one character."""
    fitting = text[:room]
    while length(fitting) > room:
        fitting = fitting[: len(fitting) - max(1, (length(fitting) - room) // 2)]
    for border in _BORDERS:
        ends = [found.end() for found in border.finditer(fitting)]
        if ends and ends[-1] * 2 >= len(fitting):
            return fitting[: ends[-1]]
    return fitting or text[:1]
