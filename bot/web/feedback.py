"""`POST /feedback`: "Đúng" or "Chưa đúng" to an answer, with a reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.http.persons import PersonOf
from bot.http.same_site import OwnPage
from bot.http.service import ServiceOf
from bot.storage.values import Verdict
from bot.web import links
from bot.web.templates import is_fragment, page

router = APIRouter(include_in_schema=False)


@router.post("/feedback")
def feedback(
    request: Request,
    service: ServiceOf,
    person: PersonOf,
    _: OwnPage,
    turn: Annotated[str, Form(min_length=1, max_length=64)],
    verdict: Annotated[Verdict, Form()],
    reason: Annotated[str, Form(max_length=2000)] = "",
    conversation: Annotated[str, Form(max_length=200)] = "",
    key: Annotated[str, Form(max_length=40, pattern=r"^[_a-z0-9-]*$")] = "",
) -> Response:
    """Keep it; a second verdict replaces the first."""
    service.records.add_feedback(person, turn, verdict, reason.strip() or None)
    service.records.record("feedback", person, verdict)
    if is_fragment(request):
        return page(request, "parts/feedback.html", turn_id=turn, verdict=verdict, conversation=conversation, key=key)
    return RedirectResponse(links.conversation(conversation, key) if conversation else "/conversations", 303)
