"""What breaks around a running service: nothing acknowledged is lost, and each is told in a sentence."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import time
from pathlib import Path

import httpx
import psutil
import pytest

from bot.settings import Settings
from bot.storage.records import open_records
from tests.bot.storage.server import NOBODY, Server
from tests.bot.storage.test_durability import small_disk
from tests.server.running import QUESTION, Running, copied, eventually, refused, running


class Talker(threading.Thread):
    """Asks and gives feedback until the service is gone; remembers what was acknowledged."""

    def __init__(self, service: Running, number: int) -> None:
        super().__init__()
        self.service, self.number = service, number
        self.turns: list[str] = []
        self.feedback: list[str] = []

    def run(self) -> None:
        with self.service.client(f"nguoi-{self.number}") as client:
            try:
                while True:
                    body = {"question": f"{QUESTION} {len(self.turns)}", "conversation_id": "c"}
                    turn = client.post("/v1/ask", json=body).headers["danvan-turn-id"]
                    self.turns.append(turn)
                    said = client.post("/v1/feedback", json={"turn_id": turn, "verdict": "right"})
                    assert said.status_code == 201
                    self.feedback.append(turn)
            except httpx.TransportError:
                return


def test_kill_9_of_all_processes_loses_nothing_that_was_acknowledged(data: Path) -> None:
    with running(data, "--workers", "2") as service:
        eventually(lambda: len(service.log("start")) == 2)
        talkers = [Talker(service, number) for number in range(6)]
        for talker in talkers:
            talker.start()
        eventually(lambda: sum(len(talker.feedback) for talker in talkers) > 30)
        family = [psutil.Process(service.process.pid), *psutil.Process(service.process.pid).children()]
        for one in family:
            one.kill()  # SIGKILL
        for talker in talkers:
            talker.join()
    with open_records(Settings(data=data)) as records:
        kept = {turn.id for n in range(6) for turn in records.history(f"api:nguoi-{n}", "c", 100_000)}
        judged = {one.turn_id for one in records.list_feedback(limit=100_000)}
    acknowledged = {turn for talker in talkers for turn in talker.turns}
    assert len(acknowledged) > 30
    assert acknowledged <= kept
    assert {turn for talker in talkers for turn in talker.feedback} <= judged


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        for _ in range(100_000):
            ballast.write(b"x" * 4096)


def test_a_full_disk_still_answers_and_says_what_was_not_kept(settings: Settings, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "40m") as disk:
        data = copied(settings, disk / "data")
        with running(data, log=tmp_path / "log") as service, service.client() as client:
            turn = client.post("/v1/ask", json={"question": QUESTION}).headers["danvan-turn-id"]
            fill(disk / "ballast")
            # What SQLite has set aside in its log may still take a record or two.
            eventually(lambda: "danvan-turn-id" not in client.post("/v1/ask", json={"question": QUESTION}).headers)
            response = client.post("/v1/ask", json={"question": QUESTION})
            judged = client.post("/v1/feedback", json={"turn_id": turn, "verdict": "wrong", "reason": "x" * 2000})
            (disk / "ballast").unlink()
            again = client.post("/v1/feedback", json={"turn_id": turn, "verdict": "wrong"})
            log = service.log("not_kept")
    answer = response.json()
    assert response.status_code == 200
    assert answer["status"] == "answered"
    assert answer["citations"]
    assert [notice["kind"] for notice in answer["notices"]][-1] == "degraded"
    assert "hết chỗ trống" in answer["notices"][-1]["text"]
    assert judged.status_code == 503
    assert judged.json()["code"] == "records_unavailable"
    assert "Hết chỗ trống" in judged.json()["detail"]
    assert again.status_code == 201
    assert "Hết chỗ trống" in log[0]["message"]


# Another user, who may read all that root may (the interpreter can lie in root's folder), and write nothing of it.
ANOTHER = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
READER = [*ANOTHER, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_folder_that_may_not_be_written_is_named_at_the_start(data: Path, workers: str) -> None:
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root can become another user, by setpriv")
    before = sorted(data.iterdir())
    status, said = refused(data, "--workers", workers, before=READER)
    assert sorted(data.iterdir()) == before
    assert status == 1
    assert str(data) in said
    assert "Không ghi được" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_corrupt_database_is_named_at_the_start(data: Path, workers: str) -> None:
    (data / "records.sqlite").write_bytes(b"khong phai SQLite" * 500)
    status, said = refused(data, "--workers", workers)
    assert status == 1
    assert "Dữ liệu lưu trữ hỏng" in said
    assert str(data / "records.sqlite") in said
    assert "Traceback" not in said


def test_a_database_that_becomes_corrupt_is_a_problem_and_the_service_lives(data: Path) -> None:
    with running(data) as service, service.client() as client:
        turn = client.post("/v1/ask", json={"question": QUESTION}).headers["danvan-turn-id"]
        # Its companions as well: SQLite goes on for a while from what it has in memory.
        for name in ("records.sqlite-wal", "records.sqlite", "records.sqlite-shm"):
            size = (data / name).stat().st_size
            with (data / name).open("r+b") as file:
                file.write(os.urandom(size))
        listed = client.get("/v1/conversations")
        judged = client.post("/v1/feedback", json={"turn_id": turn, "verdict": "right"})
        answer = client.post("/v1/ask", json={"question": QUESTION})
        assert client.get("/healthz").status_code == 200
        assert service.log("exception") == []
        assert service.log("unavailable")
    for response in (listed, judged):
        assert response.status_code == 503
        assert response.json()["code"] == "records_unavailable"
        assert "hỏng" in response.json()["detail"]
    assert answer.status_code == 200
    assert answer.json()["notices"][-1]["kind"] == "degraded"


def test_a_postgresql_that_goes_away_and_comes_back(data: Path, server: Server) -> None:
    name = f"danvan_away_{os.getpid()}"
    server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    with running(data, DANVAN_DATABASE_URL=server.url(name)) as service, service.client() as client:
        first = client.post("/v1/ask", json={"question": QUESTION})
        assert "danvan-turn-id" in first.headers
        # The server of the whole test run stays: only this database's door is shut, and its connections are cut.
        server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        started = time.monotonic()
        away = client.post("/v1/ask", json={"question": QUESTION})
        judged = client.post("/v1/feedback", json={"turn_id": first.headers["danvan-turn-id"], "verdict": "right"})
        assert time.monotonic() - started < 60
        server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        back = client.post("/v1/feedback", json={"turn_id": first.headers["danvan-turn-id"], "verdict": "right"})
        assert service.stop() == -signal.SIGTERM
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
    assert away.status_code == 200
    assert away.json()["notices"][-1]["kind"] == "degraded"
    assert judged.status_code == 503
    assert judged.json()["code"] == "records_unavailable"
    assert "thu" not in judged.json()["detail"].split("@")[0].rpartition(":")[2], "the password"
    assert back.status_code == 201
