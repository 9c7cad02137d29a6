"""What is looked up when it is asked for: the index, the records, what waits for Telegram."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.service import Service
from bot.storage.errors import RecordsUnavailableError
from index.errors import DanvanError
from index.generations import Generations

UP = "danvan_records_up", "1 where the records can be read"
INDEX_UP = "danvan_index_up", "1 where the published index can be opened"
GENERATION = "danvan_index", "The index generation that answers"
GENERATION_LABELS = ("generation", "embeddings", "program")
PUBLISHED = (
    "danvan_index_published_timestamp_seconds",
    "When that generation was built; time() minus this is its age",
)
DOCUMENTS = "danvan_index_documents", "Directives in it"
PASSAGES = "danvan_index_passages", "Passages in it"
UPDATES = "danvan_telegram_updates_waiting", "Telegram updates that are stored and not yet dealt with"
OLDEST = "danvan_telegram_oldest_update_seconds", "How long the oldest of them has been waiting"
SENDS = "danvan_telegram_messages_waiting", "Telegram messages that are planned and not yet sent"
REMINDERS = "danvan_telegram_reminders_due", "Telegram reminders whose moment has come and that are not handed over"

GAUGES = (INDEX_UP, PUBLISHED, DOCUMENTS, PASSAGES, UP, UPDATES, OLDEST, SENDS, REMINDERS)


class State(Collector):
    """The state of one service, the same whichever of its processes is asked."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterable[Metric]:
        """What cannot be looked up is left out, and said to be down."""
        yield from self._index()
        yield from self._records()

    def _index(self) -> Iterable[Metric]:
        try:
            with self._service.assistant.library.use() as library:
                manifest = library.manifest
            folder = Generations(self._service.settings.data).path(manifest.id)
            published = (folder / "manifest.json").stat().st_mtime
        except (DanvanError, OSError):
            yield GaugeMetricFamily(*INDEX_UP, value=0)
            return
        yield GaugeMetricFamily(*INDEX_UP, value=1)
        told = dict(zip(GENERATION_LABELS, (manifest.id, manifest.embeddings, manifest.program), strict=True))
        yield InfoMetricFamily(*GENERATION, value=told)
        yield GaugeMetricFamily(*PUBLISHED, value=published)
        yield GaugeMetricFamily(*DOCUMENTS, value=manifest.documents)
        yield GaugeMetricFamily(*PASSAGES, value=manifest.passages)

    def _records(self) -> Iterable[Metric]:
        try:
            queue = self._service.records.telegram_queue()
        except RecordsUnavailableError:
            yield GaugeMetricFamily(*UP, value=0)
            return
        yield GaugeMetricFamily(*UP, value=1)
        yield GaugeMetricFamily(*UPDATES, value=queue.updates)
        yield GaugeMetricFamily(*OLDEST, value=queue.oldest)
        yield GaugeMetricFamily(*SENDS, value=queue.sends)
        yield GaugeMetricFamily(*REMINDERS, value=queue.reminders)
