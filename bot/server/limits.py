"""Limits on what requests may carry, how long they may take to arrive, and how many are answered at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import problem_texts
from bot.http.problems import Code, ProblemError
from bot.server.unforeseen import Answering

IsUpdate = Callable[[Request], bool]
# A question has at most 4,000 characters: 16 KB in UTF-8, up to 24 KB escaped in JSON. Bytes.
MOST_BYTES = 65_536
# Seconds in which a body must have arrived: 2 KB/s is enough.
BODY_SECONDS = 30.0
# Seconds after which one that was turned away may come again.
RETRY_SECONDS = 2
# An update of Telegram's holds a message, the one that it replies to and their buttons, all escaped; refused, it would
# come again and again, and hold up the others.
MOST_UPDATE_BYTES = 1_048_576
# Bytes of a request's first line and headers.
MOST_HEAD_BYTES = 16_384
# Who watches the service, and Telegram, which would only come again.
_LET_THROUGH = ("/healthz", "/readyz", "/metrics", "/telegram/webhook")


class SizeLimit:
    """Refuses a head above `MOST_HEAD_BYTES` with 431, a body above `MOST_BYTES` with 413, announced or not.

    A body that does not arrive in time is refused with 408. `is_update`: whether a request is one of Telegram's, which
    may be larger: known by its secret, so that nobody else fills the memory.
    """

    def __init__(
        self, app: ASGIApp, answering: Answering, is_update: IsUpdate | None, seconds: float = BODY_SECONDS
    ) -> None:
        self._app, self._answering, self._is_update, self._seconds = app, answering, is_update, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then let the application read it again."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _head_bytes(scope) > MOST_HEAD_BYTES:
            await self._refuse("head_too_large", problem_texts.PROBLEM_DETAILS["head_too_large"], scope, send)
            return
        body, more = b"", True
        most = MOST_UPDATE_BYTES if self._is_update is not None and self._is_update(Request(scope)) else MOST_BYTES
        try:
            async with asyncio.timeout(self._seconds):
                while more:
                    message = await receive()
                    if message["type"] != "http.request":
                        return
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > most:
                        await self._refuse("body_too_large", problem_texts.body_too_large(most), scope, send)
                        return
        except TimeoutError:
            await self._refuse("request_timeout", problem_texts.PROBLEM_DETAILS["request_timeout"], scope, send)
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    async def _refuse(self, code: Code, detail: str, scope: Scope, send: Send) -> None:
        # Not all has been read: the rest would be taken for the next request.
        response = await self._answering(Request(scope), ProblemError(code, detail, {"connection": "close"}))
        await response(scope, _nothing, send)


class Busy:
    """Turns away what comes while `most` requests are being answered, so that those are answered soon.

    Who watches the service is always let through: a service that is busy is not ill.
    """

    def __init__(self, app: ASGIApp, most: int, answering: Answering) -> None:
        self._app, self._most, self._answering, self._running = app, most, answering, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the request while it runs."""
        if scope["type"] != "http" or scope["path"] in _LET_THROUGH:
            await self._app(scope, receive, send)
            return
        if self._running >= self._most:
            problem = ProblemError("busy", problem_texts.PROBLEM_DETAILS["busy"], {"retry-after": str(RETRY_SECONDS)})
            response = await self._answering(Request(scope), problem)
            await response(scope, receive, send)
            return
        self._running += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._running -= 1


def _head_bytes(scope: Scope) -> int:
    """As it came, but for spaces: the parser bounds only a head that does not come whole at once."""
    line = len(scope["method"]) + len(scope["raw_path"]) + 1 + len(scope["query_string"]) + len("  HTTP/1.1\r\n")
    return line + sum(len(name) + len(value) + len(": \r\n") for name, value in scope["headers"]) + len("\r\n")


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
