"""A service that is stopped answers what it has begun."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.server.running import QUESTION, Running, eventually, running

MANY = 24


def ask(service: Running, number: int, stream: bool, begun: threading.Semaphore) -> tuple[int, str]:
    """One of many distinct questions at once: most of them wait for their turn."""
    headers = {"Accept": "text/event-stream"} if stream else {}
    with service.client() as client:
        client.get("/healthz")  # the connection is there, and accepted
        begun.release()
        response = client.post("/v1/ask", json={"question": f"{QUESTION} Lần {number}"}, headers=headers)
        return response.status_code, response.text


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("stream", [False, True])
def test_requests_that_have_begun_are_answered(data: Path, workers: str, stream: bool) -> None:
    begun = threading.Semaphore(0)
    with running(data, "--workers", workers) as service, ThreadPoolExecutor(MANY) as pool:
        eventually(lambda: len(service.log("start")) == int(workers))
        asked = [pool.submit(ask, service, number, stream, begun) for number in range(MANY)]
        for _ in range(MANY):
            begun.acquire()
        eventually(lambda: len(service.log("request")) > MANY + 1)  # at least one question has been answered
        service.process.send_signal(signal.SIGTERM)
        outcomes, cut = [], 0
        for future in asked:
            try:
                outcomes.append(future.result())
            except httpx.TransportError:
                cut += 1  # sent after the port was closed
        assert service.process.wait(30) == -signal.SIGTERM
        answered = {line["status"] for line in service.log("request") if line["route"] == "/v1/ask"}
    assert answered == {200}
    assert len(outcomes) > MANY // 2 > cut
    for status, text in outcomes:
        assert status == 200
        assert not stream or text.rstrip().rpartition("\n\n")[2].startswith("event: done\n")
