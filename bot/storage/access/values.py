"""What callers are given. Moments are aware, in UTC; what is secret shows in no `repr`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Role = Literal["reader", "administrator"]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(_Value):
    """Somebody who was invited."""

    id: str = Field(description="Random, 12 hexadecimal digits")
    name: str
    role: Role
    made_at: datetime
    seen_at: datetime | None = Field(description="Last use, to the minute; None: never signed in")
    revoked_at: datetime | None

    @property
    def identity(self) -> str:
        """The person's identity for `Records`, the same on all devices."""
        return f"person:{self.id}"


class SignIn(_Value):
    """A browser, or a channel's account, in which somebody is signed in."""

    at: datetime
    code_by: str | None = Field(description="Id of the person who made the code, or 'cli'; None: that was not kept")


class Invitation(_Value):
    """A code that signs a person in once."""

    person: Person
    code: str = Field(repr=False, description="Four groups of four, as 'CFGH-2345-JKMN-6789'")
    expires_at: datetime


class Key(_Value):
    """An API key without what is secret of it."""

    id: str = Field(description="Random, 12 hexadecimal digits")
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    used_at: datetime | None = Field(description="Last use, to the minute")
    expires_at: datetime | None
    revoked_at: datetime | None


class NewKey(_Value):
    """An API key just made; `secret` is told this once."""

    key: Key
    secret: str = Field(repr=False)
