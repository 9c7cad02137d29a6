"""`/v1/documents`: what is stored, each directive's outline, its text and its provisions."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.http.problems import ProblemError, documented
from bot.http.service import ServiceOf
from bot.messages import unknown_provision
from index.directive import Directive, Kind, Provision
from index.structure.address import citation_line, document_line

router = APIRouter(prefix="/v1/documents", tags=["documents"])
DocumentId = Annotated[str, Path(description="Document id", examples=["nghe-an-04-da-tu-2021"])]


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


class Documents(_Value):
    """All stored directives."""

    items: tuple[DocumentSummary, ...]


@router.get("", summary="List the directives", responses=documented())
def list_documents(service: ServiceOf) -> Documents:
    """All stored directives, in the order of the catalogue."""
    with service.assistant.library.use() as library:
        return Documents(items=tuple(DocumentSummary(**_identity(one)) for one in library.directives.values()))


@router.get("/{document_id}", summary="Outline and identity", responses=documented("unknown_document"))
def document(document_id: DocumentId, service: ServiceOf) -> Document:
    """One directive with its outline."""
    with service.assistant.library.use() as library:
        directive = library.directive(document_id)
        outline = tuple(_unit(directive, provision) for provision in directive.provisions)
        return Document(**_identity(directive), length=len(directive.text), outline=outline)


@router.get(
    "/{document_id}/text",
    summary="The canonical text",
    response_class=Response,
    responses={
        **documented("unknown_document"),
        200: {"description": "UTF-8, nothing added", "content": {"text/plain": {"schema": {"type": "string"}}}},
    },
)
def text(document_id: DocumentId, service: ServiceOf) -> Response:
    """Exactly the text to which the offsets of all quotations refer."""
    with service.assistant.library.use() as library:
        content = library.directive(document_id).text.encode("utf-8")
    return Response(content, media_type="text/plain; charset=utf-8")


@router.get(
    "/{document_id}/provisions/{provision_id}",
    summary="One provision, verbatim",
    responses=documented("unknown_document", "unknown_provision"),
)
def provision(
    document_id: DocumentId,
    provision_id: Annotated[str, Path(description="Id of a unit of the outline", examples=["tieu-de"])],
    service: ServiceOf,
) -> ProvisionText:
    """The words of one provision with the line by which it is cited."""
    with service.assistant.library.use() as library:
        directive = library.directive(document_id)
        try:
            found = directive.provision(provision_id)
        except KeyError:
            raise ProblemError("unknown_provision", unknown_provision(provision_id)) from None
        return ProvisionText(
            document_id=document_id,
            id=found.id,
            address=found.address_line,
            citation_line=citation_line(directive, found),
            text=directive.own_text(found),
            spans=tuple(Range(start=span.start, end=span.end) for span in found.spans),
        )


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
