"""`/admin/people`: who has access, and which programs; only for an administrator who is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.access import texts
from bot.access.caller import Caller
from bot.access.scopes import OF_KEYS, Scope, scopes_named
from bot.http.callers import caller_of
from bot.http.needs import page_needs
from bot.http.problems import ProblemError
from bot.http.service import ServiceOf
from bot.service import Service
from bot.storage.access.errors import AccessError
from bot.web.templates import page

router = APIRouter(prefix="/admin", include_in_schema=False, dependencies=[page_needs(Scope.ADMIN)])
_CODE_DAYS = 7
Name = Annotated[str, Form(max_length=200)]


def administrator(request: Request) -> Caller:
    """The administrator who is signed in. In open mode there is none: anybody on this machine could let others in."""
    caller = caller_of(request)
    if caller.kind != "person":
        raise ProblemError("forbidden", texts.PEOPLE_NOT_OPEN)
    return caller


Administrator = Annotated[Caller, Depends(administrator)]


@router.get("/people")
def people(request: Request, service: ServiceOf, caller: Administrator) -> Response:
    """Everybody who was invited, and every key."""
    return _page(request, service, caller)


@router.post("/people")
def invite(
    request: Request,
    service: ServiceOf,
    caller: Administrator,
    name: Name = "",
    admin: Annotated[bool, Form()] = False,
) -> Response:
    """A code for a person, shown this once."""
    role: Any = "administrator" if admin else "reader"
    try:
        made = service.records.access.invite(name, role, timedelta(days=_CODE_DAYS), by=caller.id)
    except AccessError as error:
        return _page(request, service, caller, 422, problem=texts.described_on_page(error))
    return _page(request, service, caller, invitation=made)


@router.post("/people/{person_id}/code")
def code(request: Request, service: ServiceOf, caller: Administrator, person_id: str) -> Response:
    """Another code for somebody."""
    try:
        made = service.records.access.code_for(person_id, timedelta(days=_CODE_DAYS), by=caller.id)
    except AccessError as error:
        return _page(request, service, caller, 404, problem=texts.described(error))
    return _page(request, service, caller, invitation=made)


@router.post("/people/{person_id}/revoke")
def revoke(request: Request, service: ServiceOf, caller: Administrator, person_id: str) -> Response:
    """End a person's access; not one's own, so that somebody is left who can let others in."""
    if person_id == caller.id:
        return _page(request, service, caller, 422, problem=texts.NOT_ONESELF)
    try:
        service.records.access.revoke_person(person_id, by=caller.id)
    except AccessError as error:
        return _page(request, service, caller, 404, problem=texts.described(error))
    return RedirectResponse("/admin/people", 303)


@router.post("/keys")
def create_key(
    request: Request,
    service: ServiceOf,
    caller: Administrator,
    name: Name = "",
    scope: Annotated[list[str] | None, Form(max_length=20)] = None,
) -> Response:
    """A key, shown this once."""
    try:
        made = service.records.access.create_key(name, scopes_named(scope or []), by=caller.id)
    except AccessError as error:
        return _page(request, service, caller, 422, problem=texts.described(error))
    return _page(request, service, caller, new_key=made)


@router.post("/keys/{key_id}/revoke")
def revoke_key(request: Request, service: ServiceOf, caller: Administrator, key_id: str) -> Response:
    """End a key."""
    try:
        service.records.access.revoke_key(key_id, by=caller.id)
    except AccessError as error:
        return _page(request, service, caller, 404, problem=texts.described(error))
    return RedirectResponse("/admin/people", 303)


def _page(request: Request, service: Service, caller: Caller, status: int = 200, **told: Any) -> Response:
    shown = {"invitation": None, "new_key": None, "problem": "", **told}
    access, bot = service.records.access, service.settings.telegram_name
    invitation = shown["invitation"]
    return page(
        request,
        "admin/people.html",
        status,
        people=access.list_people(),
        keys=access.list_keys(),
        scopes=[(scope.value, texts.SCOPES[scope]) for scope in OF_KEYS],
        roles=texts.ROLES,
        own=caller.id,
        link=texts.telegram_link(bot, invitation.code) if bot and invitation else None,
        **shown,
    )
