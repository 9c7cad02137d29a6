"""getUpdates: waits for updates, and bears no second poller."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.telegram.botapi.errors import conflict
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.world import World

LONGEST = 50


class Polling:
    """The one long poll that may wait; lives in the server's event loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turn = 0
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def get_updates(self, given: Parameters) -> list[dict[str, Any]]:
        """The updates from `offset` on, as soon as there is one, at the latest after `timeout` seconds.

        Raises:
            ApiError: 409, when a webhook is set, or another call of getUpdates comes while this one waits.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + min(max(given.number("timeout"), 0), LONGEST)
        self._turn += 1
        turn = self._turn
        self.wake()
        with self._world.change():
            if self._world.webhook.url:
                raise conflict(
                    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
                )
            self._world.updates.wish(given.structure("allowed_updates"))
            self._world.updates.take(given.number("offset"), 1)
        while True:
            self._woken.clear()
            with self._world.lock:
                if self._turn != turn:
                    raise conflict(
                        "terminated by other getUpdates request; make sure that only one bot instance is running"
                    )
                if self._world.webhook.url:
                    raise conflict("terminated by setWebhook request")
                found = self._world.updates.take(0, given.number("limit", 100))
            left = end - loop.time()
            if found or left <= 0:
                return [update.as_json() for update in found]
            # Another poll shares the event and may clear it, so nobody sleeps on it for long.
            await _wait(self._woken, min(left, 0.25))


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
