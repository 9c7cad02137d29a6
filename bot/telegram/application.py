"""The connection to Telegram and PTB's application over it; nothing is started here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import Application, ExtBot
from telegram.request import HTTPXRequest

from bot.settings import Settings
from bot.storage.telegram.records import TelegramRecords
from bot.storage.telegram.values import Waiting
from bot.telegram.configuration import Configuration
from bot.telegram.desk import Desk
from bot.telegram.handlers.routes import add_handlers
from bot.telegram.limiter import NotingLimiter
from bot.telegram.patience import kept
from bot.telegram.sender import Sender

_CONNECTIONS = 64
# Seconds. A request whose answer does not come in time may have been accepted, so there is time.
_READ, _CONNECT, _POOL = 30.0, 10.0, 60.0
Deal = Callable[[Waiting], Awaitable[None]]


def connection(settings: Settings, configured: Configuration) -> ExtBot[Any]:
    """The bot as PTB knows it, over the server and proxy of the settings."""
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    timeouts: dict[str, Any] = {
        "read_timeout": _READ,
        "write_timeout": _READ,
        "connect_timeout": _CONNECT,
        "pool_timeout": _POOL,
    }
    return ExtBot(
        configured.token,
        base_url=settings.telegram_base_url,
        request=HTTPXRequest(connection_pool_size=_CONNECTIONS, proxy=proxy, media_write_timeout=_READ, **timeouts),
        get_updates_request=HTTPXRequest(connection_pool_size=2, proxy=proxy, **timeouts),
        rate_limiter=NotingLimiter(),
    )


def application_of(desk: Desk) -> Application[Any, Any, Any, Any, Any, Any]:
    """PTB's application with all handlers; updates are handed to it one by one, it fetches none."""
    application = Application.builder().bot(desk.bot).updater(None).job_queue(None).build()
    add_handlers(application, desk)
    return application


def dealing(application: Application[Any, Any, Any, Any, Any, Any], records: TelegramRecords, sender: Sender) -> Deal:
    """How a stored update is dealt with: what was planned before a crash is sent, else its handler runs."""

    async def deal(waiting: Waiting) -> None:
        job = f"u{waiting.update_id}"
        sends = await kept(records.of_job, job)
        if sends:
            await sender.deliver(sends)
        else:
            await application.process_update(Update.de_json(waiting.payload, application.bot))
        await kept(records.done, waiting.update_id, job)

    return deal
