"""Caller: on whose behalf a request comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.access.scopes import OF_KEYS, OF_ROLE, Scope
from bot.storage.access.values import Key, Person

ANYBODYS = frozenset(Scope) - {Scope.ADMIN}


@dataclass(frozen=True, slots=True)
class Caller:
    """Anybody (in open mode), a person who is signed in, or a program with a key; `id` is of the person or the key."""

    kind: Literal["anybody", "person", "key"]
    scopes: frozenset[Scope]
    id: str = ""
    name: str = ""

    def identity(self, named: str | None = None) -> str | None:
        """The identity for `Records`; None for anybody, who is known otherwise.

        `named`: whom a program asks for. Programs do not share people: one's "nv-1" is not the other's.
        """
        match self.kind:
            case "person":
                return f"person:{self.id}"
            case "key":
                return f"key:{self.id}:{named or ''}"
        return None


def anybody(administers: bool) -> Caller:
    """Who comes in open mode; `administers`: whether from this machine itself."""
    return Caller("anybody", frozenset(Scope) if administers else ANYBODYS)


def caller_of_person(person: Person) -> Caller:
    """Somebody who is signed in."""
    return Caller("person", OF_ROLE[person.role], person.id, person.name)


def caller_of_key(key: Key) -> Caller:
    """A program; a scope that this version does not know gives nothing."""
    return Caller("key", frozenset(scope for scope in OF_KEYS if scope in key.scopes), key.id, key.name)
