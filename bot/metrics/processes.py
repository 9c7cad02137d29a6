"""What the processes of the service take, summed: Prometheus's own names for it, which its dashboards know."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bot.metrics.folder import own_folder, processes

WORKERS = "danvan_workers", "Processes that answer"
_LEAST = ("process_start_time_seconds", "process_max_fds")


class Processes(Collector):
    """Sums over the workers; the start is the first one's, the limit of open files the lowest one's."""

    def collect(self) -> Iterable[Metric]:
        """Read from /proc; nothing where there is none."""
        folder = own_folder()
        workers = [pid for pid in processes(folder) if _is_worker(pid)] if folder else [os.getpid()]
        summed: dict[str, Metric] = {}
        for pid in workers:
            for metric in ProcessCollector(pid=_always(pid), registry=None).collect():
                before = summed.setdefault(metric.name, metric)
                if before is not metric:
                    pick = min if metric.name in _LEAST else _sum
                    value = pick(before.samples[0].value, metric.samples[0].value)
                    before.samples = [before.samples[0]._replace(value=value)]
        yield GaugeMetricFamily(*WORKERS, value=len(workers))
        yield from summed.values()


def _is_worker(pid: int) -> bool:
    """Whether it lives, and is this process or one of the same parent: another may have got a dead one's number."""
    if pid == os.getpid():
        return True
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    return int(stat.rpartition(b")")[2].split()[1]) == os.getppid() and os.getppid() > 1


def _always(pid: int) -> Callable[[], int]:
    return lambda: pid


def _sum(one: float, other: float) -> float:
    return one + other
