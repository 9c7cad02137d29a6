"""`POST /v1/feedback`: "Đúng" or "Chưa đúng" to an answer."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from bot.access.scopes import Scope
from bot.http.needs import needs
from bot.http.persons import PersonOf
from bot.http.problems import documented
from bot.http.service import ServiceOf
from bot.storage.values import Feedback, Verdict

router = APIRouter(prefix="/v1", tags=["feedback"], dependencies=[needs(Scope.RECORDS)])


class FeedbackBody(BaseModel):
    """A verdict on an answer that the same person was given."""

    model_config = ConfigDict(extra="forbid")

    turn_id: str = Field(min_length=1, max_length=64, description="From the header Danvan-Turn-Id, or the event done")
    verdict: Verdict
    reason: str | None = Field(default=None, max_length=2000, examples=["Thiếu thời hạn"])


@router.post(
    "/feedback",
    status_code=201,
    summary="Say whether an answer is right",
    responses=documented("malformed_request", "body_too_large", "unknown_turn"),
)
def feedback(body: FeedbackBody, service: ServiceOf, person: PersonOf) -> Feedback:
    """Kept with question, answer and index generation; a second verdict replaces the first."""
    kept = service.records.add_feedback(person, body.turn_id, body.verdict, body.reason)
    service.records.record("feedback", person, body.verdict)
    return kept
