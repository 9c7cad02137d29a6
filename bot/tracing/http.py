"""A span around every HTTP request."""

from __future__ import annotations

from opentelemetry.trace import Status, StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.tracing.spans import Tracing

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Asked for every few seconds by machines; their spans would hide the others.
_WATCHING = ("/healthz", "/readyz", "/metrics")


class TracedRequests:
    """Names the span by method and route, as the log does; the address as it was asked stays out of it."""

    def __init__(self, app: ASGIApp, tracing: Tracing) -> None:
        self._app, self._tracing = app, tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or scope["path"] in _WATCHING:
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
        parents = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        told = {name: parents[name] for name in ("traceparent", "tracestate") if name in parents}
        with self._tracing.request(method, told) as span:

            async def watched(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                    if message["status"] >= 500:
                        span.set_status(Status(StatusCode.ERROR))
                await send(message)

            try:
                await self._app(scope, receive, watched)
            finally:
                route = getattr(scope.get("route"), "path", None)
                if isinstance(route, str):
                    span.update_name(f"{method} {route}")
                    span.set_attribute("http.route", route)
                if (request_id := scope.get("danvan_request_id")) is not None:
                    span.set_attribute("danvan.request_id", request_id)
