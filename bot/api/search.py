"""`GET /v1/search`: the nearest passages, without an answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from bot.access.scopes import Scope
from bot.answering.answer import Citation
from bot.http.needs import needs
from bot.http.problems import documented
from bot.http.service import ServiceOf
from bot.searching import nearest
from index.filters import Filters

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[needs(Scope.READ)])


class Found(BaseModel):
    """Passages, the nearest first."""

    items: tuple[Citation, ...]


@router.get("/search", summary="Find passages", responses=documented("unknown_document"))
def search(
    service: ServiceOf,
    q: Annotated[
        str, Query(min_length=1, max_length=4000, description="Words or a question", examples=["dân vận khéo"])
    ],
    k: Annotated[int, Query(ge=1, le=100, description="How many passages")] = 5,
    document: Annotated[str | None, Query(description="Document id")] = None,
    province: Annotated[str | None, Query(description="Province, as the catalogue names it")] = None,
    type_: Annotated[str | None, Query(alias="type", description="Document type, as Chỉ thị")] = None,
    year: Annotated[
        int | None, Query(ge=1945, le=2100, description="Year of issue; undated directives stay in")
    ] = None,
) -> Found:
    """Verbatim passages with their places; none where nothing is left to search for."""
    filters = Filters(document_ids=(document,) if document else (), province=province, type=type_, year=year)
    with service.assistant.library.use() as library:
        return Found(items=nearest(library, q, k, filters))
