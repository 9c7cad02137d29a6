"""What a route needs of its caller. A route declares it; the gate (`bot.server.gate`) holds requests against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Depends, FastAPI, Request, params
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute
from starlette.types import Scope as AsgiScope

from bot.access import texts
from bot.access.scopes import Scope
from bot.http.problems import ProblemError

_GRANTED = "danvan_granted"
_MARK = "danvan_needs"


@dataclass(frozen=True, slots=True)
class Needs:
    """`scope`: what the caller must have; None: nothing (`kind` says why) or, for "any", any credential at all."""

    scope: Scope | None = None
    kind: Literal["api", "page", "any", "public", "own secret"] = "api"

    @property
    def is_public(self) -> bool:
        """Whether no credential is needed."""
        return self.kind in ("public", "own secret")


PUBLIC = Needs(kind="public")
ANY = Needs(kind="any")
# A route that checks a secret of its own, as the one that Telegram calls.
OWN_SECRET = Needs(kind="own secret")


def needs(scope: Scope) -> Any:
    """A dependency of a route, or of a router, of the API."""
    return declaring(Needs(scope))


def page_needs(scope: Scope = Scope.PAGE) -> Any:
    """The same for a page: it is for people who are signed in, and whoever is not is sent to sign in."""
    return declaring(Needs(scope, "page"))


def declaring(what: Needs) -> Any:
    """A dependency that declares, and makes sure that the gate has looked at it."""

    def granted(request: Request) -> None:
        if what not in request.scope.get(_GRANTED, ()):
            raise ProblemError("forbidden", texts.FORBIDDEN)

    setattr(granted, _MARK, what)
    return Depends(granted)


def declare(routes: Sequence[BaseRoute], what: Needs) -> None:
    """The same for routes that have no dependencies: mounted applications, plain routes."""
    for route in routes:
        setattr(route, _MARK, what)


def grant(scope: AsgiScope, granted: Sequence[Needs]) -> None:
    """The gate has let a request through to a route with these needs."""
    scope[_GRANTED] = granted


@dataclass(frozen=True, slots=True)
class Door:
    """A route as the gate sees it; `methods` None: all of them; `needs` empty: nothing was declared."""

    path: str
    matches: Callable[[str], object]
    methods: frozenset[str] | None
    needs: tuple[Needs, ...]


def doors(app: FastAPI) -> Iterator[Door]:
    """All routes of an application, in the order in which it tries them."""
    for route in iter_route_contexts(app.routes):
        methods = frozenset(route.methods) if route.methods else None
        dependencies: Sequence[params.Depends] = getattr(route, "dependencies", None) or ()
        declared = [getattr(one.dependency, _MARK) for one in dependencies if hasattr(one.dependency, _MARK)]
        own = getattr(route.original_route, _MARK, None)
        found = tuple([*declared, own] if own else declared)
        yield Door(route.path or "", route.path_regex.match, methods, found)
