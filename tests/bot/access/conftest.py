"""A restricted service of two workers, over real HTTP, with its own people and keys."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.storage.access.errors import KnownPersonError
from bot.storage.access.records import AccessRecords
from bot.storage.access.values import Role
from bot.storage.database import open_database
from bot.storage.records import open_records
from tests.serving import SERVE


class Restricted:
    """A running service, and the records beside it, as an administrator at the command line has them."""

    def __init__(self, address: str, access: AccessRecords, settings: Settings, log: Path) -> None:
        self.address, self.access, self.settings, self.log = address, access, settings, log
        self.opened: list[httpx.Client] = []

    def client(self, key: str | None = None, **headers: str) -> httpx.Client:
        """A program, or a browser that is not signed in."""
        shown = {"authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.address, timeout=30, headers={**shown, **headers})

    def key(self, *scopes: str) -> str:
        """A new key."""
        return self.access.create_key("thử", scopes).secret

    def code(self, name: str, role: Role = "reader") -> str:
        """A code for somebody, who is invited where nobody has the name."""
        try:
            return self.access.invite(name, role, timedelta(hours=1)).code
        except KnownPersonError:
            return self.access.code_for(name, timedelta(hours=1)).code

    def browser(self, name: str, role: Role = "reader") -> httpx.Client:
        """Somebody who is signed in, for the first time or on another device."""
        code = self.code(name, role)
        client = self.client(origin=self.address)
        self.opened.append(client)
        response = client.post("/sign-in", data={"code": code})
        assert response.status_code == 303, response.text
        return client


Start = Callable[..., Restricted]


@contextmanager
def serving(settings: Settings, log: Path, **variables: str) -> Iterator[Restricted]:
    environment = os.environ | {
        "DANVAN_DATA": str(settings.data),
        "DANVAN_CORPUS": str(settings.corpus),
        "DANVAN_ACCESS": "restricted",
        "DANVAN_WORKERS": "2",
        **variables,
    }
    with log.open("a") as errors:
        process = subprocess.Popen(
            [*SERVE, "--port", "0"], stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        )
    assert process.stdout is not None
    said = re.search(r"http://[\d.:]+", process.stdout.readline())
    assert said is not None, log.read_text()
    try:
        with open_records(settings) as records:
            running = Restricted(said.group(), records.access, settings, log)
            yield running
            for client in running.opened:
                client.close()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The built index in a folder of these tests' own."""
    data = tmp_path_factory.mktemp("access") / "data"
    shutil.copytree(settings.data, data)
    return Settings(data=data)


@pytest.fixture(scope="package")
def service(own: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restricted]:
    """With the bot's webhook; Telegram's server does not answer."""
    bot = {
        "DANVAN_TELEGRAM_TOKEN": "123:abc",
        "DANVAN_TELEGRAM_BASE_URL": "http://127.0.0.1:9/bot",
        "DANVAN_TELEGRAM_WEBHOOK_URL": "https://hoi.vn/telegram/webhook",
        "DANVAN_TELEGRAM_WEBHOOK_SECRET": "mot-bi-mat-thu-nghiem",
    }
    with serving(own, tmp_path_factory.mktemp("log") / "log", **bot) as running:
        yield running


@pytest.fixture
def started(own: Settings, tmp_path: Path) -> Iterator[Callable[..., Restricted]]:
    """Starts a service with settings of a test's own."""
    with ExitStack() as stack:
        yield lambda **variables: stack.enter_context(serving(own, tmp_path / "log", **variables))


@pytest.fixture(autouse=True)
def _no_former_attempts(own: Settings) -> None:
    """All tests come from one address."""
    with open_records(own):
        database = open_database(own)
        with database.writing() as session:
            session.execute(text("DELETE FROM access_attempts"))
        database.close()
