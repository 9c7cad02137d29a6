"""AccessRecords: the one door to people, codes, sessions and keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.storage import audit
from bot.storage.access import keys, people, sessions, throttle
from bot.storage.access.errors import CodeRefusedError, TooManyAttemptsError
from bot.storage.access.secrets import Hashes, new_code, new_id, new_key, new_token, plain
from bot.storage.access.tables import CodeRow, KeyRow, PersonRow
from bot.storage.access.throttle import Throttle
from bot.storage.access.values import Invitation, Key, NewKey, Person, Role
from bot.storage.database import Database


class AccessRecords:
    """Who may use the service; usable from many threads and processes, nothing is remembered between calls.

    What ends here has ended everywhere with the next request. Every method raises `RecordsUnavailableError`. The
    audit trail names people and keys by their ids: who was let in, and by whom, is not forgotten on demand.
    """

    def __init__(self, database: Database, secret: bytes, audited: bool, longest: timedelta, idle: timedelta) -> None:
        self._database, self._audited = database, audited
        self._longest, self._idle = longest, idle
        self.hashes = Hashes(secret)

    @property
    def longest_session(self) -> timedelta:
        """How long a session may last."""
        return self._longest

    def invite(self, name: str, role: Role, valid: timedelta, by: str = "") -> Invitation:
        """A code for a person, who is made where nobody has the name; `by`: who invites. Raises `OddNameError`."""
        now = datetime.now(UTC)
        with self._database.writing() as session:
            row = people.invited(session, name, role, now)
            self._record(session, "person_invited", f"{row.id} {role}", by)
            return self._code(session, row, valid, now)

    def code_for(self, person_id: str, valid: timedelta, by: str = "") -> Invitation:
        """Another code for somebody who is in, as for a second device. Raises `UnknownPersonError`."""
        now = datetime.now(UTC)
        with self._database.writing() as session:
            row = people.found(session, person_id)
            self._record(session, "code_made", row.id, by)
            return self._code(session, row, valid, now)

    def redeem(self, code: str, identity: str) -> Person:
        """Let a channel's identity ("telegram:123") be the person of a code, which is used up by this.

        Raises `CodeRefusedError`, or `TooManyAttemptsError` where this identity, or all together, failed too often.
        """
        now = datetime.now(UTC)
        with self._database.writing() as session:
            outcome = self._redeemed(session, code, identity, now)
            if isinstance(outcome, PersonRow):
                people.link(session, self.hashes.of("identity", identity), outcome.id, now)
                self._record(session, "signed_in", f"{outcome.id} {identity.partition(':')[0]}")
                return people.person_of(outcome)
        raise _refusal(outcome)

    def sign_in(self, code: str, address: str, former: str | None = None) -> tuple[Person, str]:
        """The person of a code and the token of a new session; `former`: token of one that ends by this.

        Raises `CodeRefusedError`, or `TooManyAttemptsError` where this address, or all together, failed too often.
        """
        now = datetime.now(UTC)
        with self._database.writing() as session:
            outcome = self._redeemed(session, code, address, now)
            if isinstance(outcome, PersonRow):
                if former is not None:
                    sessions.end(session, self._token(former))
                token = new_token()
                sessions.begin(session, self._token(token), outcome.id, now, self._longest)
                self._record(session, "signed_in", f"{outcome.id} page")
                return people.person_of(outcome), token
        raise _refusal(outcome)

    def session(self, token: str) -> Person | None:
        """Who is signed in with a token."""
        now, hashed = datetime.now(UTC), self._token(token)
        with self._database.reading() as session:
            found = sessions.alive(session, hashed, now, self._idle)
            if found is None:
                return None
            row, person_row = found
            stale, person = sessions.is_stale(row, now), people.person_of(person_row)
            stale |= people.is_stale(person_row, now)
        if stale:
            with self._database.writing() as session:
                sessions.seen(session, hashed, now)
                people.seen(session, person.id, now)
        return person

    def sign_out(self, token: str) -> None:
        """End a session, on all workers."""
        with self._database.writing() as session:
            person_id = sessions.end(session, self._token(token))
            if person_id is not None:
                self._record(session, "signed_out", person_id)

    def sign_out_everywhere(self, person_id: str) -> int:
        """End all sessions of a person; how many."""
        with self._database.writing() as session:
            self._record(session, "signed_out", f"{person_id} everywhere")
            return sessions.end_all(session, person_id)

    def sessions_of(self, person_id: str) -> int:
        """In how many browsers a person is signed in, those that were not closed properly included."""
        with self._database.reading() as session:
            return sessions.count(session, person_id)

    def person_of_identity(self, identity: str) -> Person | None:
        """Who has signed in with a channel's identity; None: nobody, or the person was revoked."""
        now = datetime.now(UTC)
        with self._database.reading() as session:
            row = people.of_identity(session, self.hashes.of("identity", identity))
            if row is None:
                return None
            stale, person = people.is_stale(row, now), people.person_of(row)
        if stale:
            with self._database.writing() as session:
                people.seen(session, person.id, now)
        return person

    def list_people(self) -> list[Person]:
        """All who were ever invited."""
        with self._database.reading() as session:
            return people.everybody(session)

    def revoke_person(self, name: str, by: str = "") -> Person:
        """End the access of a person, by name or id, with all sessions and codes. Raises `UnknownPersonError`."""
        with self._database.writing() as session:
            row = people.found(session, name)
            people.revoke(session, row, datetime.now(UTC))
            self._record(session, "person_revoked", row.id, by)
            return people.person_of(row)

    def create_key(self, name: str, scopes: Sequence[str], valid: timedelta | None = None, by: str = "") -> NewKey:
        """A key for a program, for good or for a time. Raises `OddNameError`."""
        now, secret = datetime.now(UTC), new_key()
        with self._database.writing() as session:
            expires_at = None if valid is None else now + valid
            row = KeyRow(
                id=new_id(),
                key=self.hashes.of("key", secret),
                name=people.named(name),
                scopes=" ".join(scopes),
                made_at=now,
                expires_at=expires_at,
            )
            key = keys.keep(session, row)
            self._record(session, "key_made", f"{key.id} {' '.join(scopes)}", by)
        return NewKey(key=key, secret=secret)

    def key(self, secret: str) -> Key | None:
        """The key that a program shows; None where it is wrong, expired or revoked."""
        now = datetime.now(UTC)
        with self._database.reading() as session:
            row = keys.in_force(session, self.hashes.of("key", secret), now)
            if row is None:
                return None
            stale, key = keys.is_stale(row, now), keys.key_of(row)
        if stale:
            with self._database.writing() as session:
                keys.used(session, key.id, now)
        return key

    def wrong_key(self, address: str) -> int:
        """Count a key that nobody has; seconds for which such attempts of the address are not even counted."""
        now = datetime.now(UTC)
        with self._database.reading() as session:
            wait = Throttle(session, self.hashes, "key", address, now).wait()
        if wait:
            return wait
        with self._database.writing() as session:
            attempts = Throttle(session, self.hashes, "key", address, now)
            wait = attempts.hold()
            if not wait:
                attempts.failed()
            return wait

    def list_keys(self) -> list[Key]:
        """All keys that were ever made."""
        with self._database.reading() as session:
            return keys.every(session)

    def revoke_key(self, name: str, by: str = "") -> Key:
        """End a key, by id or name. Raises `UnknownKeyError`."""
        with self._database.writing() as session:
            key = keys.revoke(session, name, datetime.now(UTC))
            self._record(session, "key_revoked", key.id, by)
            return key

    def _code(self, session: Session, row: PersonRow, valid: timedelta, now: datetime) -> Invitation:
        session.execute(delete(CodeRow).where(CodeRow.expires_at <= now))
        code, expires_at = new_code(), now + valid
        session.add(CodeRow(code=self.hashes.of("code", plain(code)), person_id=row.id, expires_at=expires_at))
        return Invitation(person=people.person_of(row), code=code, expires_at=expires_at)

    def _redeemed(self, session: Session, code: str, source: str, now: datetime) -> PersonRow | int:
        """The person of a code, which is used up; else seconds to wait, 0 where the code was looked at and is wrong."""
        attempts = Throttle(session, self.hashes, "code", source, now)
        if wait := attempts.hold():
            return wait
        chosen = select(CodeRow).where(CodeRow.code == self.hashes.of("code", plain(code)))
        row = session.scalars(chosen.with_for_update()).first()
        person = session.get(PersonRow, row.person_id) if row is not None and now < row.expires_at else None
        if row is None or person is None or person.revoked_at is not None:
            attempts.failed()
            self._record(session, "sign_in_refused", "")
            return 0
        session.delete(row)
        attempts.succeeded()
        sessions.clean(session, now, self._idle)
        throttle.clean(session, now)
        person.seen_at = now
        return person

    def _token(self, token: str) -> str:
        return self.hashes.of("session", token)

    def _record(self, session: Session, event: str, detail: str, by: str = "") -> None:
        if self._audited:
            audit.record(session, event, None, f"{detail} by {by}" if by else detail)


def _refusal(seconds: int) -> CodeRefusedError | TooManyAttemptsError:
    return TooManyAttemptsError(seconds) if seconds else CodeRefusedError("the code is not in force")
