"""What callers are given: immutable values, free of the database. Moments are aware, in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.answer import Answer

Verdict = Literal["right", "wrong"]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(_Value):
    """One question of a conversation and its answer."""

    id: str = Field(description="Random, 32 hexadecimal digits")
    conversation_id: str
    ordinal: int = Field(ge=1, description="Place in the conversation")
    asked_at: datetime
    answer: Answer
    generation: str | None = Field(default=None, description="Index generation that answered")
    verdict: Verdict | None = Field(default=None, description="The person's feedback")


class ConversationSummary(_Value):
    """A conversation in a list."""

    id: str
    first_question: str
    turns: int
    last_asked: datetime


class Feedback(_Value):
    """A verdict with all that is needed to judge it; who gave it is not told."""

    turn_id: str
    verdict: Verdict
    reason: str | None
    given_at: datetime
    asked_at: datetime
    question: str
    answer: Answer
    generation: str | None


class Unanswered(_Value):
    """A question that the directives do not answer, over all who asked it."""

    question: str = Field(description="As last asked")
    understood_as: str
    province: str | None
    count: int
    first_asked: datetime
    last_asked: datetime


class AuditEntry(_Value):
    """One event of the audit trail."""

    at: datetime
    event: str
    person: str | None = Field(description="Keyed hash")
    detail: str


class Removed(_Value):
    """How many records a deletion removed."""

    conversations: int = 0
    turns: int = 0
    feedback: int = 0
    audit: int = 0
