"""People: invited, recognised by a code, a session or a channel's identity, and revoked."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.storage.access.entering import Entered
from bot.storage.access.errors import KnownPersonError, LastAdministratorError, OddNameError, UnknownPersonError
from bot.storage.access.secrets import new_id
from bot.storage.access.tables import CodeRow, IdentityRow, PersonRow, SessionRow
from bot.storage.access.values import Person, Role, SignIn
from bot.storage.database import upsert
from index.normalise.keys import accented_syllables

LONGEST_NAME = 100
# How exactly a last use is kept: each use would else be a write.
PRECISION = timedelta(minutes=1)


def named(name: str) -> str:
    """A name as it is kept. Raises `OddNameError`."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(kept) <= LONGEST_NAME or any(unicodedata.category(letter)[0] == "C" for letter in kept):
        raise OddNameError(f"a name has 1 to {LONGEST_NAME} characters")
    return kept


def key_of(name: str) -> tuple[str, ...]:
    """What two spellings of one name share: capitals, spaces, marks and the place of a tone do not matter.

    >>> key_of("Hoà  An") == key_of("hòa an")
    True
    """
    compatible = unicodedata.normalize("NFKC", name)
    return tuple(accented_syllables(compatible)) or (compatible,)


def invited(session: Session, name: str, role: Role, now: datetime) -> PersonRow:
    """A new person. Raises `KnownPersonError` where somebody has the name: whose codes were they?"""
    kept = named(name)
    for known in session.scalars(select(PersonRow.name).where(PersonRow.revoked_at.is_(None))):
        if key_of(known) == key_of(kept):
            raise KnownPersonError(known)
    row = upsert(session, PersonRow).values(id=new_id(), name=kept, role=role, made_at=now)
    made = session.scalars(row.on_conflict_do_nothing().returning(PersonRow)).first()
    if made is None:  # somebody else did at this moment
        raise KnownPersonError(kept)
    return made


def found(session: Session, name: str) -> PersonRow:
    """Somebody who has access, by id or name, held until the transaction ends. Raises `UnknownPersonError`."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    chosen = select(PersonRow).where(or_(PersonRow.id == kept, PersonRow.name == kept), PersonRow.revoked_at.is_(None))
    rows = session.scalars(chosen.with_for_update()).all()
    for row in sorted(rows, key=lambda row: row.id != kept):  # somebody may be named as another's id
        return row
    raise UnknownPersonError(name)


def change_role(session: Session, row: PersonRow, role: Role) -> None:
    """Another role. Raises `LastAdministratorError` where nobody would be left to let others in."""
    administrators = select(PersonRow.id).where(PersonRow.role == "administrator", PersonRow.revoked_at.is_(None))
    if role != "administrator" and session.scalars(administrators.with_for_update()).all() == [row.id]:
        raise LastAdministratorError(row.name)
    row.role = role


def everybody(session: Session) -> list[Person]:
    """Those who have access, then those who were revoked, in the order in which they came."""
    rows = session.scalars(select(PersonRow).order_by(PersonRow.revoked_at.is_not(None), PersonRow.made_at))
    return [person_of(row) for row in rows]


def revoke(session: Session, row: PersonRow, now: datetime) -> None:
    """End a person's access everywhere; what the person asked stays until it is deleted as all records are."""
    row.revoked_at = now
    for table in (SessionRow, CodeRow, IdentityRow):
        session.execute(delete(table).where(table.person_id == row.id))


def link(session: Session, identity: str, entered: Entered) -> None:
    """Let a channel's identity (its hash) be this person, and nobody else any more."""
    told = {"person_id": entered.person.id, "linked_at": entered.at, "code_by": entered.code_by}
    kept = upsert(session, IdentityRow).values(identity=identity, **told)
    session.execute(kept.on_conflict_do_update(index_elements=["identity"], set_=told))


def links_of(session: Session, person_id: str) -> list[SignIn]:
    """The channels' accounts that are this person, in the order in which they came."""
    rows = select(IdentityRow).where(IdentityRow.person_id == person_id).order_by(IdentityRow.linked_at)
    return [SignIn(at=row.linked_at, code_by=row.code_by) for row in session.scalars(rows)]


def unlink_all(session: Session, person_id: str) -> None:
    """Let no channel's account be this person any more."""
    session.execute(delete(IdentityRow).where(IdentityRow.person_id == person_id))


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
