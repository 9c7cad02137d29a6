"""`POST /v1/ask`: one question, answered as JSON or as a stream of events."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bot import messages
from bot.access.scopes import Scope
from bot.answering.answer import Answer
from bot.http.events import HEADERS, MEDIA_TYPE, documented_events, event
from bot.http.needs import needs
from bot.http.persons import PersonOf
from bot.http.problems import documented, problem_of, request_id_of
from bot.http.service import ServiceOf
from bot.messages import LONGEST_QUESTION
from bot.service import Said, Service
from index.filters import Filters

router = APIRouter(prefix="/v1", tags=["ask"], dependencies=[needs(Scope.ASK)])
TURN_HEADER = "Danvan-Turn-Id"
_LOG = logging.getLogger(__name__)


class AskBody(BaseModel):
    """A question, what it is about, and the conversation that it goes on with."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"}]},
    )

    # The limits stand in the document only: a question beyond them is an answer with the status rejected.
    question: str = Field(
        description="One question, with letters or digits in it",
        json_schema_extra={"minLength": 1, "maxLength": LONGEST_QUESTION, "pattern": "[0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ỹ]"},
    )
    filters: Filters | None = None
    conversation_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="As a former answer gave it; left out, a conversation begins",
    )


@router.post(
    "/ask",
    summary="Answer a question",
    responses={
        **documented("malformed_request", "body_too_large"),
        200: {
            "description": "The answer; as `text/event-stream` the events status, answer, citations and done, "
            "or error with a problem",
            "headers": {TURN_HEADER: {"description": "For feedback", "schema": {"type": "string"}}},
            "content": documented_events("status", "answer", "citations", "done", "error"),
        },
        422: {
            "description": "A question that cannot be read is an answer with the status rejected",
            "model": Answer,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        },
    },
    response_model=Answer,
)
def ask(
    body: AskBody,
    service: ServiceOf,
    person: PersonOf,
    request: Request,
    response: Response,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Answer | Response:
    """Answer with the exact clause, or say that the stored directives do not state it."""
    if MEDIA_TYPE in accept:
        events = _events(service, person, body, request_id_of(request))
        return StreamingResponse(events, media_type=MEDIA_TYPE, headers=HEADERS)
    said = _said(service, person, body)
    if said.answer.status == "rejected":
        response.status_code = 422
    if said.turn:
        response.headers[TURN_HEADER] = said.turn.id
    return said.answer


def _said(service: Service, person: str, body: AskBody) -> Said:
    conversation = body.conversation_id or uuid.uuid4().hex
    return service.converse(person, conversation, body.question, filters=body.filters)


def _events(service: Service, person: str, body: AskBody, request_id: str | None) -> Iterator[str]:
    yield event({"state": "reading", "text": messages.READING}, "status")
    try:
        said = _said(service, person, body)
    except Exception as error:
        yield event(problem_of(error, request_id).model_dump(mode="json"), "error")
        return
    yield event({"status": said.answer.status, "answer": said.answer.answer, "basis": said.answer.basis}, "answer")
    yield event([citation.model_dump(mode="json") for citation in said.answer.citations], "citations")
    turn = said.turn.id if said.turn else None
    yield event({"turn_id": turn, "answer": said.answer.model_dump(mode="json")}, "done")
