"""The server that a load is put on: a process of its own, with a copy of the index and records of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.settings import Settings

_SERVE = [sys.executable, "-c", "from bot.cli import main; main()", "serve", "--port", "0"]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    address: str
    process: psutil.Process

    def memory(self) -> dict[int, float]:
        """MB of the parent and of each worker by process id: the own share of what is in memory (PSS) where known."""
        found = {}
        for one in [self.process, *self.process.children(recursive=True)]:
            try:
                full = one.memory_full_info()
                found[one.pid] = getattr(full, "pss", full.rss) / 1e6
            except psutil.NoSuchProcess:
                continue
        return found


@contextmanager
def serving(settings: Settings, workers: int) -> Iterator[Server]:
    """Start it on a free port of loopback, and stop it as a service manager would."""
    with tempfile.TemporaryDirectory(prefix="danvan-load-") as folder:
        data = Path(folder) / "data"
        shutil.copytree(settings.data, data, ignore=shutil.ignore_patterns("records.*", "secret.key"))
        environment = os.environ | {"DANVAN_DATA": str(data), "DANVAN_CORPUS": str(settings.corpus)}
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(
                [*_SERVE, "--workers", str(workers)], stdout=subprocess.PIPE, stderr=log, text=True, env=environment
            )
            try:
                assert process.stdout is not None
                found = re.search(r"http://[\d.:]+", process.stdout.readline())
                if found is None:
                    raise SystemExit("the server did not start")
                yield Server(found.group(), psutil.Process(process.pid))
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(60)
