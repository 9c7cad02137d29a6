"""The whole tree of a document: parts, their heads, bodies and feet, footnotes; every paragraph in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.directive import Kind, Provision, Span
from index.structure.address import slug
from index.structure.outline import Node, Outliner
from index.structure.paragraphs import Paragraph, paragraphs
from index.structure.sentences import sentences, windows
from index.structure.zones import Part, split_notes, split_parts

# Own text above this is cut into sentences (DESIGN: at most 2,500 characters).
LONGEST_OWN_TEXT = 2500
_SENTENCE_WORDS = 400


@dataclass(frozen=True, slots=True)
class Structure:
    """The tree, the type and title paragraphs of each part, and which note belongs to which mark."""

    provisions: tuple[Provision, ...]
    parts: tuple[Part, ...]
    anchors: tuple[tuple[int, str], ...]


def read_structure(text: str, anchors: tuple[int, ...] = (), notes: tuple[int, ...] = ()) -> Structure:
    """Read the structure of a canonical text; `anchors` and `notes` are offsets of lost footnote marks."""
    lines, note_groups = split_notes(paragraphs(text), notes)
    parts = split_parts(lines)
    nodes: list[Node] = []
    for index, part in enumerate(parts):
        own = _part_nodes(part)
        if len(parts) == 1:
            nodes += own
        else:
            nodes.append(Node(Kind.PART, 0, _part_name(parts, index), [], children=own))
    note_nodes = [_note(number, group) for number, group in enumerate(note_groups, 1)]
    provisions = _Freezer(text).freeze([*nodes, *note_nodes])
    note_ids = [provision.id for provision in provisions if provision.kind is Kind.NOTE]
    return Structure(provisions, tuple(parts), tuple(zip(anchors, note_ids, strict=False)))


def _part_name(parts: list[Part], index: int) -> str:
    part = parts[index]
    if part.appendix:
        words = part.appendix.split()
        return " ".join([words[0].title(), *(w if re.fullmatch("[IVX]+", w) else w.lower() for w in words[1:])])
    name = part.type_name or "Văn bản"
    return name if index == 0 else f"{name} kèm theo"


def _part_nodes(part: Part) -> list[Node]:
    body = Outliner(leads=part.type_name is not None).build(part.body)
    fixed = [
        (Kind.TITLE, "Tiêu đề", part.title),
        (Kind.STAMP, "Dấu đến", part.stamp),
        (Kind.BASIS, "Căn cứ", part.basis),
    ]
    foot = [(Kind.SIGNATURE, "Chữ ký", part.signature), (Kind.AUTHOR, "Tác giả", part.author)]
    head = [_fixed(kind, name, lines) for kind, name, lines in fixed if lines]
    recipients = [_fixed(Kind.RECIPIENTS, "Nơi nhận", part.recipients)] if part.recipients else []
    return [*head, *body, *recipients, *(_fixed(kind, name, lines) for kind, name, lines in foot if lines)]


def _fixed(kind: Kind, name: str, lines: list[Paragraph]) -> Node:
    """A provision with a fixed name; the dashes of a basis or of recipients are counted below it."""
    node = Node(kind, 0, name, [])
    for line in lines:
        if kind in (Kind.BASIS, Kind.RECIPIENTS) and not line.opens_recipients:
            dashed = line.text[0] in "-–—+•"
            form = "gạch đầu dòng" if dashed else "đoạn"
            count = 1 + sum(child.name.startswith(form) for child in node.children)
            label = line.text[0] if dashed else None
            node.children.append(
                Node(Kind.DASH if dashed else Kind.PARAGRAPH, 70, f"{form} {count}", [line.span], label)
            )
        else:
            node.spans.append(line.span)
    return node


def _note(number: int, lines: list[Paragraph]) -> Node:
    return Node(Kind.NOTE, 0, f"Chú thích {number}", [line.span for line in lines])


class _Freezer:
    """Turns nodes into provisions: addresses, unique ids, adjoining spans merged, long text cut at sentences."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ids: set[str] = set()

    def freeze(self, nodes: Iterable[Node], above: tuple[str, ...] = ()) -> tuple[Provision, ...]:
        return tuple(self._freeze(node, above) for node in nodes)

    def _freeze(self, node: Node, above: tuple[str, ...]) -> Provision:
        address = (*above, node.name)
        identity = self._unique(slug(address))
        spans = _adjoin(node.spans)
        children = node.children
        if sum(span.end - span.start for span in spans) > LONGEST_OWN_TEXT:
            children = [*self._sentences(spans), *children]
            spans = ()
        return Provision(identity, node.kind, address, spans, node.label, node.heading, self.freeze(children, address))

    def _sentences(self, spans: tuple[Span, ...]) -> list[Node]:
        pieces = [
            small
            for span in spans
            for sentence in sentences(self._text, span)
            for small in windows(self._text, sentence, _SENTENCE_WORDS)
        ]
        return [Node(Kind.SENTENCE, 99, f"câu {number}", [piece]) for number, piece in enumerate(pieces, 1)]

    def _unique(self, wanted: str) -> str:
        identity, count = wanted, 2
        while identity in self._ids:
            identity, count = f"{wanted}--{count}", count + 1
        self._ids.add(identity)
        return identity


def _adjoin(spans: list[Span]) -> tuple[Span, ...]:
    """Spans of neighbouring paragraphs (one newline between) as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start == merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)
