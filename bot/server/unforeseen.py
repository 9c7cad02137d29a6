"""What nobody foresaw: told in full to the log, and not at all to who asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.logs import log

Answering = Callable[[Request, Exception], Awaitable[Response]]


class Unforeseen:
    """Answers an exception that no handler took.

    Starlette's own handler for them stands outside all middleware: its answer would lack the headers, the id of the
    request and its line in the log.
    """

    def __init__(self, app: ASGIApp, answering: Answering) -> None:
        self._app, self._answering = app, answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A response that has begun is broken off, so that nobody takes it for whole."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            log().error("exception", exc_info=error)
            response = await self._answering(Request(scope), error)
            await response(scope, receive, send)
