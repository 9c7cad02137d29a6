"""Decoded text and its noise to the canonical text, every change recorded as an edit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from index.directive import Edit, EditReason
from index.normalise.edits import OffsetMap, apply
from index.normalise.lines import Joiner, Line
from index.normalise.marks import footnote_marks

Cut = tuple[int, int, EditReason]

# Everything that `str.isspace` calls white, control characters, and marks that have no width.
_WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]+")
_WIDTHLESS = "\u200b\u2060\ufeff\u00ad"
# A letter with the combining marks behind it.
_CLUSTER = re.compile(r"[^\W\d_][\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The canonical text, how it was made, and where footnote marks stood (offsets in the canonical text)."""

    text: str
    edits: tuple[Edit, ...]
    anchors: tuple[int, ...]
    notes: tuple[int, ...]
    warnings: tuple[str, ...]

    def source_of(self, start: int, end: int) -> tuple[int, int]:
        """The range of the decoded file that `text[start:end]` was made from."""
        return OffsetMap(self.edits).source_of(start, end)


def canonicalise(source: str, noise: Iterable[Cut] = ()) -> Canonical:
    """Make the canonical text.

    Paragraphs are separated by one newline, words by one space; a sentence that a line or a page breaks is joined;
    letters are in NFC; noise and lost footnote marks are cut. Nothing else changes.
    """
    marks = footnote_marks(source)
    cuts = _merge([*noise, *((start, end, "footnote_mark") for start, end in marks.all())])
    edits = sorted(
        [*(Edit(start, end, "", reason) for start, end, reason in cuts), *_visible_edits(source, cuts)],
        key=lambda edit: (edit.source_start, edit.source_end),
    )
    text, offsets = apply(source, edits), OffsetMap(edits)
    warnings = []
    if len(marks.anchors) != len(marks.notes):
        warnings.append(f"{len(marks.anchors)} footnote marks in the text, {len(marks.notes)} notes: some are unpaired")
    if unreadable := text.count("\ufffd"):
        warnings.append(f"{unreadable} undecodable characters (U+FFFD) stay in the text")
    return Canonical(
        text=text,
        edits=tuple(edits),
        anchors=tuple(offsets.canonical_of(start) for start, _ in marks.anchors),
        notes=tuple(offsets.canonical_of(start) for start, _ in marks.notes),
        warnings=tuple(warnings),
    )


def _merge(cuts: list[Cut]) -> list[Cut]:
    """Sorted cuts without overlaps: what begins inside an earlier cut is dropped."""
    merged: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if not merged or cut[0] >= merged[-1][1]:
            merged.append(cut)
    return merged


def _visible_edits(source: str, cuts: list[Cut]) -> list[Edit]:
    """Edits of what remains when the cuts are made: white space, joins, NFC."""
    kept: list[int] = []
    position = 0
    for start, end, _ in cuts:
        kept.extend(range(position, start))
        position = end
    kept.extend(range(position, len(source)))
    visible = "".join(source[index] for index in kept)
    edits: list[Edit] = []
    for change in [*_white_edits(visible), *_nfc_edits(visible)]:
        edits += _at_source(source, kept, change)
    return edits


def _at_source(source: str, kept: list[int], change: Edit) -> Iterable[Edit]:
    """A change of the visible text as edits of the source, one for each contiguous piece; the first takes the text."""
    start, end, replacement = change.source_start, change.source_end, change.replacement
    first = start
    for position in range(start + 1, end + 1):
        if position == end or kept[position] != kept[position - 1] + 1:
            piece = Edit(kept[first], kept[position - 1] + 1, replacement, change.reason)
            if source[piece.source_start : piece.source_end] != piece.replacement:
                yield piece
            first, replacement = position, ""


def _white_edits(visible: str) -> Iterable[Edit]:
    """Of the visible text, one edit for each run of white space: nothing at the ends, else a newline or a space."""
    runs = [match.span() for match in _WHITE.finditer(visible)]
    joiner = Joiner(Line(_one_space(line)) for line in visible.splitlines())
    for index, (start, end) in enumerate(runs):
        run = visible[start:end]
        newlines = run.replace("\r\n", "\n").count("\n") + sum(run.count(c) for c in "\f\v\u2028\u2029")
        if start == 0 or end == len(visible):
            yield Edit(start, end, "", "space")
        elif not newlines:
            yield Edit(start, end, " " if run.strip(_WIDTHLESS) else "", "space")
        else:
            before, after = _line_before(visible, runs, index), _line_after(visible, runs, index)
            if not joiner.joins(Line(before), Line(after), newlines):
                yield Edit(start, end, "\n", "space")
            else:
                yield Edit(start, end, " ", "line_join" if newlines == 1 else "page_join")


def _line_before(visible: str, runs: list[tuple[int, int]], index: int) -> str:
    start = max(visible.rfind("\n", 0, runs[index][0]), visible.rfind("\f", 0, runs[index][0])) + 1
    return _one_space(visible[start : runs[index][0]])


def _line_after(visible: str, runs: list[tuple[int, int]], index: int) -> str:
    end = visible.find("\n", runs[index][1])
    return _one_space(visible[runs[index][1] : end if end >= 0 else len(visible)])


def _one_space(line: str) -> str:
    return unicodedata.normalize("NFC", _WHITE.sub(" ", line).strip())


def _nfc_edits(visible: str) -> Iterable[Edit]:
    """Clusters of letter and combining marks that NFC writes otherwise, and single compatibility letters."""
    if unicodedata.is_normalized("NFC", visible):
        return
    for match in _CLUSTER.finditer(visible):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield Edit(*match.span(), composed, "nfc")
