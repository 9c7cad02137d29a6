"""The tables of access. No code, token or key stands in them, only its keyed hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.access.values import Role
from bot.storage.columns import PlainText, UtcTime
from bot.storage.tables import Table

_IN_FORCE = text("revoked_at IS NULL")
_MAKER = "Who made the code: a person's id, or 'cli'; NULL: an older program did not keep it"


class PersonRow(Table):
    """Somebody who was invited. Of those who are not revoked no two have one name."""

    __tablename__ = "access_people"
    __table_args__ = (
        CheckConstraint("role IN ('reader', 'administrator')", name="role"),
        Index("uq_access_people_name", "name", unique=True, postgresql_where=_IN_FORCE, sqlite_where=_IN_FORCE),
    )

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(PlainText)
    role: Mapped[Role] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime, doc="Last use, to the minute")
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class CodeRow(Table):
    """An invitation code that has not been used; it is deleted by its use."""

    __tablename__ = "access_codes"

    code: Mapped[str] = mapped_column(String(64), primary_key=True, doc="Keyed hash")
    person_id: Mapped[str] = mapped_column(ForeignKey("access_people.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    made_by: Mapped[str | None] = mapped_column(String(12), doc=_MAKER)


class SessionRow(Table):
    """A browser that is signed in; signing out deletes it."""

    __tablename__ = "access_sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True, doc="Keyed hash")
    person_id: Mapped[str] = mapped_column(ForeignKey("access_people.id", ondelete="CASCADE"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime, doc="Last use, to the minute")
    expires_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    code_by: Mapped[str | None] = mapped_column(String(12), doc=_MAKER)


class IdentityRow(Table):
    """A channel's identity, such as "telegram:123", that a person has signed in with."""

    __tablename__ = "access_identities"

    identity: Mapped[str] = mapped_column(String(64), primary_key=True, doc="Keyed hash")
    person_id: Mapped[str] = mapped_column(ForeignKey("access_people.id", ondelete="CASCADE"), index=True)
    linked_at: Mapped[datetime] = mapped_column(UtcTime)
    code_by: Mapped[str | None] = mapped_column(String(12), doc=_MAKER)


class KeyRow(Table):
    """An API key; its scopes are separated by spaces."""

    __tablename__ = "access_keys"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True, doc="Keyed hash")
    name: Mapped[str] = mapped_column(PlainText)
    scopes: Mapped[str] = mapped_column(PlainText)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime, doc="Last use, to the minute")
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class AttemptRow(Table):
    """Failed attempts from one source, or from all together."""

    __tablename__ = "access_attempts"

    source: Mapped[str] = mapped_column(String(64), primary_key=True, doc="Keyed hash of kind and address")
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    until: Mapped[datetime] = mapped_column(UtcTime, doc="No attempt is looked at before")
