"""`/metrics`: one truth over all processes, and nothing in it of what people ask or who they are."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.answering.assistant import Assistant
from bot.metrics.counters import Counters
from bot.metrics.exposition import exposed
from bot.metrics.folder import VARIABLE, own_folder, reserve, shared_folder
from bot.observing import Observer, watched_by
from bot.service import Service
from bot.settings import Settings
from bot.storage.errors import RecordsUnavailableError
from bot.storage.records import Records, open_records
from bot.storage.telegram.values import Arrived, Planned
from index.build import build
from index.settings import IndexSettings
from tests.bot.storage import processes
from tests.bot.storage.samples import answer_to
from tests.bot.storage.test_durability import small_disk
from tests.serving import start, stop

Samples = dict[str, list[tuple[dict[str, str], float]]]


def samples(text: str) -> Samples:
    """Every sample by its name; the official parser reads what Prometheus would."""
    found: Samples = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            found.setdefault(one.name, []).append((dict(one.labels), one.value))
    return found


def value(found: Samples, name: str, **labels: str) -> float:
    """The sum of the samples that have these labels."""
    return sum(number for had, number in found.get(name, []) if labels.items() <= had.items())


def settled(address: str, name: str, expected: float, **labels: str) -> Samples:
    """The samples once one of them is as expected."""
    for _ in range(400):
        found = samples(httpx.get(f"{address}/metrics", timeout=60).text)
        if value(found, name, **labels) == expected:
            return found
        time.sleep(0.05)
    raise AssertionError(found)


@pytest.fixture
def two_workers(small_corpus: Callable[..., IndexSettings], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DANVAN_WORKERS", "2")
    settings = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    build(settings)
    process, address = start(settings)
    settled(address, "danvan_workers", 2)
    yield address
    stop(process)


@pytest.fixture
def service(small_corpus: Callable[..., IndexSettings], kept: Settings) -> Iterator[Service]:
    corpus = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    settings = Settings(**{**kept.model_dump(), "corpus": corpus.corpus, "data": corpus.data})
    build(settings)
    with open_records(settings) as records, Assistant(settings) as assistant:
        yield Service(settings, assistant, records)


def test_any_worker_tells_the_sum_of_all(two_workers: str) -> None:
    secret = f"zq{uuid.uuid4().hex[:8]}"
    asked = 24
    for number in range(asked):
        # A connection each: whichever worker is free takes it.
        answer = httpx.post(
            f"{two_workers}/v1/ask",
            json={"question": f"Ai làm {secret}?" if number % 2 else "Báo cáo trước ngày nào?"},
            headers={"Danvan-Person": f"canbo-{secret}"},
            timeout=30,
        )
        assert answer.status_code == 200
    httpx.get(f"{two_workers}/{secret}?question={secret}")
    httpx.request("PROPFIND", f"{two_workers}/v1/ask")
    # A request is counted when its response has gone out, so the client may be ahead by a moment.
    settled(two_workers, "danvan_http_requests_total", 1, method="other")
    texts = [httpx.get(f"{two_workers}/metrics").text for _ in range(8)]
    for text in texts:
        found = samples(text)
        assert value(found, "danvan_questions_total", channel="api") == asked
        assert value(found, "danvan_question_seconds_count") == asked
        assert value(found, "danvan_http_requests_total", route="/v1/ask", method="POST", status="200") == asked
        assert value(found, "danvan_http_request_seconds_count", route="/v1/ask") == asked + 1
        assert value(found, "danvan_http_requests_total", route="other", status="404") == 1
        assert value(found, "danvan_http_requests_total", method="other", status="405") == 1
        assert value(found, "danvan_http_problems_total", code="not_found") == 1
        assert value(found, "danvan_workers") == 2
        assert value(found, "process_resident_memory_bytes") > 50e6
        assert value(found, "danvan_index_up") == value(found, "danvan_records_up") == 1
        assert secret not in text
        assert "canbo" not in text


def test_what_a_killed_worker_counted_stays(
    small_corpus: Callable[..., IndexSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_WORKERS", "2")
    settings = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    build(settings)
    process, address = start(settings)
    try:
        settled(address, "danvan_workers", 2)
        for _ in range(12):
            httpx.post(f"{address}/v1/ask", json={"question": "Báo cáo trước ngày nào?"}, timeout=30)
        (folder,) = (settings.data / "metrics").glob("*-*")
        workers = {int(path.stem.rpartition("_")[2]) for path in folder.glob("counter_*.db")}
        assert len(workers) == 2
        assert process.pid not in workers
        os.kill(min(workers), signal.SIGKILL)
        found = samples(httpx.get(f"{address}/metrics", timeout=60).text)
        assert value(found, "danvan_questions_total") == 12
    finally:
        process.kill()
        process.communicate()
    assert folder.exists()
    with shared_folder(settings.data):
        own = own_folder()
        assert own is not None
        with shared_folder(settings.data):
            assert own.exists(), "a living service keeps its folder"
        assert not folder.exists(), "a killed one's goes with the next start"


BESIDE = """
import time
from bot.observed import observed
from bot.service import open_service
from bot.settings import load_settings
settings = load_settings()
with observed(settings.data), open_service(settings) as service:
    service.converse("telegram:77", "c", "Báo cáo trước ngày nào?")
    print("asked", flush=True)
    time.sleep(600)
