"""A gate that lets so many through at a time, first come, first served."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """A semaphore with a queue: `threading.Semaphore` and SQLAlchemy's pool let newcomers pass those who wait."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def passed(self, patience: float) -> Iterator[None]:
        """Hold a place. Raises `TimeoutError` where none gets free within `patience` seconds."""
        self._enter(patience)
        try:
            yield
        finally:
            with self._lock:
                self._leave()

    def _enter(self, patience: float) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(patience):
            return
        with self._lock:
            if called.is_set():  # called just now: the place goes to the next
                self._leave()
            else:
                self._waiting.remove(called)
        raise TimeoutError

    def _leave(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1
