"""All metrics as text, as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bot.metrics.counters import Counters
from bot.metrics.folder import all_files, own_folder
from bot.metrics.processes import Processes
from bot.metrics.state import State
from bot.service import Service

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class _Program(Collector):
    def collect(self) -> Iterable[Metric]:
        """The version that runs."""
        yield InfoMetricFamily("danvan", "The program", value={"version": version("danvan-assistant")})


class _Counted(Collector):
    """The counters of all processes, read from their files."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    def collect(self) -> Iterable[Metric]:
        """One sum over all processes; of this process alone where it counts for itself."""
        folder = own_folder()
        if folder is None:
            return self._counters.registry.collect()
        metrics: Iterable[Metric] = MultiProcessCollector.merge(all_files(folder))  # type: ignore[no-untyped-call]
        return metrics


def registry_of(service: Service, counters: Counters) -> CollectorRegistry:
    """Everything that is exposed."""
    registry = CollectorRegistry(auto_describe=False)
    for one in (_Program(), _Counted(counters), State(service), Processes()):
        registry.register(one)
    return registry


def exposed(service: Service, counters: Counters) -> bytes:
    """The text of `/metrics`."""
    return generate_latest(registry_of(service, counters))
