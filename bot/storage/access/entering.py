"""An attempt to come in with a code: looked at unless its address has to wait, and counted where it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.storage.access import codes
from bot.storage.access.secrets import HashedCode, Hashes, is_code
from bot.storage.access.tables import PersonRow
from bot.storage.access.throttle import Throttle

Code = str | HashedCode


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody whose code was right, and who made that code: a person's id, or "cli"."""

    person: PersonRow
    code_by: str | None
    at: datetime


def wait(session: Session, hashes: Hashes, code: Code, source: str, now: datetime) -> int:
    """Seconds for which an attempt is not looked at at all; 0: `entered` decides. Reads only.

    While all addresses together wait, a code of the right form is looked up all the same: else anybody who has many
    addresses could keep everybody out. What cannot be a code waits with them.
    """
    attempts = Throttle(session, hashes, "code", source, now).read()
    if attempts.own_wait:
        return attempts.own_wait
    return 0 if isinstance(code, HashedCode) or is_code(code) else attempts.common_wait


def entered(session: Session, hashes: Hashes, code: Code, source: str, now: datetime) -> Entered | int:
    """The person of a code, which is used up; else seconds to wait, 0 where the code is told to be wrong.

    A right code waits for its own address alone. A wrong one counts for its address also while all wait, so that
    nobody guesses faster for that.
    """
    attempts = Throttle(session, hashes, "code", source, now)
    found = codes.in_force(session, hashes.of_code(code), now)
    if found is None:
        attempts.hold()
        wait = attempts.own_wait or attempts.common_wait
        if not attempts.own_wait:
            attempts.failed()
        return wait
    if attempts.hold_own().own_wait:
        return attempts.own_wait
    row, person = found
    session.delete(row)
    attempts.succeeded()
    person.seen_at = now
    return Entered(person, row.made_by, now)
