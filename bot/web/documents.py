"""`/documents`: the stored directives, each with its outline and its whole text, a span of it highlighted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from bot.http.service import ServiceOf
from bot.web.outline import outline_of
from bot.web.reading import blocks_of
from bot.web.templates import page
from bot.web.texts import copied
from index.directive import Directive, Provision, Span
from index.structure.address import citation_line, document_line

router = APIRouter(include_in_schema=False)
# Spans are code points of a text: none is longer.
Offset = Annotated[int | None, Query(ge=0, le=1_000_000_000)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A directive in a list: in short for a menu, in full for a page."""

    id: str
    short: str
    line: str
    place: str
    remarks: tuple[str, ...]
    is_account: bool
    provenance: str


def listed(directive: Directive) -> Listed:
    """How a directive is called."""
    metadata = directive.metadata
    kind = metadata.type or "Văn bản"
    name = f"{kind} số {metadata.number}" if metadata.number else kind
    return Listed(
        id=directive.id,
        short=f"{name} ({directive.province})" if directive.province else name,
        line=document_line(metadata),
        place=directive.province or "",
        remarks=directive.remarks,
        is_account=directive.is_account,
        provenance=directive.provenance,
    )


@router.get("/documents")
def documents(request: Request, service: ServiceOf) -> Response:
    """All stored directives, in the order of the catalogue."""
    with service.assistant.library.use() as library:
        stored = [listed(one) for one in library.directives.values()]
    return page(request, "documents.html", documents=stored)


@router.get("/documents/{document_id}")
def document(
    request: Request,
    document_id: Annotated[str, Path(max_length=200)],
    service: ServiceOf,
    start: Offset = None,
    end: Offset = None,
) -> Response:
    """One directive; `start` and `end` (code points, end exclusive) are highlighted exactly."""
    with service.assistant.library.use() as library:
        directive = library.directive(document_id)
    asked = start is not None or end is not None
    marked = _span(directive, start, end)
    return page(
        request,
        "document.html",
        document=listed(directive),
        outline=outline_of(directive),
        blocks=blocks_of(directive, [marked] if marked else []),
        is_lost=asked and marked is None,
        has_mark=marked is not None,
        copy=lambda provision: _copied(directive, provision),
    )


def _span(directive: Directive, start: int | None, end: int | None) -> Span | None:
    """The span that a link names; None where this text has none such, as it may have changed since."""
    if start is None or end is None or not start < end <= len(directive.text):
        return None
    return Span(start, end)


def _copied(directive: Directive, provision: Provision) -> str:
    return copied(directive.own_text(provision), citation_line(directive, provision))
