"""A limit on what a request may carry."""

from __future__ import annotations

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages

# A question has at most 4,000 characters: 16 KB in UTF-8, up to 24 KB escaped in JSON. Bytes.
MOST_BYTES = 65_536
# An update of Telegram's holds a message, the one that it replies to and their buttons, all escaped; refused, it would
# come again and again, and hold up the others.
MOST_UPDATE_BYTES = 1_048_576


class BodyLimit:
    """Refuses a body above `MOST_BYTES` with 413, whether its length was announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then let the application read it again."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body, more = b"", True
        most = MOST_UPDATE_BYTES if scope["path"] == "/telegram/webhook" else MOST_BYTES
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                await _refuse(send)
                return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)


async def _refuse(send: Send) -> None:
    code = "body_too_large"
    problem = {
        "type": "about:blank",
        "title": messages.PROBLEMS[code],
        "status": 413,
        "code": code,
        "detail": messages.body_too_large(MOST_BYTES),
    }
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem, ensure_ascii=False).encode()})
