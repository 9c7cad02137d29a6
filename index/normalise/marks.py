"""Lost footnote marks: what a converter left of the anchors and of the numbers before the notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

# An anchor that lost its number is an empty pair of brackets behind a word; a note's number became U+FFFD.
_ANCHOR = re.compile(r"(?<=\S)\(\s*\)")
_LOST_NUMBER = re.compile(r"^[ \t]*(\(\ufffd\)|\[\ufffd\]|\ufffd(?=[ \t]|$))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FootnoteMarks:
    """Source ranges of lost marks: anchors in the text, the marks before notes, and empty marks (before nothing)."""

    anchors: tuple[tuple[int, int], ...]
    notes: tuple[tuple[int, int], ...]
    empty: tuple[tuple[int, int], ...]

    def all(self) -> list[tuple[int, int]]:
        """All ranges, sorted."""
        return sorted([*self.anchors, *self.notes, *self.empty])


def footnote_marks(text: str) -> FootnoteMarks:
    """Find the marks; a lost number with nothing behind it on its line is an empty one."""
    notes: list[tuple[int, int]] = []
    empty: list[tuple[int, int]] = []
    for match in _LOST_NUMBER.finditer(text):
        rest = text[match.end() :].split("\n", 1)[0]
        (notes if rest.strip() else empty).append(match.span(1))
    anchors = [match.span() for match in _ANCHOR.finditer(text)] if notes else []
    return FootnoteMarks(tuple(anchors), tuple(notes), tuple(empty))
