"""A Chroma server of the test run's own, on the loopback, as the package `chromadb` brings it; ended by its pid."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from threading import Thread

import httpx

_CHROMA = [sys.executable, "-c", "import sys; sys.argv[0] = 'chroma'; from chromadb.cli.cli import app; app()"]


class ChromaServer:
    """A server that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        with create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder, self._data = folder, "data"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, data: str | None = None) -> None:
        """Start with what it held last, or with another folder, which is empty at first."""
        self._data = data or self._data
        place = ["--path", str(self._folder / self._data), "--host", "127.0.0.1", "--port", str(self.port)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen([*_CHROMA, "run", *place], stdout=log, stderr=log, cwd=self._folder)
        for _ in range(300):
            assert self._process.poll() is None, (self._folder / "log").read_text(encoding="utf-8")
            try:
                httpx.get(f"{self.url}/api/v2/heartbeat").raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self._folder / "log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def collections(self) -> set[str]:
        listed = httpx.get(f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections")
        return {one["name"] for one in listed.raise_for_status().json()}


@contextmanager
def running(folder: Path) -> Iterator[ChromaServer]:
    server = ChromaServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """An HTTP server of a test's own making; gives its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
