"""Delivery to a webhook: in order, again and again until the bot answers 2xx."""

from __future__ import annotations

import asyncio

import aiohttp

from tests.telegram.botapi.updates import Update, Webhook
from tests.telegram.botapi.world import World

SECRET = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
"""Telegram's pauses grow far longer; a test has no time for that."""
PATIENCE = 60.0


class Delivery:
    """Carries updates to the webhook that is set; lives in the server's event loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            while True:
                self._woken.clear()
                with self._world.lock:
                    hook, pending = self._world.webhook, self._world.updates.pending
                    update = pending[0] if hook.url and pending else None
                if update is None:
                    await self._woken.wait()
                    continue
                refusal = await _send(session, hook, update)
                with self._world.change():
                    if refusal:
                        hook.failed(refusal)
                    elif self._world.updates.pending[:1] == [update]:
                        self._world.updates.confirm(1)
                if refusal:
                    await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE) if refusal else FIRST_PAUSE


async def _send(session: aiohttp.ClientSession, hook: Webhook, update: Update) -> str:
    """Why the webhook did not take the update; empty when it did."""
    headers = {SECRET: hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=update.as_json(), headers=headers, allow_redirects=False) as answer:
            await answer.read()
            return (
                ""
                if 200 <= answer.status < 300
                else f"Wrong response from the webhook: {answer.status} {answer.reason}"
            )
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except aiohttp.ClientError as error:
        return f"Connection lost: {error}"
