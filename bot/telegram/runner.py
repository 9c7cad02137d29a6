"""The bot from its start to its end: connected, leading, dealing with what is stored; stopped without loss."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telegram import BotCommand
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ExtBot

from bot.service import Service
from bot.telegram import texts
from bot.telegram.application import application_of, connection, dealing
from bot.telegram.arrival import KINDS
from bot.telegram.configuration import Configuration
from bot.telegram.desk import Desk, opened
from bot.telegram.errors import TokenError
from bot.telegram.inbox import Inbox
from bot.telegram.limits import Limits
from bot.telegram.patience import kept, pauses, quietly
from bot.telegram.polling import poll, reason
from bot.telegram.reminding import send_reminders
from bot.telegram.secrecy import keep_secret
from bot.telegram.sender import Sender

_LOG = logging.getLogger(__name__)
_REMINDERS = 20.0  # seconds between two looks
_LEAD = 2.0  # seconds between two tries to lead, or looks whether this process still does
_FINISH = 15.0  # seconds that what is being dealt with has when the bot stops
_CONNECTIONS = 40  # of Telegram to the webhook at a time
Tell = Callable[[str], None]


class Runner:
    """One bot over one service.

    `tell` is given the sentences that an administrator is to read. `reminders`: seconds between looks for due ones.
    """

    def __init__(
        self, service: Service, configured: Configuration, tell: Tell, *, reminders: float = _REMINDERS
    ) -> None:
        self._service, self._configured, self._tell = service, configured, tell
        self._reminders = reminders
        self.records = service.records.telegram(configured.bot_id)
        self._inbox: Inbox | None = None
        secrets = [configured.token, configured.webhook_secret]
        keep_secret(*(secret for secret in secrets if secret))

    def wake(self) -> None:
        """An update has been stored."""
        if self._inbox is not None:
            self._inbox.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Raises `TokenError` where Telegram refuses the token."""
        settings = self._service.settings
        async with _shut_down(connection(settings, self._configured)) as bot:
            if not await _until(stop, self._connect(bot)):
                return
            limits = Limits(settings.telegram_person_limit, settings.telegram_chat_limit)
            with opened(Desk(self._service, self.records, bot, Sender(bot, self.records), limits)) as desk:
                async with application_of(desk) as application:
                    way = "webhook" if self._configured.webhook_url else "long polling"
                    self._tell(texts.running(bot.username, way))
                    await self._lead(desk, application, stop)

    async def _connect(self, bot: ExtBot[Any]) -> None:
        """Know the bot's name, and tell Telegram in which way updates are wanted, however long it takes."""
        told = ""
        for pause in pauses():
            try:
                await bot.initialize()
                if self._configured.webhook_url:
                    await bot.set_webhook(
                        self._configured.webhook_url,
                        secret_token=self._configured.webhook_secret,
                        allowed_updates=list(KINDS),
                        max_connections=_CONNECTIONS,
                    )
                else:
                    await bot.delete_webhook()
            except InvalidToken:
                raise TokenError(texts.BAD_TOKEN) from None
            except (NetworkError, RetryAfter) as error:
                why = reason(error) if isinstance(error, NetworkError) else "429"
                problem = texts.unreachable(self._service.settings.telegram_base_url, why)
                if problem != told:
                    self._tell(problem)
                    told = problem
                await asyncio.sleep(pause)
            else:
                return

    async def _lead(
        self, desk: Desk, application: Application[Any, Any, Any, Any, Any, Any], stop: asyncio.Event
    ) -> None:
        lead, told = self.records.lead(), False
        try:
            while not stop.is_set():
                if await kept(lead.take):
                    told = False
                    await self._work(desk, application, stop, lead.take)
                elif not told:
                    self._tell(texts.ONE_LEADS)
                    told = True
                if not stop.is_set():
                    await _pause(stop, _LEAD)
        finally:
            await asyncio.to_thread(lead.leave)

    async def _work(
        self,
        desk: Desk,
        application: Application[Any, Any, Any, Any, Any, Any],
        stop: asyncio.Event,
        leads: Callable[[], bool],
    ) -> None:
        """Deal with updates as long as this process leads."""
        inbox = self._inbox = Inbox(self.records, dealing(application, self.records, desk.sender))
        profile = asyncio.create_task(_profile(desk.bot))
        steps: list[Coroutine[Any, Any, None]] = [inbox.run(), send_reminders(desk, self._reminders)]
        steps.append(self._still(leads, stop))
        if self._configured.webhook_url is None:
            place = self._service.settings.telegram_base_url
            steps.append(poll(desk.bot, self.records, inbox.wake, self._tell, place))
        tasks = [asyncio.create_task(step) for step in steps]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._inbox = None
            for task in (*tasks, profile):
                task.cancel()
            await asyncio.gather(*tasks, profile, return_exceptions=True)
            await inbox.finish(_FINISH)
        for task in done:
            if not task.cancelled():
                task.result()

    async def _still(self, leads: Callable[[], bool], stop: asyncio.Event) -> None:
        """Ends when the bot is to stop, or another process leads."""
        while not await _pause(stop, _LEAD):
            if not await kept(leads):
                return


async def _profile(bot: ExtBot[Any]) -> None:
    """Commands and descriptions, as people see them; without them the bot works as well."""
    commands = [BotCommand(name, what) for name, what in texts.COMMANDS]
    await quietly(bot.set_my_commands(commands))
    await quietly(bot.set_my_short_description(texts.SHORT_DESCRIPTION))
    await quietly(bot.set_my_description(texts.DESCRIPTION))


async def _pause(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long, or until the bot is to stop; whether it is."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
    return stop.is_set()


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do something that may take long, unless the bot is to stop; whether it was done."""
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
        return False
    doing.result()
    return True


@asynccontextmanager
async def _shut_down(bot: ExtBot[Any]) -> AsyncIterator[ExtBot[Any]]:
    """The bot's connections are closed in the end, whether it ever got as far as being initialised."""
    try:
        yield bot
    finally:
        with contextlib.suppress(TelegramError, RuntimeError):
            await bot.shutdown()
        for request in bot._request:  # PTB closes them only where `initialize` came to its end
            with contextlib.suppress(TelegramError, RuntimeError):
                await request.shutdown()
