"""The service as a process of its own, for tests over real HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

from index.settings import IndexSettings

SERVE = [sys.executable, "-c", "from bot.cli import main; main()", "serve"]


def start(settings: IndexSettings) -> tuple[subprocess.Popen[str], str]:
    environment = os.environ | {"DANVAN_DATA": str(settings.data), "DANVAN_CORPUS": str(settings.corpus)}
    process = subprocess.Popen([*SERVE, "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    address = re.search(r"http://[\d.:]+", process.stdout.readline())
    assert address is not None
    return process, address.group()


def stop(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    return process.returncode
