"""What `/metrics` tells, as the counters and the state themselves say; the docs are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.metrics_core import GaugeMetricFamily

from bot.metrics import processes, state
from bot.metrics.counters import Counters

_SUFFIX = {"counter": "_total", "info": "_info"}


@dataclass(frozen=True, slots=True)
class Described:
    """One metric; a histogram has `_bucket`, `_sum` and `_count` behind its name."""

    name: str
    kind: str
    labels: tuple[str, ...]
    meaning: str


def catalogue() -> list[Described]:
    """Every metric of ours; those of the processes have Prometheus's own names (`process_…`)."""
    return [
        Described("danvan_info", "info", ("version",), "The program"),
        *_counters(Counters()),
        Described(f"{state.GENERATION[0]}_info", "info", state.GENERATION_LABELS, state.GENERATION[1]),
        *(Described(*_told(GaugeMetricFamily(*named))) for named in (*state.GAUGES, processes.WORKERS)),
    ]


def _counters(counters: Counters) -> Iterator[Described]:
    for metric in vars(counters).values():
        if isinstance(metric, MetricWrapperBase):
            (told,) = metric.collect()
            name = told.name + _SUFFIX.get(told.type, "")
            yield Described(name, told.type, tuple(metric._labelnames), told.documentation)


def _told(metric: GaugeMetricFamily) -> tuple[str, str, tuple[str, ...], str]:
    return metric.name, metric.type, (), metric.documentation
