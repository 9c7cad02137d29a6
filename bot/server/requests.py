"""Every request has an id and a line in the log."""

from __future__ import annotations

import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.logs import log, request_log
from bot.observing import Requested, requested

HEADER = "x-request-id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LONGEST_METHOD = 16  # characters; a client may send any word


class RequestLog:
    """Takes over or makes the id, gives it back in `X-Request-ID`, and logs what came of the request.

    Told is the route as it stands in the documentation of the API, never the address as it was asked.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the line is written when the response has been sent, or broken off."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = scope["danvan_request_id"] = _id_of(scope)
        status: int | None = None

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        started = time.perf_counter()
        with request_log(request_id) as notes:
            try:
                await self._app(scope, receive, watched)
            finally:
                seconds = time.perf_counter() - started
                method, route = scope["method"][:_LONGEST_METHOD], route_of(scope)
                problem = notes.get("problem")
                line = log().warning if status is None or status >= 500 else log().info
                line("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1), **notes)
                requested(Requested(method, route, status, problem if isinstance(problem, str) else None, seconds))


def route_of(scope: Scope) -> str | None:
    """The template of the route that was chosen, such as `/v1/documents/{document_id}`; None where none was."""
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) else None


def _id_of(scope: Scope) -> str:
    given = Headers(scope=scope).get(HEADER, "")
    return given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