"""


def test_a_process_beside_the_service_counts_with_it(
    small_corpus: Callable[..., IndexSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    build(settings)
    process, address = start(settings)
    monkeypatch.setenv("DANVAN_CORPUS", str(settings.corpus))
    beside = processes.start(BESIDE, Settings(data=settings.data))
    try:
        assert beside.stdout is not None
        assert beside.stdout.readline() == "asked\n"
        httpx.post(f"{address}/v1/ask", json={"question": "Báo cáo trước ngày nào?"}, timeout=30)
        found = samples(httpx.get(f"{address}/metrics").text)
        assert value(found, "danvan_questions_total", channel="telegram") == 1
        assert value(found, "danvan_questions_total") == 2
        assert value(found, "danvan_workers") == 1
    finally:
        beside.kill()
        beside.communicate()
        stop(process)


def test_verdicts_failures_and_the_telegram_queue_are_counted(service: Service) -> None:
    counters = Counters()
    with watched_by(counters):
        turn = service.converse("telegram:77", "c", "Báo cáo trước ngày nào?").turn
        assert turn is not None
        service.records.add_feedback("telegram:77", turn.id, "wrong", "thiếu")
        bot = service.records.telegram(5)
        update = Arrived(update_id=1, lane="77", person="telegram:77", payload={"text": "bí mật"})
        bot.store([update, update.model_copy(update={"update_id": 2})])
        bot.done(1, "update:1")
        bot.plan("update:1", "telegram:77", [Planned(payload={"kind": "text"}, chat_id=77)] * 3)
        text = exposed(service, counters).decode()
    found = samples(text)
    assert value(found, "danvan_questions_total", channel="telegram", status="answered") == 1
    assert value(found, "danvan_feedback_total", verdict="wrong") == 1
    assert value(found, "danvan_telegram_updates_waiting") == 1
    assert value(found, "danvan_telegram_messages_waiting") == 3
    assert value(found, "danvan_telegram_oldest_update_seconds") >= 0
    assert "bí mật" not in text
    assert found["danvan_index_info"][0][0]["generation"] == turn.generation


def test_records_that_fail_are_counted_by_their_kind(sqlite_records: Records, tmp_path: Path) -> None:
    counters = Counters()
    (tmp_path / "data" / "records.sqlite").write_bytes(b"no database" * 1000)
    with watched_by(counters):
        for _ in range(2):
            with pytest.raises(RecordsUnavailableError):
                sqlite_records.append_turn("web:1", "c", answer_to("Ai ký?"))
    found = {one.name: one.labels for metric in counters.registry.collect() for one in metric.samples}
    assert found["danvan_records_failures_total"] == {"kind": "RecordsDamagedError"}


@pytest.fixture
def sqlite_records(tmp_path: Path) -> Iterator[Records]:
    with open_records(Settings(data=tmp_path / "data")) as opened:
        yield opened


def test_an_observer_that_fails_costs_nobody_an_answer(service: Service) -> None:
    class Failing(Observer):
        def answered(self, *_: object) -> None:
            raise ZeroDivisionError

    with watched_by(Failing()):
        said = service.converse("web:1", "c", "Báo cáo trước ngày nào?")
    assert said.answer.status == "answered"
    assert said.turn is not None


def test_a_full_disk_ends_the_common_count_and_not_the_process(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk, shared_folder(disk):
        assert own_folder() is not None
        reserve()  # two files of 1 MB each
        assert own_folder() is None
        assert not list(disk.glob("metrics/*/*.db"))
    assert VARIABLE not in os.environ
