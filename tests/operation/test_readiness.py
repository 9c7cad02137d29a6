"""`/readyz` is 503 while the service cannot do its work, and ready again by itself."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest

from bot.answering.assistant import Assistant
from bot.metrics.counters import Counters
from bot.observing import watched_by
from bot.readiness import Readiness
from bot.service import Service
from bot.settings import Settings
from bot.storage.records import open_records
from index.build import build
from index.settings import IndexSettings
from tests.bot.storage.server import Server
from tests.serving import start, stop


def after(address: str, status: int) -> httpx.Response:
    """The answer of `/readyz` once it has this status; an outcome holds for some seconds."""
    for _ in range(200):
        response = httpx.get(f"{address}/readyz", timeout=30)
        if response.status_code == status:
            return response
        time.sleep(0.1)
    raise AssertionError(response.text)


def test_an_index_that_cannot_be_opened_is_not_ready(small_corpus: Callable[..., IndexSettings]) -> None:
    settings = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    manifest, _ = build(settings)
    process, address = start(settings)
    try:
        assert after(address, 200).json() == {"status": "ready", "generation": manifest.id}
        pointer = settings.data / "CURRENT"
        published = pointer.read_text()
        pointer.write_text("khong-co")
        problem = after(address, 503).json()
        assert problem["code"] == "unavailable"
        assert "chỉ mục" in problem["detail"]
        assert str(settings.data) not in str(problem), "who asks for readiness need not know where anything is"
        pointer.write_text(published)
        assert after(address, 200).json()["generation"] == manifest.id
    finally:
        stop(process)


def test_records_that_cannot_be_written_are_not_ready(
    small_corpus: Callable[..., IndexSettings], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    build(settings)
    server.run("CREATE DATABASE readiness TEMPLATE template0")
    monkeypatch.setenv("DANVAN_DATABASE_URL", server.url("readiness"))
    process, address = start(settings)
    try:
        after(address, 200)
        server.run("ALTER DATABASE readiness SET default_transaction_read_only = on")
        server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'readiness'")
        assert after(address, 503).json()["code"] == "records_unavailable"
        assert httpx.get(f"{address}/healthz").status_code == 200
        answered = httpx.post(f"{address}/v1/ask", json={"question": "Báo cáo trước ngày nào?"}, timeout=30).json()
        assert answered["status"] == "answered"
        assert [notice["kind"] for notice in answered["notices"]][-1] == "degraded"
        assert 'danvan_records_failures_total{kind="RecordsReadOnlyError"}' in httpx.get(f"{address}/metrics").text
        server.run("ALTER DATABASE readiness SET default_transaction_read_only = off")
        server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'readiness'")
        after(address, 200)
    finally:
        stop(process)
        server.run("DROP DATABASE readiness WITH (FORCE)")


def test_who_asks_often_does_not_make_the_disk_work(small_corpus: Callable[..., IndexSettings]) -> None:
    corpus = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    settings = Settings(corpus=corpus.corpus, data=corpus.data)
    build(settings)
    now = 0.0
    with open_records(settings) as records, Assistant(settings) as assistant:
        readiness = Readiness(Service(settings, assistant, records), clock=lambda: now)
        assert readiness.state().failed is None
        (settings.data / "records.lock").unlink()
        (settings.data / "records.lock").mkdir()
        counters = Counters()
        with watched_by(counters):
            assert [readiness.state().failed for _ in range(50)] == [None] * 50
            now = 6.0
            assert [readiness.state().failed for _ in range(50)] == ["records"] * 50
        found = [one for metric in counters.registry.collect() for one in metric.samples]
        assert [one.value for one in found if one.name == "danvan_records_failures_total"] == [1.0], "looked at once"
