"""`danvan telegram`: the bot as a process of its own, by long polling."""

from __future__ import annotations

import asyncio
import signal
import sys

from bot.logs import configure_logs
from bot.observed import observed
from bot.service import open_service
from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.configuration import configuration
from bot.telegram.errors import WebhookError
from bot.telegram.runner import Runner


def run(settings: Settings) -> None:
    """Run until interrupted or terminated. Raises a `DanvanError` where settings, token or index cannot be used."""
    configure_logs(settings)
    configured = configuration(settings)
    if configured.webhook_url is not None:
        raise WebhookError(texts.WEBHOOK_SET)
    with observed(settings.data), open_service(settings) as service:
        asyncio.run(_run(Runner(service, configured, _tell)))
    _tell(texts.STOPPED)


async def _run(runner: Runner) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop.set)
    await runner.run(stop)


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
