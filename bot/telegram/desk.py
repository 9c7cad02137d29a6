"""Desk: what every handler has at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram.ext import ExtBot

from bot.error_messages import describe
from bot.logs import log
from bot.service import BusyError, Service
from bot.storage.telegram.records import TelegramRecords
from bot.telegram.inline_cache import InlineCache
from bot.telegram.limits import Limits
from bot.telegram.sender import Sender
from index.errors import VectorServerError
from index.library import Library

Result = TypeVar("Result")
# Answers are computed by so many threads: they share the processor, more would only take turns.
_ANSWERING = 4
_BUSY_SECONDS = 1.0
# A Chroma server that was away is asked again after so long.
_SERVER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Desk:
    """The service, the bot's records, its connection, and what limits it."""

    service: Service
    records: TelegramRecords
    bot: ExtBot[Any]
    sender: Sender
    limits: Limits
    inline: InlineCache = field(default_factory=InlineCache)
    answering: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_ANSWERING, thread_name_prefix="telegram-answer")
    )

    async def compute(self, work: Callable[..., Result], *args: object) -> Result:
        """Do something that takes the processor, in one of a few threads of its own.

        Whoever finds it busy, or the vectors' server away, waits on: nobody else would answer.
        """
        while True:
            try:
                return await asyncio.get_running_loop().run_in_executor(self.answering, work, *args)
            except BusyError:  # it has waited its time already
                await asyncio.sleep(_BUSY_SECONDS)
            except VectorServerError as error:
                log().warning("unavailable", message=describe(error))
                await asyncio.sleep(_SERVER_SECONDS)

    async def read(self, work: Callable[[Library], Result]) -> Result:
        """Read something from the published index, whichever it is now."""

        def reading() -> Result:
            with self.service.assistant.library.use() as library:
                return work(library)

        return await self.compute(reading)

    def close(self) -> None:
        """End the threads."""
        self.answering.shutdown(wait=True, cancel_futures=True)


@contextmanager
def opened(desk: Desk) -> Iterator[Desk]:
    """A desk whose threads end with the block."""
    try:
        yield desk
    finally:
        desk.close()
