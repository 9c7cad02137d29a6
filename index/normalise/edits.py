"""Applying edits, and the way back from canonical offsets to the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from index.directive import Edit


def apply(source: str, edits: Sequence[Edit]) -> str:
    """The source with its edits made. Edits are sorted and do not overlap; raises ValueError otherwise."""
    pieces, position = [], 0
    for edit in edits:
        if edit.source_start < position:
            raise ValueError(f"edits overlap at {edit.source_start}")
        pieces += [source[position : edit.source_start], edit.replacement]
        position = edit.source_end
    return "".join([*pieces, source[position:]])


class OffsetMap:
    """Maps offsets between a source and its canonical text.

    >>> OffsetMap([Edit(2, 5, " ", "space")]).source_of(3, 4)
    (5, 6)
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        # Each edit gives two knots: where its replacement begins, and where unchanged text goes on.
        self._canonical, self._source = [0], [0]
        shift = 0
        for edit in edits:
            start = edit.source_start - shift
            self._add(start, edit.source_start)
            self._add(start + len(edit.replacement), edit.source_end)
            shift += edit.source_end - edit.source_start - len(edit.replacement)
        self._edits = edits

    def _add(self, canonical: int, source: int) -> None:
        if canonical == self._canonical[-1] and len(self._canonical) > 1:
            self._source[-1] = source  # a cut: text after it begins behind what was cut
        else:
            self._canonical.append(canonical)
            self._source.append(source)

    def source_of(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that the canonical range `[start, end)` was made from."""
        if start >= end:
            raise ValueError("an empty range has no source")
        return self._at(start), self._at(end - 1) + 1

    def canonical_of(self, source: int) -> int:
        """The canonical offset at which the source offset stands; what was cut maps to the place of the cut."""
        shift = 0
        for edit in self._edits:
            if edit.source_start >= source:
                break
            if source < edit.source_end:
                return edit.source_start - shift
            shift += edit.source_end - edit.source_start - len(edit.replacement)
        return source - shift

    def _at(self, canonical: int) -> int:
        knot = bisect_right(self._canonical, canonical) - 1
        return self._source[knot] + canonical - self._canonical[knot]
