"""Counts and traces of a process that serves no HTTP; `/metrics` of the service beside it tells the counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from bot.metrics.folder import reserve, shared_folder
from bot.observing import watched_by
from bot.tracing.configured import tracing


@contextmanager
def observed(data: Path) -> Iterator[None]:
    """Count and trace what happens in this process until the block ends; `data`: the data folder.

    >>> with observed(settings.data), open_service(settings) as service:  # doctest: +SKIP
    ...     service.converse("telegram:77", "c", "Ai ký?")
    """
    with shared_folder(data):
        from bot.metrics.counters import Counters  # after the folder is there: prometheus_client looks for it once

        reserve()
        traces = tracing()
        with watched_by(Counters()), traces.running() if traces else nullcontext():
            yield
