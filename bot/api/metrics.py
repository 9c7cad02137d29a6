"""`/metrics`: what the service counts, for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from bot.access.scopes import Scope
from bot.http.needs import needs
from bot.http.service import ServiceOf
from bot.metrics.exposition import CONTENT_TYPE, exposed

router = APIRouter(dependencies=[needs(Scope.METRICS)])


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, service: ServiceOf) -> Response:
    """Prometheus's text format, of all processes of the service."""
    return Response(exposed(service, request.app.state.counters), media_type=CONTENT_TYPE)
