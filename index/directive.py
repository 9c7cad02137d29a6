"""Directive, Provision, Span: the model that all else is built on.

All offsets count Unicode code points of a directive's canonical text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

EditReason = Literal["navigation", "markup", "line_join", "page_join", "space", "nfc", "footnote_mark"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of a canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The verbatim text of this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Edit:
    """One recorded change from the decoded source to the canonical text: `source[start:end]` became `replacement`."""

    source_start: int
    source_end: int
    replacement: str
    reason: EditReason


class Kind(StrEnum):
    """What a provision is in the outline of a document."""

    PART = "part"  # the decision itself, an attachment, an appendix
    TITLE = "title"
    STAMP = "stamp"
    BASIS = "basis"
    PREAMBLE = "preamble"
    SECTION = "section"  # Phần I
    CHAPTER = "chapter"  # Chương I
    ARTICLE = "article"  # Điều 1
    ITEM = "item"  # mục 1, khoản 1
    POINT = "point"  # điểm 1.1, điểm a
    HEADING = "heading"  # an unnumbered heading
    DASH = "dash"
    PLUS = "plus"
    PARAGRAPH = "paragraph"
    CLOSING = "closing"  # an unnumbered paragraph after the last item
    SENTENCE = "sentence"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    AUTHOR = "author"  # of a page that introduces a directive
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Provision:
    """One citable unit.

    `address` holds its levels, large to small; `spans` its own text (more than one where something else stands in
    between, as a signature split by the recipients); `children` what it contains, in order.
    """

    id: str
    kind: Kind
    address: tuple[str, ...]
    spans: tuple[Span, ...]
    label: str | None = None
    heading: Span | None = None
    children: tuple[Provision, ...] = ()

    @property
    def address_line(self) -> str:
        """The path for browsing, large to small."""
        return " › ".join(self.address)

    def walk(self) -> Iterator[Provision]:
        """This provision and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def subtree_spans(self) -> list[Span]:
        """The spans of this provision and of all below it, sorted."""
        return sorted(span for provision in self.walk() for span in provision.spans)

    def own_length(self) -> int:
        """Own text, in code points."""
        return sum(span.end - span.start for span in self.spans)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What identifies a directive; `None` is "the stored text does not state it"."""

    type: str | None = None
    number: str | None = None
    issued_on: str | None = None  # ISO date
    issuer: str | None = None
    title: str | None = None
    attached: str | None = None  # title of what is issued with it
    attached_type: str | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as the program knows it: canonical text, its edits, its tree and its identity."""

    id: str
    text: str
    source_sha256: str
    edits: tuple[Edit, ...]
    provisions: tuple[Provision, ...]
    anchors: tuple[tuple[int, str], ...] = ()  # (offset of a footnote mark, id of its note)
    stated: Metadata = field(default_factory=Metadata)  # what the text itself says
    metadata: Metadata = field(default_factory=Metadata)  # the same, completed from the catalogue
    province: str | None = None
    level: str | None = None
    remarks: tuple[str, ...] = ()
    provenance: str = ""
    is_account: bool = False  # a page that introduces the directive, not its full text
    warnings: tuple[str, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """All provisions, in the order of the text."""
        for provision in self.provisions:
            yield from provision.walk()

    def provision(self, provision_id: str) -> Provision:
        """The provision with that id; raises KeyError."""
        for provision in self.walk():
            if provision.id == provision_id:
                return provision
        raise KeyError(provision_id)

    def provision_at(self, offset: int) -> Provision | None:
        """The provision whose own text holds the offset; None between provisions."""
        for provision in self.walk():
            if any(span.start <= offset < span.end for span in provision.spans):
                return provision
        return None

    def own_text(self, provision: Provision) -> str:
        """Own text of a provision; its spans are joined by newlines."""
        return "\n".join(span.of(self.text) for span in provision.spans)
