"""A purge a day, of all processes that share a data folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import portalocker

from bot.storage.failures import of_system
from bot.storage.records import Records
from bot.storage.values import Removed

STAMP = "purged"
EVERY = timedelta(days=1)


def purge_when_due(records: Records, data: Path, now: datetime | None = None) -> Removed | None:
    """Purge where the last time is a day ago; None where it is not, or another process is at it.

    The file `<data>/purged` is the lock, and holds the time. Several machines on one database purge each by itself,
    which is harmless: there is nothing left for the second. Raises `RecordsUnavailableError`.
    """
    now = now or datetime.now(UTC)
    path = data / STAMP
    try:
        with path.open("a+", encoding="ascii") as file:
            try:
                portalocker.lock(file, portalocker.LOCK_EX | portalocker.LOCK_NB)
            except portalocker.LockException:
                return None
            file.seek(0)
            last = _moment(file.read())
            if last is not None and timedelta(0) <= now - last < EVERY:
                return None
            removed = records.purge(now)
            file.truncate(0)
            file.write(now.isoformat())
            return removed
    except OSError as error:
        raise of_system(str(path), error) from error


def _moment(text: str) -> datetime | None:
    """None where the file is new, or was cut short by a full disk."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
