"""The body of a part as a tree: each paragraph finds its parent by its label."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.directive import Kind, Span
from index.structure.address import ordinal
from index.structure.labels import Label, read_label
from index.structure.paragraphs import Paragraph

# An unnumbered heading, as "Các nhiệm vụ, giải pháp …:", is a line, not a paragraph.
_LONGEST_HEADING = 25
_CLOSES = re.compile(r"(?:trên đây là|nhận được)\b|(?:\w+\s){1,3}này\b", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """A provision while it is being built; `name` is its level in the address."""

    kind: Kind
    depth: int
    name: str
    spans: list[Span]
    label: str | None = None
    heading: Span | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def is_list_item(self) -> bool:
        """Whether it is a dash or a plus, to which an unmarked paragraph behind it belongs."""
        return self.kind in (Kind.DASH, Kind.PLUS)


class Outliner:
    """Builds the nodes below a part. `leads` says that text before the first label is a preamble of its own."""

    def __init__(self, leads: bool) -> None:
        self._root = Node(Kind.PART, 0, "", [])
        self._path = [self._root]
        self._leads = leads

    def build(self, body: list[Paragraph]) -> list[Node]:
        """The top nodes of a body, in the order of the text."""
        labels = _labels(body)
        labelled = [index for index, label in enumerate(labels) if label]
        first = labelled[0] if labelled else len(body)
        closing = self._closing(body, labels)
        for index, (paragraph, label) in enumerate(zip(body, labels, strict=True)):
            following = labels[index + 1] if index + 1 < len(body) else None
            if index >= closing:
                self._close(paragraph)
            elif label:
                self._add(paragraph, label)
            elif self._takes_heading(paragraph):
                self._extend(paragraph)
            elif following and following.kind is Kind.DASH and self._is_heading(paragraph, index, first):
                self._head(paragraph)
            elif self._leads and index < first < len(body):
                self._preamble(paragraph)
            else:
                self._place(paragraph)
        _number_paragraphs(self._root)
        return self._root.children

    def _closing(self, body: list[Paragraph], labels: list[Label | None]) -> int:
        """Index of the first closing paragraph: unmarked ones behind the last item of a flat list of paragraphs, or
        from the one that speaks of the document itself ("Trên đây là …", "Chỉ thị này …").
        """
        labelled = [index for index, label in enumerate(labels) if label]
        if not labelled or not self._leads:
            return len(body)
        last = labelled[-1]
        depths = {label.depth for label in labels if label}
        if len(depths) == 1 and body[last].ends_sentence:
            return last + 1
        for index in range(last + 1, len(body)):
            if _CLOSES.match(body[index].text):
                return index
        return len(body)

    def _add(self, paragraph: Paragraph, label: Label) -> None:
        while self._path[-1].depth >= label.depth:
            self._path.pop()
        parent = self._path[-1]
        name = label.name
        if label.kind in (Kind.DASH, Kind.PLUS):
            name = f"{label.name} {1 + sum(child.kind is label.kind for child in parent.children)}"
        node = Node(label.kind, label.depth, name, [paragraph.span], paragraph.text[: label.length].strip())
        rest = paragraph.text[label.length :].strip()
        if rest and not node.is_list_item and not paragraph.ends_sentence:
            node.heading = Span(paragraph.span.end - len(rest), paragraph.span.end)
        parent.children.append(node)
        self._path.append(node)

    def _takes_heading(self, paragraph: Paragraph) -> bool:
        """Whether the last label stands alone and this paragraph is its heading."""
        node = self._path[-1]
        alone = node.kind in (Kind.SECTION, Kind.CHAPTER) and node.heading is None and not node.children
        return alone and (paragraph.is_capitals or not paragraph.ends_sentence)

    def _extend(self, paragraph: Paragraph) -> None:
        node = self._path[-1]
        node.spans.append(paragraph.span)
        node.heading = paragraph.span

    def _is_heading(self, paragraph: Paragraph, index: int, first: int) -> bool:
        """Whether an unmarked line above dashes is a heading: at the top of a text that numbers nothing above it."""
        at_top = all(node.kind in (Kind.PART, Kind.HEADING, Kind.DASH, Kind.PLUS) for node in self._path)
        lead_in = self._leads and index < first and index == 0
        return at_top and not lead_in and paragraph.text.endswith(":") and paragraph.words <= _LONGEST_HEADING

    def _head(self, paragraph: Paragraph) -> None:
        del self._path[1:]
        text = paragraph.text.rstrip(" :")
        node = Node(Kind.HEADING, 65, f"“{text}”", [paragraph.span])
        node.heading = Span(paragraph.start, paragraph.start + len(text))
        self._root.children.append(node)
        self._path.append(node)

    def _preamble(self, paragraph: Paragraph) -> None:
        children = self._root.children
        if not children or children[-1].kind is not Kind.PREAMBLE:
            children.append(Node(Kind.PREAMBLE, 90, "Lời dẫn", []))
        children[-1].children.append(Node(Kind.PARAGRAPH, 95, "", [paragraph.span]))

    def _place(self, paragraph: Paragraph) -> None:
        node = self._path[-1]
        if node.is_list_item:
            node.spans.append(paragraph.span)
        else:
            node.children.append(Node(Kind.PARAGRAPH, 95, "", [paragraph.span]))

    def _close(self, paragraph: Paragraph) -> None:
        last = next(node for node in reversed(self._root.children) if node.kind not in (Kind.CLOSING, Kind.PREAMBLE))
        name = last.name[0].lower() + last.name[1:] if last.kind is not Kind.ARTICLE else last.name
        self._root.children.append(Node(Kind.CLOSING, 5, f"đoạn sau {name}", [paragraph.span]))


def _labels(body: list[Paragraph]) -> list[Label | None]:
    """The label of each paragraph; plain numbers below a Điều are khoản."""
    labels: list[Label | None] = []
    in_article = False
    for paragraph in body:
        label = read_label(paragraph.text, in_article)
        if label and label.depth <= 30:
            in_article = label.kind is Kind.ARTICLE
        labels.append(label)
    return labels


def _number_paragraphs(node: Node) -> None:
    """Names of unmarked paragraphs: by their place below a heading; an item's own text is its first paragraph."""
    own = 0 if node.heading or node.kind in (Kind.PART, Kind.PREAMBLE) else 1
    unmarked = [child for child in node.children if child.kind is Kind.PARAGRAPH]
    for number, child in enumerate(unmarked, own + 1):
        child.name = f"đoạn {number}"
    closing = [child for child in node.children if child.kind is Kind.CLOSING]
    for number, child in enumerate(closing[1:], 2):
        child.name = child.name.replace("đoạn sau", f"đoạn {ordinal(number)} sau", 1)
    for child in node.children:
        _number_paragraphs(child)
