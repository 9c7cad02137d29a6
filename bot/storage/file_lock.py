"""A lock file that threads and processes hold in turn, first come, first served; nobody waits for ever."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TextIO

import portalocker

from bot.storage.errors import RecordsBusyError
from bot.storage.gate import Gate

# Seconds that a writer waits for those before it; a transaction takes milliseconds.
PATIENCE = 30.0
_OURS_ALONE = 0o600  # whoever may open the file may hold it, and so stop all writers


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock file. Raises `RecordsBusyError` or `OSError`."""
    with _of(path).held():
        yield


class FileLock:
    """One lock file, as one process holds it: its threads queue here, and the first one queues with other processes.

    The kernel's queue cannot be left after a time. So a helper thread stands in it, and one that nobody waits for any
    more gives the lock back at once, or serves whoever comes next.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._threads = path, Gate(1)
        self._mutex = threading.Lock()
        self._coming: Future[TextIO] | None = None
        self._wanted = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it. Raises `RecordsBusyError` where that does not come about within `PATIENCE`, or `OSError`."""
        end = time.monotonic() + PATIENCE
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(self._threads.passed(PATIENCE))
                stack.enter_context(self._acquired(max(0.0, end - time.monotonic())))
            except TimeoutError:
                raise RecordsBusyError(str(self._path), "another program holds the lock") from None
            yield

    def _acquired(self, seconds: float) -> TextIO:
        with self._mutex:
            self._wanted = True
            if self._coming is None:
                handle = _opened(self._path)
                try:
                    portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
                except portalocker.LockException:
                    self._coming = Future()
                    threading.Thread(target=self._wait, args=(handle, self._coming), daemon=True).start()
                else:
                    return handle
            coming = self._coming
        try:
            handle = coming.result(seconds)
        except TimeoutError:
            with self._mutex:
                if self._coming is coming and not coming.done():
                    self._wanted = False
                    raise
            handle = coming.result()  # it came at the last moment
        with self._mutex:
            self._coming = None
        return handle

    def _wait(self, handle: TextIO, coming: Future[TextIO]) -> None:
        """In the helper thread."""
        try:
            portalocker.lock(handle, portalocker.LOCK_EX)
        except Exception as error:
            handle.close()
            with self._mutex:
                self._coming = None
            coming.set_exception(error)
            return
        with self._mutex:
            if self._wanted:
                coming.set_result(handle)
            else:
                self._coming = None
                handle.close()


def _opened(path: Path) -> TextIO:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, _OURS_ALONE)
    with contextlib.suppress(OSError):  # of another owner; one of an older program was readable for all
        if os.fstat(descriptor).st_mode & 0o077:
            os.fchmod(descriptor, _OURS_ALONE)
    return os.fdopen(descriptor, "a", encoding="ascii")


@cache
def _of(path: Path) -> FileLock:
    return FileLock(path)
