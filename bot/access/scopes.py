"""Scopes: what a caller may do. This is the one list of them."""

from __future__ import annotations

from enum import StrEnum

from bot.storage.access.errors import AccessError
from bot.storage.access.values import Role


class Scope(StrEnum):
    """A part of the service. A key has some of them; a person those of the role."""

    ASK = "ask"
    READ = "read"
    RECORDS = "records"
    CHAT = "chat"
    MCP = "mcp"
    ADMIN = "admin"
    METRICS = "metrics"
    # No key can have this one: the pages are for people who are signed in.
    PAGE = "page"


OF_KEYS = tuple(scope for scope in Scope if scope is not Scope.PAGE)
_READER = frozenset({Scope.ASK, Scope.READ, Scope.RECORDS, Scope.CHAT, Scope.PAGE})
OF_ROLE: dict[Role, frozenset[Scope]] = {"reader": _READER, "administrator": frozenset(Scope)}


class UnknownScopeError(AccessError):
    """No key can have this scope."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(f"no scope {scope!r}")


def scopes_named(names: list[str]) -> tuple[Scope, ...]:
    """Scopes of a key, each once, in the order of the list. Raises `UnknownScopeError`; none is refused, too."""
    for name in names or [""]:
        if name not in OF_KEYS:
            raise UnknownScopeError(name)
    return tuple(scope for scope in OF_KEYS if scope in names)
