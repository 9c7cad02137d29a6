"""`/v1/documents`: what is stored, each directive's outline, its text and its provisions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from bot.access.scopes import Scope
from bot.documents import Document, DocumentSummary, ProvisionText, document_of, provision_of, summary_of
from bot.http.needs import needs
from bot.http.problems import documented
from bot.http.service import ServiceOf

router = APIRouter(prefix="/v1/documents", tags=["documents"], dependencies=[needs(Scope.READ)])
DocumentId = Annotated[str, Path(description="As the list of directives gives it")]


class Documents(BaseModel):
    """All stored directives."""

    items: tuple[DocumentSummary, ...]


@router.get("", summary="List the directives", responses=documented())
def list_documents(service: ServiceOf) -> Documents:
    """All stored directives, in the order of the catalogue."""
    with service.assistant.library.use() as library:
        return Documents(items=tuple(summary_of(directive) for directive in library.directives.values()))


@router.get("/{document_id}", summary="Outline and identity", responses=documented("unknown_document"))
def document(document_id: DocumentId, service: ServiceOf) -> Document:
    """One directive with its outline."""
    with service.assistant.library.use() as library:
        return document_of(library.directive(document_id))


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
        return provision_of(library.directive(document_id), provision_id)
