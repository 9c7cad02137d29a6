"""People: invited, recognised by a code, a session or a channel's identity, and revoked."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.storage.access.errors import OddNameError, UnknownPersonError
from bot.storage.access.secrets import new_id
from bot.storage.access.tables import CodeRow, IdentityRow, PersonRow, SessionRow
from bot.storage.access.values import Person, Role
from bot.storage.database import upsert

LONGEST_NAME = 100
# How exactly a last use is kept: each use would else be a write.
PRECISION = timedelta(minutes=1)


def named(name: str) -> str:
    """A name as it is kept. Raises `OddNameError`."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(kept) <= LONGEST_NAME or any(unicodedata.category(letter)[0] == "C" for letter in kept):
        raise OddNameError(f"a name has 1 to {LONGEST_NAME} characters")
    return kept


def invited(session: Session, name: str, role: Role, now: datetime) -> PersonRow:
    """The person with this name, made where there is none; somebody known gets the role that is given now."""
    kept = named(name)
    row = session.scalars(select(PersonRow).where(PersonRow.name == kept, PersonRow.revoked_at.is_(None))).first()
    if row is None:
        row = PersonRow(id=new_id(), name=kept, role=role, made_at=now)
        session.add(row)
        session.flush()
    row.role = role
    return row


def found(session: Session, name: str) -> PersonRow:
    """Somebody who has access, by name or id. Raises `UnknownPersonError`."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    chosen = select(PersonRow).where(or_(PersonRow.id == kept, PersonRow.name == kept), PersonRow.revoked_at.is_(None))
    row = session.scalars(chosen).first()
    if row is None:
        raise UnknownPersonError(name)
    return row


def everybody(session: Session) -> list[Person]:
    """Those who have access, then those who were revoked, in the order in which they came."""
    rows = session.scalars(select(PersonRow).order_by(PersonRow.revoked_at.is_not(None), PersonRow.made_at))
    return [person_of(row) for row in rows]


def revoke(session: Session, row: PersonRow, now: datetime) -> None:
    """End a person's access everywhere; what the person asked stays until it is deleted as all records are."""
    row.revoked_at = now
    for table in (SessionRow, CodeRow, IdentityRow):
        session.execute(delete(table).where(table.person_id == row.id))


def link(session: Session, identity: str, person_id: str, now: datetime) -> None:
    """Let a channel's identity (its hash) be this person, and nobody else any more."""
    kept = upsert(session, IdentityRow).values(identity=identity, person_id=person_id, linked_at=now)
    changed = {"person_id": person_id, "linked_at": now}
    session.execute(kept.on_conflict_do_update(index_elements=["identity"], set_=changed))


def of_identity(session: Session, identity: str) -> PersonRow | None:
    """Who has signed in with an identity (its hash), unless revoked."""
    chosen = select(PersonRow).join(IdentityRow).where(IdentityRow.identity == identity, PersonRow.revoked_at.is_(None))
    return session.scalars(chosen).first()


def is_stale(row: PersonRow, now: datetime) -> bool:
    """Whether the last use that is kept is too long ago."""
    return row.seen_at is None or now - row.seen_at >= PRECISION


def seen(session: Session, person_id: str, now: datetime) -> None:
    """Keep the last use."""
    session.execute(update(PersonRow).where(PersonRow.id == person_id).values(seen_at=now))


def person_of(row: PersonRow) -> Person:
    """A row as callers see it."""
    return Person(**{name: getattr(row, name) for name in Person.model_fields})
