"""A bot of the program's own, run beside the test over HTTP with the stand-in for Telegram's Bot API server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.answering.assistant import Assistant
from bot.service import Service
from bot.settings import Settings
from bot.storage.records import open_records
from bot.telegram.configuration import configuration
from bot.telegram.runner import Runner
from tests.telegram.botapi import BotApi, Person, Window

SECRET = "mot-bi-mat-thu-nghiem"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as started:
        yield started


@pytest.fixture
def anna(api: BotApi) -> Person:
    return api.user("Anna")


@pytest.fixture
def chat(api: BotApi, anna: Person) -> Window:
    return api.private(anna)


class RunningBot:
    """The bot in a thread of its own, until `stop`."""

    def __init__(self, service: Service, reminders: float) -> None:
        self.told: list[str] = []
        self.service = service
        self.error: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._runner = Runner(service, configuration(service.settings), self.told.append, reminders=reminders)
        self._thread = threading.Thread(target=self._run, name="bot")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._runner.run(self._stop))
        except Exception as error:
            self.error = error
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(60)
        assert not self._thread.is_alive()
        if self.error is not None:
            raise self.error


@pytest.fixture
def start(api: BotApi, assistant: Assistant, settings: Settings, tmp_path: Path) -> Callable[..., Any]:
    """Starts a bot on the product's index with records of the test's own; a second one goes on with the same."""

    @contextmanager
    def started(
        of: Assistant | None = None, reminders: float = 0.2, data: Path | None = None, **changes: Any
    ) -> Iterator[RunningBot]:
        chosen = {
            "data": data or tmp_path / "records",
            "telegram_token": api.token,
            "telegram_base_url": api.base_url,
            "public_url": "https://danvan.example",
            **changes,
        }
        here = Settings.model_validate(settings.model_dump() | chosen)
        with open_records(here) as records:
            bot = RunningBot(Service(here, of or assistant, records), reminders)
            try:
                yield bot
            finally:
                bot.stop()

    return started


@pytest.fixture
def bot(start: Callable[..., Any]) -> Iterator[RunningBot]:
    with start() as running:
        yield running
