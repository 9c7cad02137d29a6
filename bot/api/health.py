"""`/healthz`: whether the service answers."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from bot.http.needs import PUBLIC, declaring
from bot.http.problems import documented
from bot.http.service import ServiceOf

router = APIRouter(tags=["health"], dependencies=[declaring(PUBLIC)])


class Health(BaseModel):
    """The service answers, from this generation of the index."""

    status: str = "ok"
    generation: str


@router.get("/healthz", summary="Does it answer?", responses=documented())
def healthz(service: ServiceOf) -> Health:
    """The index generation that answers now."""
    with service.assistant.library.use() as library:
        return Health(generation=library.manifest.id)
