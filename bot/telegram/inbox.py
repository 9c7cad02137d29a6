"""The inbox: stored updates are dealt with in order within a chat, several chats at a time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot.storage.telegram.records import TelegramRecords
from bot.storage.telegram.values import Waiting
from bot.telegram.patience import kept

_LOG = logging.getLogger(__name__)
# Updates that are held in memory; the others wait in the table.
_MOST = 400
# Seconds after which the table is read even if nobody said that something arrived: another process may store, too.
_LOOK = 1.0


class Inbox:
    """Deals with what is stored. `deal` is awaited for each update; what it does not finish is done after a restart."""

    def __init__(self, records: TelegramRecords, deal: Callable[[Waiting], Awaitable[None]]) -> None:
        self._records, self._deal = records, deal
        self._arrived, self._stopping = asyncio.Event(), False
        self._known: set[int] = set()
        self._lanes: dict[str, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something has been stored."""
        self._arrived.set()

    async def run(self) -> None:
        """Deal with updates until cancelled."""
        while True:
            self._arrived.clear()
            room = _MOST - len(self._known)
            if room > 0:
                for one in await kept(self._records.waiting, frozenset(self._known), room):
                    self._enqueue(one)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._arrived.wait()

    async def finish(self, patience: float) -> None:
        """Let the updates that are being dealt with come to an end, but begin no other."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _enqueue(self, one: Waiting) -> None:
        self._known.add(one.update_id)
        if one.lane in self._lanes:
            self._lanes[one.lane].append(one)
            return
        self._lanes[one.lane] = deque([one])
        task = asyncio.create_task(self._go_through(one.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go_through(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue and not self._stopping:
            one = queue.popleft()
            try:
                await self._deal(one)
            except Exception:  # it stays in the table, and is known: the next start tries it again
                _LOG.exception("update %s could not be dealt with", one.update_id)
            else:
                self._known.discard(one.update_id)
                if len(self._known) < _MOST:
                    self._arrived.set()
        del self._lanes[lane]
