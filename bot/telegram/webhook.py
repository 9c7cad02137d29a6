"""`POST /telegram/webhook`: an update is stored before Telegram is told that it arrived."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response

from bot.http.needs import OWN_SECRET, declaring
from bot.service import Service
from bot.storage.errors import RecordsUnavailableError
from bot.telegram.arrival import arrived
from bot.telegram.configuration import configuration
from bot.telegram.errors import TokenError
from bot.telegram.runner import Runner

_LOG = logging.getLogger(__name__)
SECRET = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram/webhook"
_STATE = "telegram_webhook"

router = APIRouter()


@router.post(PATH, include_in_schema=False, dependencies=[declaring(OWN_SECRET)])
async def webhook(request: Request) -> Response:
    """204: stored; 403: not Telegram; 400: no update; 503: not stored, Telegram tries again."""
    found: tuple[Runner, str] | None = getattr(request.app.state, _STATE, None)
    if found is None:
        return Response(status_code=404)
    runner, secret = found
    if not _is_telegrams(request, secret):
        return Response(status_code=403)
    try:
        payload = json.loads(await request.body())
        update = arrived(payload if isinstance(payload, dict) else {})
    except (ValueError, RecursionError):
        return Response(status_code=400)
    try:
        await asyncio.to_thread(runner.records.store, [update])
    except RecordsUnavailableError as error:
        _LOG.warning("an update could not be stored: %s", type(error).__name__)
        return Response(status_code=503)
    runner.wake()
    return Response(status_code=204)


def is_update(request: Request) -> bool:
    """Whether a request is one of Telegram's, known by the secret before anything else of it is read."""
    found: tuple[Runner, str] | None = getattr(request.app.state, _STATE, None)
    return request.url.path == PATH and found is not None and _is_telegrams(request, found[1])


def _is_telegrams(request: Request, secret: str) -> bool:
    given = request.headers.get(SECRET, "")
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


@asynccontextmanager
async def bot_running(app: FastAPI, service: Service) -> AsyncIterator[None]:
    """The bot, inside the lifespan of the application that has this router.

    A token that Telegram refuses is told in the log; API and page serve on.
    """
    configured = configuration(service.settings)
    assert configured.webhook_secret is not None  # `configuration` has checked it
    runner = Runner(service, configured, lambda sentence: _LOG.warning("%s", sentence))
    setattr(app.state, _STATE, (runner, configured.webhook_secret))
    stop = asyncio.Event()
    running = asyncio.create_task(runner.run(stop))
    running.add_done_callback(_told)
    try:
        yield
    finally:
        stop.set()
        with contextlib.suppress(Exception):  # told already
            await running


def _told(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, TokenError):
        _LOG.error("%s", error)
    elif error is not None:
        _LOG.error("the bot has stopped", exc_info=error)
