"""`/sign-in`, `/sign-out`, `/account`: in with a code, out again, and a code for another device of one's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.access.caller import Caller
from bot.access.choice import is_restricted
from bot.access.rates import source_of
from bot.access.redirects import SIGN_IN, own_place
from bot.access.texts import described, made_by
from bot.http.callers import CallerOf, address_of
from bot.http.needs import PUBLIC, declaring, page_needs
from bot.http.service import ServiceOf
from bot.http.session_cookie import cookie_of
from bot.service import Service
from bot.storage.access.errors import CodeRefusedError, TooManyAttemptsError
from bot.storage.access.values import SignIn
from bot.web.templates import page

router = APIRouter(include_in_schema=False)
# A code that a person makes is typed at once.
_OWN_CODE = timedelta(minutes=15)
Place = Annotated[str, Query(max_length=4000, alias="next")]


@router.get(SIGN_IN, dependencies=[declaring(PUBLIC)])
def form(request: Request, service: ServiceOf, place: Place = "/") -> Response:
    """The form for a code. In open mode there is nothing to sign in to."""
    if not is_restricted(service.settings):
        return RedirectResponse("/", 303)
    return page(request, "sign_in.html", place=own_place(place), problem="")


@router.post(SIGN_IN, dependencies=[declaring(PUBLIC)])
def sign_in(
    request: Request,
    service: ServiceOf,
    code: Annotated[str, Form(max_length=200)] = "",
    place: Annotated[str, Form(max_length=4000, alias="next")] = "/",
) -> Response:
    """A code for a session, which is a new one whatever the browser had before."""
    if not is_restricted(service.settings):
        return RedirectResponse("/", 303)
    cookie, access = cookie_of(request), service.records.access
    try:
        _, token = access.sign_in(code, source_of(address_of(request)), former=cookie.token(request))
    except (CodeRefusedError, TooManyAttemptsError) as error:
        late = isinstance(error, TooManyAttemptsError)
        response = page(request, "sign_in.html", 429 if late else 422, place=own_place(place), problem=described(error))
        if isinstance(error, TooManyAttemptsError):
            response.headers["retry-after"] = str(error.seconds)
        return response
    moved = RedirectResponse(own_place(place), 303, headers={"cache-control": "no-store"})
    cookie.write(request, moved, token)
    return moved


@router.post("/sign-out", dependencies=[page_needs()])
def sign_out(request: Request, service: ServiceOf) -> Response:
    """End the session on all workers."""
    cookie = cookie_of(request)
    token = cookie.token(request)
    if token is not None:
        service.records.access.sign_out(token)
    response = RedirectResponse(SIGN_IN, 303)
    cookie.remove(request, response)
    return response


@router.get("/account", dependencies=[page_needs()])
def account(request: Request, service: ServiceOf, caller: CallerOf) -> Response:
    """Who is signed in, and where else."""
    return _account(request, service, caller)


@router.post("/account/code", dependencies=[page_needs()])
def another_code(request: Request, service: ServiceOf, caller: CallerOf) -> Response:
    """A code for another device, shown this once."""
    if caller.kind != "person":
        return RedirectResponse("/", 303)
    made = service.records.access.code_for(caller.id, _OWN_CODE, by=caller.id)
    return _account(request, service, caller, made.code)


@router.post("/account/sign-out", dependencies=[page_needs()])
def sign_out_everywhere(request: Request, service: ServiceOf, caller: CallerOf) -> Response:
    """End all sessions of the person, this one included, with codes that were not used and Telegram's accounts."""
    if caller.kind == "person":
        service.records.access.sign_out_everywhere(caller.id)
    response = RedirectResponse(SIGN_IN, 303)
    cookie_of(request).remove(request, response)
    return response


def _account(request: Request, service: Service, caller: Caller, code: str = "") -> Response:
    if caller.kind != "person":
        return RedirectResponse("/", 303)
    access = service.records.access
    return page(
        request,
        "account.html",
        browsers=_told(access.sessions_of(caller.id), caller),
        telegrams=_told(access.links_of(caller.id), caller),
        code=code,
        minutes=_OWN_CODE.seconds // 60,
        bot=service.settings.telegram_name,
    )


def _told(sign_ins: list[SignIn], caller: Caller) -> list[tuple[datetime, str]]:
    """When each began, and who made its code."""
    return [(one.at, made_by(one.code_by, caller.id)) for one in sign_ins]
