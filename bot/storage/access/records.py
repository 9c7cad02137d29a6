"""AccessRecords: the one door to people, codes, sessions and keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from bot.storage import audit
from bot.storage.access import codes, entering, keys, people, sessions, throttle
from bot.storage.access.entering import Code, Entered
from bot.storage.access.errors import CodeRefusedError, TooManyAttemptsError
from bot.storage.access.secrets import Hashes, new_code, new_id, new_key, new_token
from bot.storage.access.tables import KeyRow, PersonRow
from bot.storage.access.throttle import Throttle
from bot.storage.access.values import Invitation, Key, NewKey, Person, Role, SignIn
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
        """A code for a new person; `by`: who invites. Raises `OddNameError`, or `KnownPersonError`."""
        with self._database.writing() as session:
            row = people.invited(session, name, role, datetime.now(UTC))
            self._record(session, "person_invited", f"{row.id} {role}", by)
            return self._code(session, row, valid, by)

    def code_for(self, name: str, valid: timedelta, by: str = "") -> Invitation:
        """Another code for somebody who is in, by name or id, as for a second device; former ones end by it.

        `by`: who makes it; the audit trail tells it of a code for somebody else. Raises `UnknownPersonError`.
        """
        with self._database.writing() as session:
            row = people.found(session, name)
            self._record(session, "code_made", row.id, "" if by == row.id else by)
            return self._code(session, row, valid, by)

    def change_role(self, name: str, role: Role, by: str = "") -> Person:
        """Another role for somebody, by name or id. Raises `UnknownPersonError`, or `LastAdministratorError`."""
        with self._database.writing() as session:
            row = people.found(session, name)
            people.change_role(session, row, role)
            self._record(session, "role_changed", f"{row.id} {role}", by)
            return people.person_of(row)

    def redeem(self, code: Code, identity: str) -> Person:
        """Let a channel's identity ("telegram:123") be the person of a code, which is used up by this.

        Raises `CodeRefusedError`, or `TooManyAttemptsError` where this identity, or all together, failed too often.
        """
        now = datetime.now(UTC)
        with self._entering(code, identity, identity.partition(":")[0], now) as (session, entered):
            people.link(session, self.hashes.of("identity", identity), entered)
            return people.person_of(entered.person)

    def sign_in(self, code: str, address: str, former: str | None = None) -> tuple[Person, str]:
        """The person of a code and the token of a new session; `former`: token of one that ends by this.

        Raises `CodeRefusedError`, or `TooManyAttemptsError` where this address, or all together, failed too often.
        """
        now, token = datetime.now(UTC), new_token()
        with self._entering(code, address, "page", now) as (session, entered):
            if former is not None:
                sessions.end(session, self._token(former))
            sessions.begin(session, self._token(token), entered, self._longest)
            return people.person_of(entered.person), token

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
        """End all sessions of a person, with unused codes and channels' accounts; how many sessions."""
        with self._database.writing() as session:
            self._record(session, "signed_out", f"{person_id} everywhere")
            codes.end_all(session, person_id)
            people.unlink_all(session, person_id)
            return sessions.end_all(session, person_id)

    def sessions_of(self, person_id: str) -> list[SignIn]:
        """In which browsers a person is signed in, those that were not closed properly included."""
        with self._database.reading() as session:
            return sessions.of_person(session, person_id)

    def links_of(self, person_id: str) -> list[SignIn]:
        """In which accounts of channels, as Telegram's, a person is signed in."""
        with self._database.reading() as session:
            return people.links_of(session, person_id)

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
            attempts = Throttle(session, self.hashes, "key", address, now).read()
            if wait := attempts.own_wait or attempts.common_wait:
                return wait
        with self._database.writing() as session:
            attempts = Throttle(session, self.hashes, "key", address, now).hold()
            wait = attempts.own_wait or attempts.common_wait
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

    def purge(self, now: datetime) -> None:
        """Delete what is over: sessions, codes, failed attempts that are forgotten."""
        with self._database.writing() as session:
            sessions.clean(session, now, self._idle)
            codes.clean(session, now)
            throttle.clean(session, now)

    def _code(self, session: Session, row: PersonRow, valid: timedelta, by: str) -> Invitation:
        code, expires_at = new_code(), datetime.now(UTC) + valid
        codes.make(session, self.hashes.of_code(code), row.id, by or None, expires_at)
        return Invitation(person=people.person_of(row), code=code, expires_at=expires_at)

    @contextmanager
    def _entering(self, code: Code, source: str, way: str, now: datetime) -> Iterator[tuple[Session, Entered]]:
        """A transaction with whoever has a right code; a failure is counted before it is raised."""
        with self._database.reading() as session:
            seconds = entering.wait(session, self.hashes, code, source, now)
        if seconds:  # whoever only has to wait writes nothing
            raise TooManyAttemptsError(seconds)
        with self._database.writing() as session:
            outcome = entering.entered(session, self.hashes, code, source, now)
            if isinstance(outcome, Entered):
                yield session, outcome
                sessions.clean(session, now, self._idle)
                self._signed_in(session, outcome, way)
                return
            if not outcome:
                self._record(session, "sign_in_refused", "")
        raise TooManyAttemptsError(outcome) if outcome else CodeRefusedError("the code is not in force")

    def _signed_in(self, session: Session, entered: Entered, way: str) -> None:
        own = entered.code_by in (None, entered.person.id)
        self._record(session, "signed_in", f"{entered.person.id} {way}" + ("" if own else f" code {entered.code_by}"))

    def _token(self, token: str) -> str:
        return self.hashes.of("session", token)

    def _record(self, session: Session, event: str, detail: str, by: str = "") -> None:
        if self._audited:
            audit.record(session, event, None, f"{detail} by {by}" if by else detail)
