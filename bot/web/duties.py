"""`/duties` "Việc của tôi": who must do what by when, chosen by directive, level, body and deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from bot.facts.duties import DutyFilter, body_read, chosen_duties
from bot.facts.duty_lines import duty_lines
from bot.facts.kinds import HERE
from bot.http.needs import page_needs
from bot.http.service import ServiceOf
from bot.web.documents import listed
from bot.web.templates import page
from index.facts.duties.inclusion import full_name

router = APIRouter(include_in_schema=False, dependencies=[page_needs()])


@router.get("/duties")
def duties(
    request: Request,
    service: ServiceOf,
    document: Annotated[str, Query(max_length=200)] = "",
    level: Literal["", "tỉnh", "huyện", "xã"] = "",
    body: Annotated[str, Query(max_length=200)] = "",
    dated: bool = False,
) -> Response:
    """The duties that a form chooses; clauses that name no body stand apart, and go into the files as well."""
    chosen = DutyFilter(document=document or None, level=level or None, body=body or None, dated=dated, unnamed=True)
    with service.assistant.library.use() as library:
        lines = duty_lines(library, chosen_duties(library, chosen), datetime.now(HERE).date())
        documents = [listed(one) for one in library.directives.values()]
        read = body_read(library, body)
    asked = {name: value for name, value in chosen.model_dump().items() if value}
    query = urlencode({name: "true" if value is True else value for name, value in asked.items()})
    return page(
        request,
        "duties.html",
        chosen=chosen,
        body_read=full_name(read) if read else None,
        documents=documents,
        named=[line for line in lines if line.has_body],
        unnamed=[line for line in lines if not line.has_body],
        over=list({line.document_id: line for line in lines if line.ended}.values()),
        short={one.id: one.short for one in documents},
        download=f"/v1/facts/duties?{query}&form=",
    )
