"""`/search`: the nearest passages, without an answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from bot.http.service import ServiceOf
from bot.searching import nearest
from bot.web.cards import quote_of
from bot.web.documents import listed
from bot.web.templates import page
from index.filters import Filters

router = APIRouter(include_in_schema=False)
_SHOWN = 10  # passages


@router.get("/search")
def search(
    request: Request,
    service: ServiceOf,
    q: Annotated[str, Query(max_length=4000)] = "",
    document: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Words or a question; nothing is kept of it."""
    filters = Filters(document_ids=(document,)) if document else Filters()
    with service.assistant.library.use() as library:
        found = nearest(library, q, _SHOWN, filters) if q.strip() else ()
        documents = [listed(one) for one in library.directives.values()]
    quotes = [quote_of(citation) for citation in found]
    return page(request, "search.html", q=q, document=document, documents=documents, quotes=quotes)
