"""How long a question takes, beside the embedding of its text alone: ratios hold from machine to machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(slots=True)
class Latency:
    """Milliseconds of distinct questions and of embedding each of them alone, measured in turns within one run.

    In turns, because the load of a shared machine changes from minute to minute; every other question is embedded
    before it is asked, the others after, so that neither profits from what the other has warmed.
    """

    asked: list[float] = field(default_factory=list)
    embedded: list[float] = field(default_factory=list)

    def measure(self, ask: Callable[[str], _T], embed: Callable[[str], object], question: str) -> _T:
        """Ask and embed a question, count both times, and give what `ask` gave."""
        if len(self.asked) % 2:
            self.embedded.append(_timed(embed, question)[1])
            answer, took = _timed(ask, question)
        else:
            answer, took = _timed(ask, question)
            self.embedded.append(_timed(embed, question)[1])
        self.asked.append(took)
        return answer

    @property
    def ratio(self) -> float:
        """Median time of a question : median time of embedding one."""
        return statistics.median(self.asked) / statistics.median(self.embedded)

    @property
    def slow_ratio(self) -> float:
        """95th percentile of the time of a question : median time of embedding one."""
        return percentile(self.asked, 0.95) / statistics.median(self.embedded)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values (at least one) does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _timed(call: Callable[[str], _T], text: str) -> tuple[_T, float]:
    started = time.perf_counter()
    given = call(text)
    return given, (time.perf_counter() - started) * 1000
