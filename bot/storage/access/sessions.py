"""Sessions: browsers that are signed in, until they sign out, stay away too long, or have been in long enough."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.storage.access.entering import Entered
from bot.storage.access.people import PRECISION
from bot.storage.access.tables import PersonRow, SessionRow
from bot.storage.access.values import SignIn


def begin(session: Session, hashed: str, entered: Entered, longest: timedelta) -> None:
    """Keep a new session by the hash of its token."""
    moments = {"begun_at": entered.at, "seen_at": entered.at, "expires_at": entered.at + longest}
    session.add(SessionRow(token=hashed, person_id=entered.person.id, code_by=entered.code_by, **moments))


def alive(session: Session, hashed: str, now: datetime, idle: timedelta) -> tuple[SessionRow, PersonRow] | None:
    """The session and its person, unless it is over or the person was revoked."""
    chosen = select(SessionRow, PersonRow).join(PersonRow).where(SessionRow.token == hashed)
    found = session.execute(chosen).first()
    if found is None:
        return None
    row, person = found
    over = now >= row.expires_at or now - row.seen_at >= idle or person.revoked_at is not None
    return None if over or not hmac.compare_digest(row.token, hashed) else (row, person)


def is_stale(row: SessionRow, now: datetime) -> bool:
    """Whether the last use that is kept is too long ago."""
    return now - row.seen_at >= PRECISION


def seen(session: Session, hashed: str, now: datetime) -> None:
    """Keep the last use; a session that was ended meanwhile stays ended."""
    session.execute(update(SessionRow).where(SessionRow.token == hashed).values(seen_at=now))


def end(session: Session, hashed: str) -> str | None:
    """Sign out; the id of the person who was signed in."""
    row = session.get(SessionRow, hashed)
    if row is None:
        return None
    session.delete(row)
    return row.person_id


def end_all(session: Session, person_id: str) -> int:
    """Sign a person out everywhere; of how many browsers."""
    tokens = session.scalars(select(SessionRow.token).where(SessionRow.person_id == person_id)).all()
    session.execute(delete(SessionRow).where(SessionRow.token.in_(tokens)))
    return len(tokens)


def of_person(session: Session, person_id: str) -> list[SignIn]:
    """Where a person is signed in, in the order in which it was."""
    rows = select(SessionRow).where(SessionRow.person_id == person_id).order_by(SessionRow.begun_at)
    return [SignIn(at=row.begun_at, code_by=row.code_by) for row in session.scalars(rows)]


def clean(session: Session, now: datetime, idle: timedelta) -> None:
    """Delete what is over."""
    session.execute(delete(SessionRow).where((SessionRow.expires_at <= now) | (SessionRow.seen_at <= now - idle)))
