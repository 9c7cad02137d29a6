"""Attempts that fail are slowed down, over all workers and machines: each failure doubles the time to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
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


# One address: people mistype. All together: whoever has many addresses gets six attempts a minute in all, and
# others, who come between, wait no longer than that.
ADDRESS = Rule(5, timedelta(minutes=15), timedelta(hours=1))
ALL = Rule(50, timedelta(seconds=10), timedelta(minutes=10))


class Throttle:
    """The attempts of one kind ("code" or "key") from one address, within a transaction.

    Rows are locked in one order, so that attempts at once are looked at one after the other.
    """

    def __init__(self, session: Session, hashes: Hashes, kind: str, address: str, now: datetime) -> None:
        self._session, self._now = session, now
        self._rules = {hashes.of("attempt", f"{kind}\0{address}"): ADDRESS, hashes.of("attempt", f"{kind}\0*"): ALL}
        self._own = next(iter(self._rules))

    def wait(self) -> int:
        """Seconds until the next attempt is looked at; 0: now. Reads only."""
        rows = self._session.scalars(select(AttemptRow).where(AttemptRow.source.in_(self._rules)))
        longest = max((row.until - self._now for row in rows), default=timedelta())
        return max(0, ceil(longest.total_seconds()))

    def hold(self) -> int:
        """The same, with the rows held until the transaction ends."""
        empty = {"failures": 0, "last_at": self._now, "until": self._now}
        for source in sorted(self._rules):
            made = upsert(self._session, AttemptRow).values(source=source, **empty)
            self._session.execute(made.on_conflict_do_nothing(index_elements=["source"]))
        query = select(AttemptRow).where(AttemptRow.source.in_(self._rules)).order_by(AttemptRow.source)
        self._rows = {row.source: row for row in self._session.scalars(query.with_for_update())}
        return self.wait()

    def failed(self) -> None:
        """Count a failure; after `hold`."""
        for source, rule in self._rules.items():
            row = self._rows[source]
            row.failures = 1 if self._now - row.last_at > rule.forget else row.failures + 1
            row.last_at = self._now
            beyond = row.failures - rule.free
            if beyond > 0:
                row.until = self._now + min(rule.longest, timedelta(seconds=2.0 ** min(beyond - 1, 30)))

    def succeeded(self) -> None:
        """Forget the failures of the address; after `hold`."""
        self._session.delete(self._rows[self._own])


def clean(session: Session, now: datetime) -> None:
    """Delete what has been forgotten."""
    session.execute(delete(AttemptRow).where(AttemptRow.last_at < now - timedelta(days=1), AttemptRow.until < now))
