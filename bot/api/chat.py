"""OpenAI's form of asking (`/v1/chat/completions`, `/v1/models`), so that existing chat programs connect.

Stateless, as those programs expect: the messages are the conversation. What was asked before is read again, so that
"thế cấp huyện?" is understood, and only the last question is kept.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.access.scopes import Scope
from bot.answering.answer import Answer
from bot.http.events import HEADERS, MEDIA_TYPE, documented_events, event
from bot.http.needs import needs
from bot.http.persons import PersonOf
from bot.http.problems import ProblemError, documented
from bot.http.service import ServiceOf
from bot.problem_texts import unknown_model
from bot.rendering import render_answer
from bot.service import Said, Service

router = APIRouter(prefix="/v1", tags=["openai"], dependencies=[needs(Scope.CHAT)])
MODEL = "danvan-assistant"
# So many questions before the last one are read again: what a follow-up leaves out stands in the one before.
_BEFORE = 3


class _Read(BaseModel):
    """What a chat program sends; what it sends besides (temperature, tools, …) changes nothing here."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Part(_Read):
    """A part of a message; only text is read."""

    type: str
    text: str | None = None


class Message(_Read):
    """One message of the conversation so far."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The message's words."""
        if isinstance(self.content, str):
            return self.content
        return " ".join(part.text for part in self.content or () if part.type == "text" and part.text)


class ChatBody(_Read):
    """A chat completion request; the last user message is the question. System messages are not read."""

    model: str = Field(examples=[MODEL])
    messages: Annotated[list[Message], Field(min_length=1, max_length=1000)]
    stream: bool = False


class Spoken(BaseModel):
    """The assistant's message: the answer, its quotations with their citation lines, and the notices."""

    role: Literal["assistant"] = "assistant"
    content: str


class ChatChoice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: Spoken
    finish_reason: Literal["stop"] = "stop"


class Completion(BaseModel):
    """A chat completion; `danvan` is the whole answer with its citations as the rest of the API gives it."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Seconds since 1970")
    model: str = MODEL
    choices: tuple[ChatChoice]
    danvan: Answer


class Model(BaseModel):
    """The one model."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class Models(BaseModel):
    """All models that answer."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...] = (Model(),)


@router.get("/models", summary="The models, in OpenAI's form", responses=documented())
def models() -> Models:
    """One: this assistant."""
    return Models()


@router.post(
    "/chat/completions",
    summary="Answer in OpenAI's form",
    response_model=Completion,
    responses={
        **documented("malformed_request", "body_too_large", "unknown_model"),
        200: {
            "description": "The completion; with `stream` its chunks as events",
            "content": documented_events(),
        },
    },
)
def chat(body: ChatBody, service: ServiceOf, person: PersonOf) -> Completion | Response:
    """Answer the last user message, with the questions before it as its conversation."""
    if body.model != MODEL:
        raise ProblemError("unknown_model", unknown_model(body.model, MODEL))
    questions = [message.text for message in body.messages if message.role == "user"] or [""]
    said = _answered(service, person, questions)
    identity, created = f"chatcmpl-{said.turn.id if said.turn else uuid.uuid4().hex}", int(time.time())
    if body.stream:
        return StreamingResponse(_chunks(said.answer, identity, created), media_type=MEDIA_TYPE, headers=HEADERS)
    choice = ChatChoice(message=Spoken(content=render_answer(said.answer)))
    return Completion(id=identity, created=created, choices=(choice,), danvan=said.answer)


def _answered(service: Service, person: str, questions: list[str]) -> Said:
    """The last question answered after those before it; the program's first question names the conversation."""
    identity = hashlib.sha256(questions[0].encode("utf-8", "surrogatepass")).hexdigest()[:32]
    conversation = service.read_again(identity, questions[-1 - _BEFORE : -1])
    return service.answer_in(person, conversation, questions[-1])


def _chunks(answer: Answer, identity: str, created: int) -> Iterator[str]:
    """The completion in chunks: who speaks, the words a line at a time, the end with the whole answer."""
    yield _chunk(identity, created, {"role": "assistant", "content": ""})
    for line in render_answer(answer).splitlines(keepends=True):
        yield _chunk(identity, created, {"content": line})
    yield _chunk(identity, created, {}, "stop", answer)
    yield "data: [DONE]\n\n"


def _chunk(
    identity: str, created: int, delta: dict[str, str], finish: str | None = None, answer: Answer | None = None
) -> str:
    chunk: dict[str, Any] = {
        "id": identity,
        "object": "chat.completion.chunk",
        "created": created,
        "model": MODEL,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    if answer is not None:
        chunk["danvan"] = answer.model_dump(mode="json")
    return event(chunk)
