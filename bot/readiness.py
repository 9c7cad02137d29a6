"""Whether the service can do its work now: index, vectors, model and records, each by using it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.error_messages import describe
from bot.logs import log
from bot.service import Service
from index.errors import DanvanError

Part = Literal["index", "vectors", "model", "records"]
# Seconds for which an outcome holds: whoever asks often does not make the disk, or a paid model, work.
_HOLDS: dict[Part, float] = {"index": 1.0, "vectors": 5.0, "model": 60.0, "records": 5.0}
# A part that failed is looked at again after so many seconds.
_HOLDS_FAILED = 1.0


@dataclass(frozen=True, slots=True)
class State:
    """What failed, None where nothing did; `generation`: of the index that answers."""

    failed: Part | None
    generation: str | None


class Readiness:
    """Looks at each part of one service by using it; usable from many threads, of which one looks at a time."""

    def __init__(self, service: Service, clock: Callable[[], float] = time.monotonic) -> None:
        self._service, self._clock = service, clock
        self._lock = threading.Lock()
        self._known: dict[Part, tuple[float, bool]] = {}
        self._generation: str | None = None

    def state(self) -> State:
        """What fails: the index before its vectors, the model, the records."""
        looks: tuple[tuple[Part, Callable[[], None]], ...] = (
            ("index", self._index),
            ("vectors", self._vectors),
            ("model", self._model),
            ("records", self._records),
        )
        with self._lock:
            for part, look in looks:
                if not self._works(part, look):
                    return State(part, None)
            return State(None, self._generation)

    def _works(self, part: Part, look: Callable[[], None]) -> bool:
        until, worked = self._known.get(part, (0.0, False))
        if part in self._known and self._clock() < until:
            return worked
        try:
            look()
        except DanvanError as error:
            log().warning("not_ready", part=part, message=describe(error))
            works = False
        except Exception as error:  # a model's library may raise anything
            log().error("exception", exc_info=error)
            works = False
        else:
            works = True
        self._known[part] = (self._clock() + (_HOLDS[part] if works else _HOLDS_FAILED), works)
        return works

    def _index(self) -> None:
        with self._service.assistant.library.use() as library:
            self._generation = library.manifest.id

    def _vectors(self) -> None:
        with self._service.assistant.library.use() as library:
            library.check_vectors()

    def _model(self) -> None:
        with self._service.assistant.library.use() as library:
            library.retriever.embeddings.embed_query("công tác dân vận")

    def _records(self) -> None:
        self._service.records.check()
