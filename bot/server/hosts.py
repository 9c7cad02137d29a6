"""Asked under a name that is not ours: another site's page, or a proxy that is not set up."""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.access import texts
from bot.access.hosts import Hosts
from bot.http.problems import ProblemError
from bot.server.unforeseen import Answering
from bot.settings import Settings


class TrustedHosts:
    """Refuses every other `Host` with 421."""

    def __init__(self, app: ASGIApp, settings: Settings, answering: Answering) -> None:
        self._app, self._hosts, self._answering = app, Hosts(settings), answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the header before anything else is read."""
        if scope["type"] == "http":
            request = Request(scope)
            if not self._hosts.takes(request.headers.get("host")):
                response = await self._answering(request, ProblemError("unknown_host", texts.UNKNOWN_HOST))
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)
