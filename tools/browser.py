"""The page as people meet it, for tests and for pictures: a server process on loopback and Debian's Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from index.settings import IndexSettings

_SERVE = [sys.executable, "-c", "from bot.cli import main; main()", "serve", "--port", "0"]
# The machine's network may be closed, and the tests may run as root.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_PROGRAM = "chromium"


@contextmanager
def serving(settings: IndexSettings) -> Iterator[str]:
    """The address of a server process over a built index."""
    environment = os.environ | {"DANVAN_DATA": str(settings.data), "DANVAN_CORPUS": str(settings.corpus)}
    with subprocess.Popen(_SERVE, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://[\d.:]+", process.stdout.readline())
            if found is None:
                raise RuntimeError("the server did not start; what it said stands above")
            yield found.group()
        finally:
            process.send_signal(signal.SIGTERM)


def has_chromium() -> bool:
    """Whether Chromium is installed."""
    return shutil.which(_PROGRAM) is not None


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; raises where it is not installed (`apt-get install chromium`)."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(_PROGRAM), args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()
