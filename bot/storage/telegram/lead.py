"""Of several processes that serve the same bot, one deals with its updates; where it dies, another one takes over."""

from __future__ import annotations

from pathlib import Path

import portalocker
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Database

# With the bot's id the key of PostgreSQL's lock: "tele" in ASCII.
_ADVISORY_LOCK = 0x74656C65


class Lead:
    """A lock that ends with its process. Not for several threads.

    `folder`: where SQLite's lock file stands; with PostgreSQL a connection holds the lock.
    """

    def __init__(self, database: Database, folder: Path, bot: int) -> None:
        self._database, self._bot = database, bot
        self._path = folder / f"telegram-{bot}.lock"
        self._handle: portalocker.Lock | None = None
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Whether this process leads, from now or still. Raises `RecordsUnavailableError`."""
        if self._database.is_file:
            return self._handle is not None or self._take_file()
        if self._connection is not None:
            try:
                self._connection.execute(text("SELECT 1"))
                self._connection.rollback()
            except DBAPIError:  # the server has let go of the lock, too
                self._connection.invalidate()
                self._connection = None
            else:
                return True
        return self._take_server()

    def leave(self) -> None:
        """Let another one lead."""
        if self._handle is not None:
            self._handle.release()
            self._handle = None
        if self._connection is not None:
            self._connection.invalidate()  # closes it, which unlocks
            self._connection = None

    def _take_file(self) -> bool:
        handle = portalocker.Lock(
            self._path, mode="a", fail_when_locked=True, flags=portalocker.LOCK_EX | portalocker.LOCK_NB
        )
        try:
            handle.acquire()
        except portalocker.LockException:
            return False
        self._handle = handle
        return True

    def _take_server(self) -> bool:
        connection = self._database.connect()
        locked = connection.execute(
            text("SELECT pg_try_advisory_lock(:key)"), {"key": (_ADVISORY_LOCK << 32) ^ self._bot}
        ).scalar_one()
        connection.rollback()
        if not locked:
            connection.close()
            return False
        self._connection = connection
        return True
