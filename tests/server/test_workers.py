"""Several processes answer as one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import httpx

from index.build import build
from index.settings import IndexSettings
from tests.server.running import QUESTION, eventually, running


def test_workers_share_the_port_and_a_killed_one_is_replaced(data: Path) -> None:
    with running(data, "--workers", "2", DANVAN_SECRET="0123456789abcdef-bi-mat") as service:
        eventually(lambda: len(service.log("start")) == 2)
        before = service.workers()
        assert {line["worker"] for line in service.log("start")} == {worker.pid for worker in before}
        for one in before:
            assert "bi-mat" not in " ".join(one.cmdline())
        before[0].kill()
        eventually(lambda: len(service.log("start")) == 3)
        assert {before[1].pid} < {worker.pid for worker in service.workers()}
        with service.client() as client:
            assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 200
        assert service.stop() == -signal.SIGTERM
        assert len(service.log("stop")) == 2
        assert service.log("exception") == []


def test_all_workers_take_up_a_new_generation_and_the_old_one_goes(
    small_corpus: Callable[..., IndexSettings],
) -> None:
    settings = small_corpus({"one": "Việc cũ."})
    first, _ = build(settings)
    with running(settings.data, "--workers", "2", DANVAN_CORPUS=str(settings.corpus)) as service:
        eventually(lambda: len(service.log("start")) == 2)
        assert {line["generation"] for line in service.log("start")} == {first.id}
        small_corpus({"one": "Việc mới."})
        second, _ = build(settings)
        assert (settings.data / "generations" / first.id).exists(), "removed while a worker reads it"
        assert httpx.get(f"{service.address}/healthz").json()["generation"] == second.id
        eventually(lambda: len(service.log("generation")) == 2)
        taken = service.log("generation")
        assert {line["generation"] for line in taken} == {second.id}
        assert {line["worker"] for line in taken} == {worker.pid for worker in service.workers()}
        eventually(lambda: not (settings.data / "generations" / first.id).exists())
        assert httpx.get(f"{service.address}/v1/documents/one/text").text.count("Việc mới.") == 1


def test_workers_are_replaced_without_a_gap(data: Path) -> None:
    with running(data, "--workers", "2") as service, service.client() as client:
        eventually(lambda: len(service.log("start")) == 2)
        before = {worker.pid for worker in service.workers()}
        service.process.send_signal(signal.SIGHUP)

        def replaced() -> bool:
            # A new connection each time: one that is kept is closed by a worker that ends.
            assert httpx.get(f"{service.address}/healthz", timeout=60).status_code == 200
            return len(service.log("stop")) == 2

        eventually(replaced)
        # A worker says that it stopped a moment before its process ends.
        eventually(lambda: not before & {worker.pid for worker in service.workers()})
        assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 200


def test_workers_end_with_a_parent_that_was_killed(data: Path) -> None:
    with running(data, "--workers", "2") as service:
        eventually(lambda: len(service.log("start")) == 2)
        workers = service.workers()
        os.kill(service.process.pid, signal.SIGKILL)
        service.process.wait()
        eventually(lambda: not any(worker.is_running() for worker in workers))


def test_workers_that_cannot_start_end_the_service(data: Path) -> None:
    with running(data, "--workers", "2") as service:
        eventually(lambda: len(service.log("start")) == 2)
        (data / "CURRENT").write_text("khong-co\n")
        service.workers()[0].kill()
        assert service.process.wait(60) == 1
        assert "danvan doctor" in service.log_file.read_text()
