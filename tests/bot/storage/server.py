"""A PostgreSQL server of the test run's own: a socket in a temporary folder, an unprivileged user, ended by its pid."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
# Debian keeps the server's programs off the PATH.
_DEBIAN = "/usr/lib/postgresql/*/bin"


def program(name: str) -> Path | None:
    found = shutil.which(name) or next(iter(sorted(Path("/").glob(f"{_DEBIAN[1:]}/{name}"), reverse=True)), None)
    return found and Path(found).resolve()


def unprivileged() -> dict[str, Any]:
    """Arguments for `subprocess`: another user where we are root, which the server refuses to be."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path
    pid: int

    def url(self, database: str) -> str:
        return f"postgresql://postgres:thu@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(initdb: Path, postgres: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="danvan-pg-"))  # short: a socket's path has at most 107 bytes
    try:
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        data = folder / "data"
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([initdb, "-D", data, *options], check=True, capture_output=True, cwd=folder, **unprivileged())
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [postgres, "-D", data, "-k", folder, "-c", "listen_addresses="],
                stdout=log,
                stderr=log,
                cwd=folder,
                **unprivileged(),
            )
        server = Server(folder, process.pid)
        try:
            _wait(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # "fast shutdown"
            process.wait(30)
    finally:
        shutil.rmtree(folder)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, (server.folder / "log").read_text()
        try:
            return server.run("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError((server.folder / "log").read_text())
