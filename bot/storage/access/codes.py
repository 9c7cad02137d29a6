"""Codes: made for a person, and used up by signing in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.storage.access.tables import CodeRow, PersonRow


def make(session: Session, hashed: str, person_id: str, made_by: str | None, expires_at: datetime) -> None:
    """Keep a new code by its hash; the person's former ones end by it."""
    end_all(session, person_id)
    session.add(CodeRow(code=hashed, person_id=person_id, made_by=made_by, expires_at=expires_at))


def end_all(session: Session, person_id: str) -> None:
    """End a person's unused codes."""
    session.execute(delete(CodeRow).where(CodeRow.person_id == person_id))


def in_force(session: Session, hashed: str, now: datetime) -> tuple[CodeRow, PersonRow] | None:
    """The code with this hash and its person, held until the transaction ends.

    None: it is wrong, used, or expired, or the person was revoked.
    """
    row = session.scalars(select(CodeRow).where(CodeRow.code == hashed).with_for_update()).first()
    person = session.get(PersonRow, row.person_id) if row is not None and now < row.expires_at else None
    return None if row is None or person is None or person.revoked_at is not None else (row, person)


def clean(session: Session, now: datetime) -> None:
    """Delete what has expired."""
    session.execute(delete(CodeRow).where(CodeRow.expires_at <= now))
