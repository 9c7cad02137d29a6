"""A directive as blocks to read, with spans of it highlighted: every character once, in its order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.directive import Directive, Kind, Provision, Span

_LISTED = (Kind.DASH, Kind.PLUS)
_BULLETS = ("- ", "– ", "+ ", "* ", "• ")
_BANNER = 90  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that is of one provision and wholly highlighted or not.

    `anchors`: ids of provisions that begin here. A footnote's mark is a piece without text that names its `note`.
    """

    text: str
    is_marked: bool = False
    is_first_mark: bool = False
    anchors: tuple[str, ...] = ()
    note: Provision | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the canonical text; `ending` are the provisions whose own text ends with it."""

    kind: Kind | None
    indent: int
    heading_level: int | None
    pieces: tuple[Piece, ...]
    ending: tuple[Provision, ...]

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_banner(self) -> bool:
        """Whether it is a short line in capitals, as the name of the body that decides stands in the middle."""
        return self.kind is Kind.PARAGRAPH and self.text.isupper() and len(self.text) <= _BANNER

    @property
    def hangs(self) -> bool:
        """Whether it begins with the mark of a list."""
        return self.text[:2] in _BULLETS


def blocks_of(directive: Directive, marked: Sequence[Span] = ()) -> tuple[Block, ...]:
    """The whole text as blocks, those of `marked` highlighted (code points of the canonical text).

    The blocks are the lines of the canonical text: `"\\n".join(block.text for block in blocks)` is that text but for
    its empty lines, whatever the outline and the spans are.
    """
    return tuple(_Reader(directive, marked).blocks())


class _Reader:
    """What is looked up of a directive while its lines are read."""

    def __init__(self, directive: Directive, marked: Sequence[Span]) -> None:
        self._text = directive.text
        self._marked = sorted(span for span in marked if span.start < span.end)
        self._indents: dict[str, int] = {}
        self._levels: dict[str, int] = {}
        self._own: list[tuple[Span, Provision]] = []
        self._anchors: dict[int, list[str]] = {}
        for provision in directive.provisions:
            self._look(provision, 0, 0)
        self._own.sort(key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._own]
        self._last = sorted((one.spans[-1].end, number) for number, (_, one) in enumerate(self._own))
        notes = {provision.id: provision for provision in directive.walk()}
        self._notes = [(offset, notes[name]) for offset, name in directive.anchors if name in notes]
        edges = {edge for span, _ in self._own for edge in (span.start, span.end)}
        edges |= {edge for span in self._marked for edge in (span.start, span.end)}
        edges |= {offset for offset, _ in self._notes} | set(self._anchors)
        self._edges = sorted(edges)
        self._first_mark = next((offset for span in self._marked for offset in self._visible(span)), None)

    def blocks(self) -> Iterator[Block]:
        """Line by line."""
        start = 0
        for line in self._text.split("\n"):
            end = start + len(line)
            if line:
                yield self._block(start, end)
            start = end + 1

    def _look(self, provision: Provision, indent: int, level: int) -> None:
        indent += provision.kind in _LISTED
        level += provision.kind is not Kind.PART
        self._indents[provision.id], self._levels[provision.id] = indent, level
        self._own += [(span, provision) for span in provision.spans]
        spans = provision.subtree_spans()
        if spans:
            self._anchors.setdefault(spans[0].start, []).append(provision.id)
        for child in provision.children:
            self._look(child, indent, level)

    def _block(self, start: int, end: int) -> Block:
        owner = self._owner(start, end)
        inside = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
        cuts = [start, *inside, end]
        pieces: list[Piece] = []
        for left, right in pairwise(cuts):
            pieces += self._note_at(left)
            is_marked = any(span.start < right and left < span.end for span in self._marked)
            pieces.append(
                Piece(
                    self._text[left:right],
                    is_marked,
                    is_marked and left == self._first_mark,
                    tuple(self._anchors.get(left, ())),
                )
            )
        pieces += self._note_at(end)
        return Block(
            kind=owner.kind if owner else None,
            indent=self._indents[owner.id] if owner else 0,
            heading_level=self._heading_level(owner, start, end),
            pieces=tuple(pieces),
            ending=self._ending(start, end),
        )

    def _owner(self, start: int, end: int) -> Provision | None:
        """The first provision that has some of this line."""
        near = max(bisect_right(self._starts, start) - 1, 0)
        own = self._own[near : near + 2]
        return next((provision for span, provision in own if span.start < end and start < span.end), None)

    def _ending(self, start: int, end: int) -> tuple[Provision, ...]:
        """The provisions whose last span ends in this line."""
        last = self._last[bisect_right(self._last, (start + 1,)) : bisect_left(self._last, (end + 1,))]
        return tuple(dict.fromkeys(self._own[number][1] for _, number in last))

    def _heading_level(self, owner: Provision | None, start: int, end: int) -> int | None:
        """2 to 5 for a title or a heading, which begins in this line; the page's own heading is the first level."""
        if owner is None:
            return None
        if owner.kind is Kind.TITLE:
            return 2 if owner.spans[0].start >= start else None
        if owner.heading is None or not start <= owner.heading.start < end:
            return None
        return min(2 + self._levels[owner.id], 5)

    def _note_at(self, offset: int) -> list[Piece]:
        return [Piece("", note=note) for at, note in self._notes if at == offset]

    def _visible(self, span: Span) -> Iterator[int]:
        """Where a highlighted span has its first character that is no line break."""
        for offset in range(span.start, min(span.end, len(self._text))):
            if self._text[offset] != "\n":
                yield offset
                return
