"""Text copied from a web page: which lines are the page's, not the document's."""

from __future__ import annotations

import re
from functools import cache

from index.data import strings
from index.normalise.keys import fold

# A headline of another article: short, and not a sentence of this one. Longest seen on provincial portals: about 180.
_HEADLINE_LENGTH = 240


def looks_like(text: str) -> bool:
    """Whether a text has a banner above it or a list of other articles below it."""
    return bool(navigation(text))


def navigation(text: str) -> list[tuple[int, int]]:
    """Ranges of the decoded text that are navigation: a banner line on top, the list of other articles at the end."""
    lines = _lines(text)
    filled = [(start, end) for start, end in lines if text[start:end].strip()]
    ranges = []
    for start, end in filled[:3]:
        if not _matches("banners", text[start:end]):
            break
        ranges.append((start, end))
    for position, (start, end) in enumerate(filled):
        if _matches("tails", text[start:end]) and _headlines(text, filled[position + 1 :]):
            ranges.append((start, len(text)))
            break
    return ranges


def _headlines(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether all lines are headlines: short, and none ends as a sentence does."""
    return all(end - start <= _HEADLINE_LENGTH and text[start:end].rstrip()[-1] not in ".;:" for start, end in lines)


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\r\n\f]+", text)]


def _matches(key: str, line: str) -> bool:
    folded = fold(line).strip()
    return any(pattern.search(folded) for pattern in _patterns(key))


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in strings("page_furniture.toml", key))
