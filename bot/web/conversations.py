"""`/conversations`: what a person has asked, and its deletion, each after a page that asks again."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.http.needs import page_needs
from bot.http.persons import PersonOf
from bot.http.problems import ProblemError
from bot.http.same_site import OwnPage
from bot.http.service import ServiceOf
from bot.problem_texts import unknown_conversation
from bot.web.templates import page

router = APIRouter(include_in_schema=False, dependencies=[page_needs()])
_PAGE = 50  # conversations


@router.get("/conversations")
def conversations(
    request: Request,
    service: ServiceOf,
    person: PersonOf,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    done: Annotated[Literal["one", "all", ""], Query()] = "",
) -> Response:
    """The person's own, the newest first; `done`: what was just deleted."""
    found = service.records.list_conversations(person, _PAGE + 1, offset)
    return page(
        request,
        "conversations.html",
        conversations=found[:_PAGE],
        later=offset + _PAGE if len(found) > _PAGE else None,
        earlier=max(0, offset - _PAGE) if offset else None,
        done=done,
        days=service.settings.retention_days,
    )


@router.get("/conversations/{conversation_id}/delete")
def confirm_one(request: Request, conversation_id: str, service: ServiceOf, person: PersonOf) -> Response:
    """Ask before a conversation is deleted."""
    turns = service.records.history(person, conversation_id, 1)
    if not turns:
        raise ProblemError("unknown_conversation", unknown_conversation(conversation_id))
    return page(request, "delete.html", conversation=conversation_id, question=turns[0].answer.question.text)


@router.post("/conversations/{conversation_id}/delete")
def delete_one(conversation_id: str, service: ServiceOf, person: PersonOf, _: OwnPage) -> Response:
    """Delete a conversation with its feedback."""
    removed = service.records.delete_conversation(person, conversation_id)
    if not removed.conversations:
        raise ProblemError("unknown_conversation", unknown_conversation(conversation_id))
    service.records.record("conversation_deleted", person)
    return RedirectResponse("/conversations?done=one", 303)


@router.get("/forget")
def confirm_all(request: Request) -> Response:
    """Ask before everything is deleted."""
    return page(request, "delete.html", conversation=None, question="")


@router.post("/forget")
def delete_all(service: ServiceOf, person: PersonOf, _: OwnPage) -> Response:
    """Delete everything that is kept of the person."""
    service.records.delete_person(person)
    return RedirectResponse("/conversations?done=all", 303)
