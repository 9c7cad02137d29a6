"""The caller of a request, as the gate has found it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.types import Scope

from bot.access.caller import Caller, anybody

_CALLER = "danvan_caller"


def found(scope: Scope, caller: Caller) -> None:
    """Keep who calls for whatever answers the request."""
    scope[_CALLER] = caller


def caller_of(request: Request) -> Caller:
    """Who calls; anybody where no gate has looked."""
    return caller_in(request.scope)


def caller_in(scope: Any) -> Caller:
    """The same by the ASGI scope."""
    caller = scope.get(_CALLER)
    return caller if isinstance(caller, Caller) else anybody(administers=False)


def address_of(request: Request) -> str:
    """The address from which the request came; behind a proxy of the settings, that of the proxy's client."""
    return request.client.host if request.client else "?"


CallerOf = Annotated[Caller, Depends(caller_of)]
