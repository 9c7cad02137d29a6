"""Attempts that fail are slowed down, over all workers and machines: each failure doubles the time to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.storage.access.secrets import Hashes
from bot.storage.access.tables import AttemptRow
from bot.storage.database import upsert


@dataclass(frozen=True, slots=True)
class Rule:
    """So many failures are free; then 1 s, 2 s, 4 s, … up to `longest`; all is forgotten after `forget` without one."""

    free: int
    longest: timedelta
    forget: timedelta


# One address: people mistype. All together: of whoever has many addresses six failures a minute are told as such.
ADDRESS = Rule(5, timedelta(minutes=15), timedelta(hours=1))
ALL = Rule(50, timedelta(seconds=10), timedelta(minutes=10))
# Where nobody has to wait. Not the present: attempts at once have moments of their own, some before it.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Throttle:
    """The attempts of one kind ("code" or "key") from one address, within a transaction.

    Rows are locked in one order, so that attempts at once are looked at one after the other.
    """

    def __init__(self, session: Session, hashes: Hashes, kind: str, address: str, now: datetime) -> None:
        self._session, self._now = session, now
        self._own, self._all = hashes.of("attempt", f"{kind}\0{address}"), hashes.of("attempt", f"{kind}\0*")
        self._rows: dict[str, AttemptRow] = {}

    def read(self) -> Throttle:
        """Look at what is kept, without holding it."""
        rows = self._session.scalars(select(AttemptRow).where(AttemptRow.source.in_((self._own, self._all))))
        self._rows = {row.source: row for row in rows}
        return self

    def hold(self) -> Throttle:
        """The same, held until the transaction ends, to count a failure."""
        empty = {"failures": 0, "last_at": self._now, "until": _LONG_AGO}
        for source in sorted((self._own, self._all)):
            # An update of nothing holds the row that is there, and cannot miss one that is deleted meanwhile.
            made = upsert(self._session, AttemptRow).values(source=source, **empty)
            held = made.on_conflict_do_update(index_elements=["source"], set_={"source": source}).returning(AttemptRow)
            fresh = {"populate_existing": True}
            self._rows[source] = self._session.scalars(held, execution_options=fresh).one()
        return self

    def hold_own(self) -> Throttle:
        """What is kept of this address, if anything, held until the transaction ends, to forget its failures."""
        row = self._session.scalars(select(AttemptRow).where(AttemptRow.source == self._own).with_for_update()).first()
        self._rows = {} if row is None else {self._own: row}
        return self

    @property
    def own_wait(self) -> int:
        """Seconds until the next attempt of this address is looked at; 0: now."""
        return self._wait(self._own)

    @property
    def common_wait(self) -> int:
        """Seconds until the next failure is told as such, whatever the address."""
        return self._wait(self._all)

    def failed(self) -> None:
        """Count a failure, after `hold`; while all wait, for this address alone."""
        counted = ((self._own, ADDRESS),) if self.common_wait else ((self._own, ADDRESS), (self._all, ALL))
        for source, rule in counted:
            row = self._rows[source]
            row.failures = 1 if self._now - row.last_at > rule.forget else row.failures + 1
            row.last_at = self._now
            beyond = row.failures - rule.free
            if beyond > 0:
                row.until = self._now + min(rule.longest, timedelta(seconds=2.0 ** min(beyond - 1, 30)))

    def succeeded(self) -> None:
        """Forget the failures of the address, after `hold_own`. The row stays: others may be waiting for it."""
        if row := self._rows.get(self._own):
            row.failures, row.until = 0, _LONG_AGO

    def _wait(self, source: str) -> int:
        row = self._rows.get(source)
        return 0 if row is None else max(0, ceil((row.until - self._now).total_seconds()))


def clean(session: Session, now: datetime) -> None:
    """Delete what has been forgotten; what is held at this moment is left for the next time."""
    old = select(AttemptRow.source).where(AttemptRow.last_at < now - timedelta(days=1), AttemptRow.until < now)
    sources = session.scalars(old.with_for_update(skip_locked=True)).all()
    session.execute(delete(AttemptRow).where(AttemptRow.source.in_(sources)))
