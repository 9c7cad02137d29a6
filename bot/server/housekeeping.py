"""What a worker does beside answering: takes up a new generation, deletes old records, and ends with its parent."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.error_messages import describe
from bot.logs import log
from bot.service import Service
from bot.storage.schedule import purge_when_due
from index.errors import BuildLockedError, DanvanError
from index.generations import Generations

# Seconds. A question takes up a new generation by itself; this is for a worker that nobody asks.
GENERATION_EVERY = 5.0
PARENT_EVERY = 1.0
# Purges are a day apart (`bot.storage.schedule`); whether one is due is looked up so often, first after about a minute.
PURGE_EVERY = 3600.0
PURGE_FIRST = (30.0, 90.0)
# After a change old generations are removed; as a question may still hold one, or a build the lock, so many times.
_CLEANINGS = 12


@asynccontextmanager
async def housekeeping(service: Service) -> AsyncIterator[None]:
    """Runs beside the requests until the block ends."""
    generations = _Generations(service)
    jobs = [
        asyncio.create_task(_repeat(generations.look, GENERATION_EVERY, GENERATION_EVERY)),
        asyncio.create_task(_repeat(lambda: _purge(service), random.uniform(*PURGE_FIRST), PURGE_EVERY)),
        asyncio.create_task(_end_with_parent()),
    ]
    try:
        yield
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)


async def _repeat(job: Callable[[], Awaitable[None]], first: float, every: float) -> None:
    await asyncio.sleep(first)
    while True:
        try:
            await job()
        except DanvanError as error:
            log().warning("housekeeping", message=describe(error))
        except Exception as error:  # the next time may go well, and nobody else would tell of this one
            log().error("exception", exc_info=error)
        await asyncio.sleep(every)


class _Generations:
    def __init__(self, service: Service) -> None:
        self._service, self._known, self._cleanings = service, current_generation(service), 0

    async def look(self) -> None:
        await asyncio.to_thread(self._look)

    def _look(self) -> None:
        generation = current_generation(self._service)
        if generation != self._known:
            log().info("generation", generation=generation, former=self._known)
            self._known, self._cleanings = generation, _CLEANINGS
        if self._cleanings:
            self._cleanings -= 1
            generations = Generations(self._service.settings.data)
            try:
                with generations.building():
                    generations.clean(self._service.settings)
            except BuildLockedError:
                pass  # the build cleans by itself, and here is a next time


def current_generation(service: Service) -> str:
    """Id of the generation that answers now; a newer one is taken up."""
    with service.assistant.library.use() as library:
        return library.manifest.id


async def _purge(service: Service) -> None:
    removed = await asyncio.to_thread(purge_when_due, service.records, service.settings.data)
    if removed is not None:
        log().info("purge", **removed.model_dump())


async def _end_with_parent() -> None:
    """A worker whose parent was killed would keep the port; a process that has no such parent has nothing to do."""
    parent = multiprocessing.parent_process()
    while parent is not None:
        await asyncio.sleep(PARENT_EVERY)
        if not parent.is_alive():
            log().warning("stop", reason="parent gone")
            os.kill(os.getpid(), signal.SIGTERM)
            return
