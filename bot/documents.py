"""Stored directives as channels show them: identity, outline, provisions, spans."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.answer import Citation, cite
from index.directive import Directive, Kind, Provision, Span
from index.errors import DanvanError
from index.library import Library
from index.structure.address import citation_line, document_line


class UnknownProvisionError(DanvanError):
    """The directive has no unit of this id."""

    def __init__(self, document_id: str, provision_id: str) -> None:
        self.document_id, self.provision_id = document_id, provision_id
        super().__init__(f"{document_id} has no provision {provision_id!r}")


class UnknownSpanError(DanvanError):
    """The directive's text has no such span, or it lies in no provision."""

    def __init__(self, document_id: str, start: int, end: int, length: int) -> None:
        self.document_id, self.start, self.end, self.length = document_id, start, end, length
        super().__init__(f"{document_id} has no span {start}..{end} of {length}")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class DocumentSummary(_Value):
    """What identifies a stored directive; null where the stored text does not state it."""

    id: str
    line: str = Field(description="Type, number, date, issuer and subject, as they are cited")
    type: str | None
    number: str | None
    issued_on: str | None = Field(description="ISO date")
    issuer: str | None
    title: str | None
    province: str | None
    level: str | None
    is_account: bool = Field(description="A page that introduces the directive, not its full text")
    remarks: tuple[str, ...]


class Unit(_Value):
    """A provision in the outline, with what it holds."""

    id: str
    kind: Kind
    label: str | None
    heading: str | None
    address: str
    start: int | None = Field(description="Own text, in code points; null where it has none")
    end: int | None
    children: tuple[Unit, ...]


class Document(DocumentSummary):
    """A directive with its outline."""

    length: int = Field(description="Code points of the canonical text")
    outline: tuple[Unit, ...]


class Range(_Value):
    """A half-open range of code points of the canonical text."""

    start: int
    end: int


class ProvisionText(_Value):
    """A provision, verbatim."""

    document_id: str
    id: str
    address: str
    citation_line: str
    text: str = Field(description="Own text; spans are joined by newlines")
    spans: tuple[Range, ...]


def summary_of(directive: Directive) -> DocumentSummary:
    """A directive's identity."""
    return DocumentSummary(**_identity(directive))


def document_of(directive: Directive) -> Document:
    """A directive's identity and outline."""
    outline = tuple(_unit(directive, provision) for provision in directive.provisions)
    return Document(**_identity(directive), length=len(directive.text), outline=outline)


def provision_of(directive: Directive, provision_id: str) -> ProvisionText:
    """One provision; raises `UnknownProvisionError`."""
    try:
        found = directive.provision(provision_id)
    except KeyError:
        raise UnknownProvisionError(directive.id, provision_id) from None
    return ProvisionText(
        document_id=directive.id,
        id=found.id,
        address=found.address_line,
        citation_line=citation_line(directive, found),
        text=directive.own_text(found),
        spans=tuple(Range(start=span.start, end=span.end) for span in found.spans),
    )


def citation_of(library: Library, document_id: str, start: int, end: int) -> Citation:
    """The citation of a span, at the provision where it begins.

    Raises `UnknownDocumentError` or `UnknownSpanError`.
    """
    directive = library.directive(document_id)
    found = directive.provision_at(start) if 0 <= start < end <= len(directive.text) else None
    if found is None:
        raise UnknownSpanError(document_id, start, end, len(directive.text))
    return cite(directive, found, Span(start, end), 1)


def _identity(directive: Directive) -> dict[str, Any]:
    metadata = directive.metadata
    return {
        "id": directive.id,
        "line": document_line(metadata),
        "type": metadata.type,
        "number": metadata.number,
        "issued_on": metadata.issued_on,
        "issuer": metadata.issuer,
        "title": metadata.title,
        "province": directive.province,
        "level": directive.level,
        "is_account": directive.is_account,
        "remarks": directive.remarks,
    }


def _unit(directive: Directive, provision: Provision) -> Unit:
    return Unit(
        id=provision.id,
        kind=provision.kind,
        label=provision.label,
        heading=provision.heading.of(directive.text) if provision.heading else None,
        address=provision.address_line,
        start=provision.spans[0].start if provision.spans else None,
        end=provision.spans[-1].end if provision.spans else None,
        children=tuple(_unit(directive, child) for child in provision.children),
    )
