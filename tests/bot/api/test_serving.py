"""The process: it takes up a new index, and says why it cannot start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable

import httpx

from bot.settings import Settings
from index.build import build
from index.settings import IndexSettings
from tests.serving import SERVE, start, stop


def test_a_running_service_takes_up_a_new_generation(small_corpus: Callable[..., IndexSettings]) -> None:
    settings = small_corpus({"one": "Việc cũ."})
    build(settings)
    process, address = start(settings)
    try:
        before = httpx.get(f"{address}/healthz").json()["generation"]
        small_corpus({"one": "Việc mới."})
        after, _ = build(settings)
        assert httpx.get(f"{address}/healthz").json()["generation"] == after.id != before
    finally:
        assert stop(process) == -signal.SIGTERM, "stopped by the signal, after its requests"


def test_a_busy_port_is_a_sentence(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = os.environ | {"DANVAN_DATA": str(settings.data)}
        outcome = subprocess.run(
            [*SERVE, "--port", port], capture_output=True, text=True, env=environment, check=False, timeout=60
        )
    assert outcome.returncode == 1
    assert port in outcome.stderr
    assert "Traceback" not in outcome.stderr
