"""`/v1/admin`: what an administrator looks at, for programs: unanswered questions, feedback, audit trail, the index."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.access.scopes import Scope
from bot.error_messages import describe
from bot.http.callers import CallerOf
from bot.http.needs import needs
from bot.http.problems import ProblemError, documented
from bot.http.service import ServiceOf
from bot.rebuilding import Rebuild, last_rebuild, start_rebuild
from bot.storage.values import AuditEntry, Feedback, Unanswered, Verdict
from index.errors import BuildLockedError

router = APIRouter(prefix="/v1/admin", tags=["admin"], dependencies=[needs(Scope.ADMIN)])
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


class UnansweredList(BaseModel):
    """The most frequent first."""

    items: tuple[Unanswered, ...]


class FeedbackList(BaseModel):
    """The newest first."""

    items: tuple[Feedback, ...]


class AuditList(BaseModel):
    """The newest first."""

    items: tuple[AuditEntry, ...]


class IndexState(BaseModel):
    """What answers now, and how the last build went that was asked for here or on the page."""

    generation: str
    documents: int
    passages: int
    embeddings: str = Field(description="Fingerprint of the model")
    program: str
    rebuild: Rebuild | None


@router.get("/unanswered", summary="Questions without an answer", responses=documented())
def list_unanswered(service: ServiceOf, limit: Limit = 50, offset: Offset = 0) -> UnansweredList:
    """Over all people; who asked is not told."""
    return UnansweredList(items=tuple(service.records.list_unanswered(limit, offset)))


@router.get("/feedback", summary="Verdicts on answers", responses=documented())
def list_feedback(
    service: ServiceOf, verdict: Verdict | None = None, limit: Limit = 50, offset: Offset = 0
) -> FeedbackList:
    """With question, answer and index generation; who gave them is not told."""
    return FeedbackList(items=tuple(service.records.list_feedback(verdict=verdict, limit=limit, offset=offset)))


@router.get("/audit", summary="The audit trail", responses=documented())
def list_audit(service: ServiceOf, limit: Limit = 50, offset: Offset = 0) -> AuditList:
    """What was done; people and keys stand there by their ids."""
    return AuditList(items=tuple(service.records.list_audit(limit=limit, offset=offset)))


@router.get("/index", summary="State of the index", responses=documented())
def index_state(service: ServiceOf) -> IndexState:
    """The generation that answers now."""
    with service.assistant.library.use() as library:
        manifest = library.manifest
    return IndexState(
        generation=manifest.id,
        documents=manifest.documents,
        passages=manifest.passages,
        embeddings=manifest.embeddings,
        program=manifest.program,
        rebuild=last_rebuild(service.settings.data),
    )


@router.post("/index", status_code=202, summary="Build the index anew", responses=documented("build_running"))
def rebuild_index(service: ServiceOf, caller: CallerOf) -> Rebuild:
    """Begins, where corpus, program or model have changed, and comes back at once; questions are answered meanwhile."""
    try:
        begun = start_rebuild(service.settings)
    except BuildLockedError as error:
        raise ProblemError("build_running", describe(error)) from None
    service.records.record("index_rebuild", detail=f"by {caller.id or 'local'}")
    return begun
