"""API keys: made, recognised, listed and revoked."""

from __future__ import annotations

import hmac
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.storage.access.errors import UnknownKeyError
from bot.storage.access.people import PRECISION
from bot.storage.access.tables import KeyRow
from bot.storage.access.values import Key


def keep(session: Session, row: KeyRow) -> Key:
    """Keep a new key."""
    session.add(row)
    session.flush()
    return key_of(row)


def in_force(session: Session, hashed: str, now: datetime) -> KeyRow | None:
    """The key with this hash, unless it has expired or was revoked."""
    row = session.scalars(select(KeyRow).where(KeyRow.key == hashed, KeyRow.revoked_at.is_(None))).first()
    if row is None or not hmac.compare_digest(row.key, hashed):
        return None
    return row if row.expires_at is None or now < row.expires_at else None


def is_stale(row: KeyRow, now: datetime) -> bool:
    """Whether the last use that is kept is too long ago."""
    return row.used_at is None or now - row.used_at >= PRECISION


def used(session: Session, key_id: str, now: datetime) -> None:
    """Keep the last use."""
    session.execute(update(KeyRow).where(KeyRow.id == key_id).values(used_at=now))


def every(session: Session) -> list[Key]:
    """Those in force, then those that were revoked, in the order in which they were made."""
    rows = session.scalars(select(KeyRow).order_by(KeyRow.revoked_at.is_not(None), KeyRow.made_at))
    return [key_of(row) for row in rows]


def revoke(session: Session, name: str, now: datetime) -> Key:
    """End a key, by id or name. Raises `UnknownKeyError`."""
    chosen = select(KeyRow).where(or_(KeyRow.id == name, KeyRow.name == name), KeyRow.revoked_at.is_(None))
    rows = session.scalars(chosen).all()
    by_id = [row for row in rows if row.id == name]
    rows = by_id or rows
    if len(rows) != 1:
        raise UnknownKeyError(name, several=len(rows) > 1)
    rows[0].revoked_at = now
    return key_of(rows[0])


def key_of(row: KeyRow) -> Key:
    """A row as callers see it."""
    told = {name: getattr(row, name) for name in Key.model_fields}
    return Key(**told | {"scopes": tuple(row.scopes.split())})
