"""`/healthz`: whether the service answers. `/readyz`: whether it can do its work."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from bot.http.needs import PUBLIC, declaring
from bot.http.problems import Code, ProblemError, documented
from bot.http.service import ServiceOf
from bot.problem_texts import NOT_READY
from bot.readiness import Part, Readiness

router = APIRouter(tags=["health"], dependencies=[declaring(PUBLIC)])
_CODES: dict[Part, Code] = {
    "index": "unavailable",
    "vectors": "unavailable",
    "model": "unavailable",
    "records": "records_unavailable",
}


class Health(BaseModel):
    """The service answers, from this generation of the index."""

    status: str = "ok"
    generation: str


class Ready(BaseModel):
    """Index, vectors, model and records work."""

    status: Literal["ready"] = "ready"
    generation: str


@router.get("/healthz", summary="Does it answer?", responses=documented())
def healthz(service: ServiceOf) -> Health:
    """The index generation that answers now."""
    with service.assistant.library.use() as library:
        return Health(generation=library.manifest.id)


@router.get("/readyz", summary="Can it do its work?", responses=documented())
def readyz(request: Request) -> Ready:
    """503 where the index does not open or has no vectors, the model does not embed, or the records cannot be written.

    Each is looked at by using it, at most every few seconds. Where it is 503, questions may still be answered: what
    cannot be kept is answered with a notice.
    """
    readiness: Readiness = request.app.state.readiness
    state = readiness.state()
    if state.failed is not None:
        raise ProblemError(_CODES[state.failed], NOT_READY[state.failed])
    return Ready(generation=state.generation or "")
