"""The gate: every request passes here, and nothing passes that a route has not declared and its caller may not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

import anyio
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.access import texts
from bot.access.caller import Caller, anybody, caller_of_key, caller_of_person
from bot.access.choice import is_loopback, is_restricted
from bot.access.rates import Rates, source_of
from bot.access.redirects import SIGN_IN, sign_in_for
from bot.http.callers import address_of, caller_of, found
from bot.http.needs import Door, Needs, doors, grant
from bot.http.problems import ProblemError
from bot.http.same_site import refuse_cross_site
from bot.http.session_cookie import cookie_of
from bot.logs import note
from bot.server.unforeseen import Answering
from bot.settings import Settings
from bot.storage.access.records import AccessRecords
from index.errors import DanvanError

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# Threads that look callers up: who is refused does not wait behind those who are answered.
_THREADS = 8
# What proxies add; one that adds nothing cannot be noticed.
_FORWARDED = ("forwarded", "via", "x-real-ip")
_FORWARDED_BEGIN = "x-forwarded-"

Found = TypeVar("Found")


class Gate:
    """Finds the caller of a request and what its route needs. In restricted mode it is closed by default.

    No route, or none for this method: any credential is needed to be told so. A route that declares nothing is refused
    to everybody. In open mode anybody may do everything but administer, which is left to this very machine.
    """

    def __init__(self, app: ASGIApp, settings: Settings, application: FastAPI, answering: Answering) -> None:
        self._app, self._application, self._answering = app, application, answering
        self._restricted, self._local = is_restricted(settings), is_loopback(settings.host)
        self._rates, self._threads = Rates(settings), anyio.CapacityLimiter(_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"{scope['type']} is not served")
        request = Request(scope)
        door = self._door(request)
        declared: Sequence[Needs] = door.needs if door else ()
        try:
            refusal = await self._pass(request, door, declared)
        except (ProblemError, DanvanError) as error:
            refusal = await self._answering(request, error)
        if caller_of(request).kind != "anybody":
            send = _unstored(send)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        grant(scope, declared)
        await self._app(scope, receive, send)

    async def _pass(self, request: Request, door: Door | None, declared: Sequence[Needs]) -> Response | None:
        """None: the request may pass; a response that answers it else, or a problem, raised."""
        if any(one.kind == "own secret" for one in declared):
            return None
        public = bool(declared) and all(one.is_public for one in declared)
        bearer = _bearer(request) if self._restricted and not public else None
        if bearer is None and request.method not in _SAFE:
            refuse_cross_site(request)
        if public:
            if request.method not in _SAFE:  # as signing in, which waits for the records
                self._hurry(self._rates.wait_of_address(source_of(address_of(request))))
            return None
        if not self._restricted:
            self._hurry(self._rates.wait_of_address(source_of(address_of(request))))
            caller = anybody(administers=self._is_local(request))
            refusal = texts.NOT_OPEN_HERE
        else:
            known = await self._key(request, bearer) if bearer is not None else await self._person(request)
            if known is None:
                self._hurry(self._rates.wait_of_address(source_of(address_of(request))))
                return self._sign_in(request, door)
            caller, refusal = known, texts.FORBIDDEN
            self._hurry(self._rates.wait_of(caller, ""))
        found(request.scope, caller)
        if door is not None and not all(self._may(caller, one) for one in declared or [Needs()]):
            raise ProblemError("forbidden", refusal)
        return None

    def _may(self, caller: Caller, one: Needs) -> bool:
        if one.kind in ("any", "public", "own secret"):
            return True
        if one.kind == "page" and caller.kind == "key":
            return False
        # In open mode what declares nothing is no secret.
        return one.scope in caller.scopes if one.scope is not None else not self._restricted

    async def _key(self, request: Request, given: str) -> Caller:
        """Raises the problem of a key that nobody has, whatever else the request brings."""
        access = _access(request)
        key = await self._look_up(access.key, given)
        if key is not None:
            note(key=key.id)
            return caller_of_key(key)
        address = source_of(address_of(request))
        self._hurry(self._rates.wait_of_address(address))
        wait = await self._look_up(access.wrong_key, address)
        if wait:
            raise ProblemError("too_many_requests", texts.too_many_attempts(wait), {"retry-after": str(wait)})
        raise ProblemError("unauthorized", texts.KEY_REFUSED, _challenge(', error="invalid_token"'))

    async def _person(self, request: Request) -> Caller | None:
        token = cookie_of(request).token(request)
        person = None if token is None else await self._look_up(_access(request).session, token)
        return None if person is None else caller_of_person(person)

    async def _look_up(self, method: Callable[[str], Found], argument: str) -> Found:
        return await anyio.to_thread.run_sync(method, argument, limiter=self._threads)

    def _sign_in(self, request: Request, door: Door | None) -> Response:
        """A browser that wants to see a page is sent to sign in; everybody else is told to bring a credential."""
        is_page = door is not None and any(one.kind == "page" for one in door.needs)
        if is_page or (door is None and "text/html" in request.headers.get("accept", "")):
            reads = request.method in ("GET", "HEAD") and request.headers.get("hx-request") != "true"
            place = sign_in_for(request.url.path, request.url.query) if reads else SIGN_IN
            if request.headers.get("hx-request") == "true":
                # A part of a page cannot be replaced by the page for signing in.
                return Response(status_code=401, headers={"hx-redirect": place, **_challenge()})
            return RedirectResponse(place, 303, headers={"cache-control": "no-store"})
        raise ProblemError("unauthorized", texts.NOT_SIGNED_IN, _challenge())

    def _door(self, request: Request) -> Door | None:
        path, method = request.scope["path"], request.method
        for door in self._doors:
            if (door.methods is None or method in door.methods) and door.matches(path):
                return door
        return None

    @cached_property
    def _doors(self) -> tuple[Door, ...]:
        return tuple(doors(self._application))

    def _is_local(self, request: Request) -> bool:
        """Whether in open mode this machine itself asks, and no proxy on it for others."""
        forwarded = any(name in _FORWARDED or name.startswith(_FORWARDED_BEGIN) for name in request.headers)
        return self._local and is_loopback(address_of(request)) and not forwarded

    @staticmethod
    def _hurry(wait: int) -> None:
        if wait:
            raise ProblemError("too_many_requests", texts.too_many(wait), {"retry-after": str(wait)})


def _unstored(send: Send) -> Send:
    """What somebody with a credential was answered is kept by no browser and no proxy."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["cache-control"] = "no-store"
        await send(message)

    return sending


def _access(request: Request) -> AccessRecords:
    access: AccessRecords = request.app.state.service.records.access
    return access


def _bearer(request: Request) -> str | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else None


def _challenge(more: str = "") -> dict[str, str]:
    return {"www-authenticate": f'Bearer realm="danvan"{more}'}
