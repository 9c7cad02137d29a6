"""`/v1/conversations`: what a person has asked, and its deletion."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from bot.access.scopes import Scope
from bot.http.needs import needs
from bot.http.persons import PersonOf
from bot.http.problems import ProblemError, documented
from bot.http.service import ServiceOf
from bot.problem_texts import unknown_conversation
from bot.storage.values import ConversationSummary, Removed, Turn

router = APIRouter(prefix="/v1", tags=["conversations"], dependencies=[needs(Scope.RECORDS)])
ConversationId = Annotated[str, Path(min_length=1, max_length=200, description="As an answer gave it")]


class Conversations(BaseModel):
    """A person's conversations, the newest first."""

    items: tuple[ConversationSummary, ...]


class History(BaseModel):
    """The last turns of a conversation, oldest first."""

    id: str
    turns: tuple[Turn, ...]


@router.get("/conversations", summary="List one's conversations", responses=documented())
def list_conversations(
    service: ServiceOf,
    person: PersonOf,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Conversations:
    """Only those of the person who asks."""
    return Conversations(items=tuple(service.records.list_conversations(person, limit, offset)))


@router.get(
    "/conversations/{conversation_id}", summary="Read a conversation", responses=documented("unknown_conversation")
)
def history(
    conversation_id: ConversationId,
    service: ServiceOf,
    person: PersonOf,
    most: Annotated[int, Query(ge=1, le=1000, description="How many turns")] = 200,
) -> History:
    """Questions and answers as they were given."""
    turns = service.records.history(person, conversation_id, most)
    if not turns:
        raise ProblemError("unknown_conversation", unknown_conversation(conversation_id))
    return History(id=conversation_id, turns=tuple(turns))


@router.delete(
    "/conversations/{conversation_id}", summary="Delete a conversation", responses=documented("unknown_conversation")
)
def delete_conversation(conversation_id: ConversationId, service: ServiceOf, person: PersonOf) -> Removed:
    """With its turns and their feedback."""
    removed = service.records.delete_conversation(person, conversation_id)
    if not removed.conversations:
        raise ProblemError("unknown_conversation", unknown_conversation(conversation_id))
    service.records.record("conversation_deleted", person)
    return removed


@router.delete("/person", summary="Forget me", responses=documented())
def forget(service: ServiceOf, person: PersonOf) -> Removed:
    """Delete everything that is kept of the person who asks."""
    return service.records.delete_person(person)
