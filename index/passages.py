"""Directive to LangChain documents: what is searched."""

from __future__ import annotations

from collections.abc import Iterator

from langchain_core.documents import Document

from index.directive import Directive, Kind, Provision, Span
from index.structure.sentences import sentences, windows

# Words of the text in a passage, and words of each heading above it.
PASSAGE_WORDS = 120
_HEADING_WORDS = 40
# A passage's year where its directive states no date: it stays in when a year is asked.
UNDATED = 0


def passages(directive: Directive) -> list[Document]:
    """The passages of a directive, at most 120 words each, with the headings above them as context.

    `page_content` is what is indexed: a line that names the document, the headings, the text. The text itself is
    `directive.text[metadata["start"]:metadata["end"]]`; `metadata` holds document_id, provision_id, start, end,
    province, type and year (0 where the text states no date).
    """
    marked = {note: offset for offset, note in directive.anchors}
    documents: list[Document] = []
    for provision in directive.provisions:
        above = (_words_before(directive, marked[provision.id]),) if provision.id in marked else ()
        documents += _below(directive, provision, above)
    return documents


def sentences_of(directive: Directive, document: Document) -> Iterator[Span]:
    """The sentences of a passage; where it begins a provision, behind the label ("3.5-", a dash)."""
    start, end = document.metadata["start"], document.metadata["end"]
    provision = directive.provision(document.metadata["provision_id"])
    if provision.label and provision.spans[0].start == start:
        behind = directive.text[start + len(provision.label) : end]
        if behind.strip():
            start = end - len(behind.lstrip(" -–.:)"))
    yield from sentences(directive.text, Span(start, end))


def _below(directive: Directive, provision: Provision, above: tuple[str, ...]) -> Iterator[Document]:
    for span in _ranges(directive, provision):
        yield _document(directive, provision, span, above)
    if provision.kind is not Kind.RECIPIENTS:
        inner = (*above, _context(directive, provision)) if provision.children else above
        for child in provision.children:
            yield from _below(directive, child, inner)


def _ranges(directive: Directive, provision: Provision) -> Iterator[Span]:
    """Windows over own text; recipients are one list and are not cut into names."""
    spans = provision.spans
    if provision.kind is Kind.RECIPIENTS:
        below = provision.subtree_spans()
        spans = (Span(below[0].start, below[-1].end),)
    for span in spans:
        yield from windows(directive.text, span, PASSAGE_WORDS)


def _words_before(directive: Directive, offset: int) -> str:
    """The words that a footnote explains: those before its mark, in its line."""
    line = directive.text.rfind("\n", 0, offset) + 1
    return " ".join(directive.text[line:offset].split()[-_HEADING_WORDS // 2 :])


def _context(directive: Directive, provision: Provision) -> str:
    """What a provision adds to the meaning of those below it: its heading, else its lead-in, else its name."""
    own = provision.heading.of(directive.text) if provision.heading else directive.own_text(provision)
    words = (own or provision.address[-1]).split()
    return " ".join(words[:_HEADING_WORDS])


def _document(directive: Directive, provision: Provision, span: Span, above: tuple[str, ...]) -> Document:
    metadata = directive.metadata
    year = int(metadata.issued_on[:4]) if metadata.issued_on else UNDATED
    head = f"{metadata.type or 'Văn bản'} {metadata.number or ''} {directive.province or ''}".replace("  ", " ").strip()
    return Document(
        id=f"{directive.id}:{span.start}-{span.end}",
        page_content="\n".join([head, *above, span.of(directive.text)]),
        metadata={
            "document_id": directive.id,
            "provision_id": provision.id,
            "start": span.start,
            "end": span.end,
            "province": directive.province or "",
            "type": metadata.type or "",
            "year": year,
        },
    )
