"""Who asks: a browser by its cookie, a program by the header that names its own user."""

from __future__ import annotations

import re
import uuid
from typing import Annotated

from fastapi import Depends, Header, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.callers import caller_of

HEADER = "Danvan-Person"
COOKIE = "danvan_person"
_OURS = re.compile(r"[0-9a-f]{32}")
_NEW = "danvan_new_person"


def person_of(
    request: Request,
    named: Annotated[
        str | None,
        Header(
            alias=HEADER,
            min_length=1,
            max_length=200,
            description="Whom the calling program asks for, by any name of its own; it is stored as a keyed hash only. "
            "Without it a cookie tells who asks.",
            examples=["nv-0127"],
        ),
    ] = None,
) -> str:
    """The channel's own identity of who asks, for `Records`; a browser that has none is given one.

    With a credential it is the person who is signed in, or, within the key, whom the program asks for.
    """
    known_caller = caller_of(request).identity(named)
    if known_caller is not None:
        return known_caller
    if named is not None:
        return f"api:{named}"
    known = request.cookies.get(COOKIE, "")
    if _OURS.fullmatch(known):
        return f"web:{known}"
    new = request.scope.setdefault(_NEW, uuid.uuid4().hex)
    return f"web:{new}"


PersonOf = Annotated[str, Depends(person_of)]


class PersonCookie:
    """Gives the cookie of a new person with the response that first needed it; `days`: how long it holds."""

    def __init__(self, app: ASGIApp, days: int) -> None:
        self._app, self._seconds = app, (days or 36500) * 86_400

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add `Set-Cookie` where `person_of` has made a person."""

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _NEW in scope:
                secure = "; Secure" if scope.get("scheme") == "https" else ""
                value = f"{COOKIE}={scope[_NEW]}; Path=/; Max-Age={self._seconds}; HttpOnly; SameSite=Lax{secure}"
                MutableHeaders(scope=message).append("set-cookie", value)
            await send(message)

        await self._app(scope, receive, with_cookie)
