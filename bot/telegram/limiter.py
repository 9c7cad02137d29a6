"""Telegram's own limits, kept from our side, with a note of when a request really leaves and is really refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter

# Messages that are on their way at a time. All that are when the process dies are uncertain, and one that is so twice
# is given up: of many that leave together two kills in a row could hit the same. At 100 ms a request four make 40 a
# second, and Telegram takes 30.
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Notes:
    """What to do just before a request leaves, and after Telegram refused it for its number."""

    begin: Callable[[], Awaitable[None]]
    refused: Callable[[], Awaitable[None]]


class NotingLimiter(AIORateLimiter):
    """PTB's limiter; a request's `rate_limit_args` may be its `Notes`. It waits out every `RetryAfter`."""

    def __init__(self) -> None:
        super().__init__(max_retries=1_000_000)
        self._leaving = asyncio.Semaphore(_AT_ONCE)

    async def process_request(  # noqa: PLR0913, PLR0917  PTB's own signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Any,
    ) -> Any:
        """Send a request when its turn has come."""
        notes: Notes | None = rate_limit_args
        if notes is None:
            return await super().process_request(callback, args, kwargs, endpoint, data, None)

        async def noted(*arguments: Any, **named: Any) -> Any:
            async with self._leaving:
                await notes.begin()
                try:
                    return await callback(*arguments, **named)
                except RetryAfter:
                    await notes.refused()
                    raise

        return await super().process_request(noted, args, kwargs, endpoint, data, None)
