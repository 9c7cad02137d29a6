"""Waiting out what passes: records that cannot be written now, a network that is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, ParamSpec, TypeVar

import httpx
from telegram.error import NetworkError
from telegram.error import TelegramError as BotApiError

from bot.error_messages import describe
from bot.storage.errors import RecordsUnavailableError
from bot.telegram import texts

_LOG = logging.getLogger(__name__)
Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")
# Failures after which the request surely did not reach Telegram whole.
_BEFORE = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.WriteError,
    httpx.WriteTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_OPTIONAL = 20  # seconds


def pauses(first: float = 0.5, longest: float = 30.0) -> Iterator[float]:
    """Seconds between attempts, growing."""
    pause = first
    while True:
        yield pause
        pause = min(longest, pause * 2)


async def kept(work: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
    """Do something with the records, in a thread, again and again until it can be done."""
    told = False
    for pause in pauses():
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except RecordsUnavailableError as error:
            if not told:
                _LOG.warning("%s", texts.records_wait(describe(error)))
                told = True
            await asyncio.sleep(pause)
    raise AssertionError  # `pauses` has no end


def is_uncertain(error: NetworkError) -> bool:
    """Whether Telegram may have accepted the request although no answer came."""
    cause = error.__cause__
    # Without a cause it is an answer of the server's: a status of 5xx.
    return isinstance(cause, httpx.HTTPError) and not isinstance(cause, _BEFORE)


async def quietly(request: Awaitable[Any]) -> bool:
    """Do what may as well fail; whether it was done."""
    try:
        async with asyncio.timeout(_OPTIONAL):
            await request
    except (BotApiError, TimeoutError) as error:
        _LOG.info("optional request failed: %s", type(error).__name__)
        return False
    return True
