"""What a driver or the file system reports, as one of our typed errors."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.observing import records_failed
from bot.storage.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsFullError,
    RecordsReadOnlyError,
    RecordsUnavailableError,
    RecordsUnreachableError,
)

# https://www.sqlite.org/rescode.html, primary codes
_SQLITE: dict[int, type[RecordsUnavailableError]] = {
    sqlite3.SQLITE_FULL: RecordsFullError,
    sqlite3.SQLITE_READONLY: RecordsReadOnlyError,
    sqlite3.SQLITE_PERM: RecordsReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: RecordsReadOnlyError,
    sqlite3.SQLITE_CORRUPT: RecordsDamagedError,
    sqlite3.SQLITE_NOTADB: RecordsDamagedError,
    sqlite3.SQLITE_BUSY: RecordsBusyError,
    sqlite3.SQLITE_LOCKED: RecordsBusyError,
    sqlite3.SQLITE_IOERR: RecordsUnavailableError,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: a whole code, or its class (two characters)
_POSTGRESQL: dict[str, type[RecordsUnavailableError]] = {
    "53100": RecordsFullError,
    "25006": RecordsReadOnlyError,
    "42501": RecordsReadOnlyError,
    "53": RecordsBusyError,
    "40": RecordsBusyError,
    "55": RecordsBusyError,
    "08": RecordsUnreachableError,
    "28": RecordsUnreachableError,
    "3D": RecordsUnreachableError,
    "57": RecordsUnreachableError,
    "58": RecordsUnavailableError,
    "XX": RecordsDamagedError,
}
# Below this SQLite's shared memory file (32 KB steps) cannot grow, which it reports as a plain I/O error. Bytes.
_NO_SPACE = 64 * 1024


@contextmanager
def named(place: str) -> Iterator[None]:
    """Raise what goes wrong inside as a `RecordsUnavailableError`; a fault of the program passes as it is."""
    try:
        with _translated(place):
            yield
    except RecordsUnavailableError as error:
        records_failed(type(error).__name__)
        raise


@contextmanager
def _translated(place: str) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        kind, problem = _kind(error, place)
        if kind is None:
            raise
        raise kind(place, problem) from error
    except TimeoutError as error:
        raise RecordsBusyError(place, "no free connection") from error
    except ValidationError as error:
        raise RecordsDamagedError(place, f"a stored answer cannot be read ({error.title})") from error
    except OSError as error:
        raise of_system(place, error) from error


def of_system(place: str, error: OSError) -> RecordsUnavailableError:
    """What the file system refused."""
    kind = RecordsUnavailableError
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        kind = RecordsFullError
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        kind = RecordsReadOnlyError
    return kind(place, error.strerror or str(error))


def _kind(error: DBAPIError | sqlite3.Error, place: str) -> tuple[type[RecordsUnavailableError] | None, str]:
    cause = error.orig if isinstance(error, DBAPIError) else error
    problem = str(cause).strip().partition("\n")[0]
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        kind = None if code is None else _SQLITE.get(code & 0xFF)
        if kind is RecordsUnavailableError and shutil.disk_usage(Path(place).parent).free < _NO_SPACE:
            kind = RecordsFullError
        return kind, problem
    state = getattr(cause, "sqlstate", None)
    if state is None:  # libpq itself: no server, no such host, a connection cut
        return (RecordsUnreachableError if isinstance(error, OperationalError) else None), problem
    return _POSTGRESQL.get(state, _POSTGRESQL.get(state[:2])), problem
