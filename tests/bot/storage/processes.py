"""Python programs of a test's own, run beside it with the same settings."""

from __future__ import annotations

import os
import subprocess
import sys

from bot.settings import Settings
from tests.conftest import REPOSITORY


def start(program: str, settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """Start a program text; its standard output and error are pipes."""
    environment = {**os.environ, "DANVAN_DATA": str(settings.data), "PYTHONPATH": str(REPOSITORY)}
    if settings.database_url is not None:
        environment["DANVAN_DATABASE_URL"] = settings.database_url.get_secret_value()
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env=environment,
    )
