"""Long polling: Telegram is told that updates arrived only after they are stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.storage.telegram.records import TelegramRecords
from bot.storage.telegram.values import Arrived
from bot.telegram import texts
from bot.telegram.arrival import KINDS, arrived
from bot.telegram.errors import TokenError
from bot.telegram.patience import kept, pauses

_WAIT = 25  # seconds for which Telegram holds a request open
_MARGIN = 10  # seconds more until the connection is given up
Tell = Callable[[str], None]


async def poll(bot: ExtBot[Any], records: TelegramRecords, wake: Callable[[], None], tell: Tell, place: str) -> None:
    """Fetch and store updates until cancelled. Raises `TokenError`."""
    offset: int | None = None
    again, told = pauses(), ""
    while True:
        try:
            # The offset confirms everything before it: it moves only when that is on the disk.
            updates = await _fetch(bot, offset)
        except InvalidToken:
            raise TokenError(texts.BAD_TOKEN) from None
        except RetryAfter as error:
            after = error.retry_after
            await asyncio.sleep(after if isinstance(after, int | float) else after.total_seconds())
            continue
        except (Conflict, NetworkError) as error:
            problem = texts.OTHER_POLLER if isinstance(error, Conflict) else texts.unreachable(place, reason(error))
            if told != problem:
                tell(problem)
                told = problem
            await asyncio.sleep(next(again))
            continue
        if told:
            tell(texts.reachable(place))
            again, told = pauses(), ""
        if updates:
            await kept(records.store, updates)
            offset = max(update.update_id for update in updates) + 1
            wake()


def reason(error: NetworkError) -> str:
    """Why Telegram could not be reached, without the address, which holds the token."""
    cause = error.__cause__
    return type(cause).__name__ if cause is not None else error.message


async def _fetch(bot: ExtBot[Any], offset: int | None) -> list[Arrived]:
    """Updates as Telegram words them: what this version of PTB does not know is stored all the same."""
    wanted = {"timeout": _WAIT, "allowed_updates": json.dumps(KINDS)} | ({} if offset is None else {"offset": offset})
    found = await bot.request.post(f"{bot.base_url}/getUpdates?{urlencode(wanted)}", read_timeout=_WAIT + _MARGIN)
    return [arrived(one) for one in found] if isinstance(found, list) else []
