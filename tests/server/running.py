"""The service as its users run it: a process with a port, its log in a file, stopped by its id."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from bot.settings import Settings
from tests.conftest import REPOSITORY

MAIN = "from bot.cli import main; main()"
QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"


def copied(settings: Settings, folder: Path) -> Path:
    """A data folder of a test's own, with the built index and without records."""
    ignored = shutil.ignore_patterns("records.*", "secret.key", "purged")
    return Path(shutil.copytree(settings.data, folder, ignore=ignored))


@dataclass(frozen=True)
class Running:
    """A service that runs."""

    process: subprocess.Popen[str]
    address: str
    log_file: Path

    def client(self, person: str = "thu") -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=60, headers={"Danvan-Person": person})

    def log(self, event: str | None = None) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.log_file.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if event in (None, line["event"])]

    def workers(self) -> list[psutil.Process]:
        """Processes that answer, without the helpers of `multiprocessing` and without those that just ended."""
        return [child for child in psutil.Process(self.process.pid).children() if _answers(child)]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def _answers(child: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(child.cmdline())
    except psutil.NoSuchProcess:  # Ended, or ended and not yet waited for by its parent.
        return False


def environment(data: Path, **variables: str) -> dict[str, str]:
    return os.environ | {"DANVAN_DATA": str(data), "PYTHONPATH": str(REPOSITORY)} | variables


@contextmanager
def running(
    data: Path, *options: str, program: str = MAIN, log: Path | None = None, **variables: str
) -> Iterator[Running]:
    """Start it on a free port; what is left of it at the end is killed."""
    log = log or data.parent / f"{data.name}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", program, "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
            env=environment(data, **variables),
        )
    try:
        assert process.stdout is not None
        address = re.search(r"http://[\d.:]+", process.stdout.readline())
        assert address is not None, log.read_text()
        service = Running(process, address.group(), log)
        with service.client() as client:
            eventually(lambda: client.get("/healthz").status_code == 200)
        yield service
    finally:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        if process.poll() is None:
            _end(process)
        for one in family:
            if one.is_running():
                one.kill()
        process.communicate()


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def eventually(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds; only a service that never gets there fails."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("did not come about")


def refused(data: Path, *options: str, before: Sequence[str] = ()) -> tuple[int, str]:
    """Exit status and standard error of a service that cannot start; `before`: the command that starts it."""
    outcome = subprocess.run(
        [*before, sys.executable, "-c", MAIN, "serve", "--port", "0", *options],
        capture_output=True,
        text=True,
        env=environment(data),
        timeout=120,
        check=False,
    )
    return outcome.returncode, outcome.stderr
