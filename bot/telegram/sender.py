"""Sending what is planned: once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Sequence
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.storage.telegram.records import TelegramRecords
from bot.storage.telegram.values import Send
from bot.telegram import texts
from bot.telegram.limiter import Notes
from bot.telegram.outgoing import Keyboard
from bot.telegram.patience import is_uncertain, kept, pauses

_LOG = logging.getLogger(__name__)
# Attempts of which nobody knows whether they were accepted: with a second one there is at most one duplicate.
_MOST_UNCERTAIN = 2
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
MENU = ReplyKeyboardMarkup(
    [[KeyboardButton(texts.ASK), KeyboardButton(texts.DUTIES), KeyboardButton(texts.CONTENTS)]],
    resize_keyboard=True,
    is_persistent=True,
    input_field_placeholder=texts.WAITING,
)


class Sender:
    """Sends the messages of a job in order, and keeps how far it came."""

    def __init__(self, bot: ExtBot[Any], records: TelegramRecords) -> None:
        self._bot, self._records = bot, records

    async def deliver(self, sends: Sequence[Send]) -> None:
        """Send what is not sent yet; returns when all of it is accepted or given up."""
        for one in sends:
            if one.state in ("planned", "sending"):
                await self._deliver(one)

    async def _deliver(self, send: Send) -> None:
        again = pauses()
        uncertain, chat_id, payload = send.uncertain, send.chat_id, dict(send.payload)
        repeatable = payload["kind"] in ("edit", "delete")

        async def begin() -> None:
            await kept(self._records.begin, send.id)

        async def refused() -> None:
            await kept(self._records.refused, send.id)

        while repeatable or uncertain < _MOST_UNCERTAIN:
            try:
                message_id = await self._request(chat_id, payload, Notes(begin, refused))
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except Forbidden:
                _LOG.info("a chat does not take messages any more")
                break
            except ChatMigrated as error:
                await refused()
                await kept(self._records.move_chat, chat_id, error.new_chat_id)
                chat_id = error.new_chat_id
            except BadRequest as error:
                await refused()
                if _is_there_already(error):
                    await kept(self._records.sent, send.id, payload.get("message_id"))
                    return
                changed = _mended(payload, error)
                if changed is None:
                    _LOG.warning("Telegram refused a %s: %s", payload["kind"], error.message)
                    break
                payload = changed
            except InvalidToken:
                await refused()
                _LOG.error("%s", texts.BAD_TOKEN)
                await asyncio.sleep(next(again))
            except NetworkError as error:
                if is_uncertain(error):
                    uncertain += 1
                    await self._connected()
                else:
                    await refused()
                    await asyncio.sleep(next(again))
            else:
                await kept(self._records.sent, send.id, message_id)
                return
        await kept(self._records.give_up, send.id)

    async def _connected(self) -> None:
        """Wait until Telegram answers, so that the next attempt is not uncertain for the same reason."""
        for pause in pauses():
            await asyncio.sleep(pause)
            try:
                await self._bot.get_me()
            except (NetworkError, RetryAfter, InvalidToken):
                continue
            return

    async def _request(self, chat_id: int, payload: dict[str, Any], notes: Notes) -> int | None:
        common: dict[str, Any] = {"chat_id": chat_id, "rate_limit_args": notes}
        if payload["kind"] == "delete":
            await self._bot.delete_message(message_id=payload["message_id"], **common)
            return None
        plain = payload.get("as_plain", False)
        text: dict[str, Any] = {
            "text": payload.get("plain" if plain else "html"),
            "parse_mode": None if plain else ParseMode.HTML,
            "link_preview_options": NO_PREVIEW,
        }
        markup = inline(payload.get("keyboard") or ())
        if payload["kind"] == "edit":
            await self._bot.edit_message_text(message_id=payload["message_id"], reply_markup=markup, **text, **common)
            return int(payload["message_id"])
        reply_to = payload.get("reply_to")
        common["reply_parameters"] = (
            ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to is not None else None
        )
        common["message_thread_id"] = payload.get("thread")
        if payload["kind"] == "document":
            content = base64.b64decode(payload["content"])
            sent = await self._bot.send_document(
                document=content, filename=payload["name"], caption=payload["caption"], **common
            )
        else:
            chosen = MENU if payload.get("menu") and markup is None else markup
            sent = await self._bot.send_message(reply_markup=chosen, **text, **common)
        return sent.message_id


def inline(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    rows = [[_button(label, data) for label, data in row] for row in keyboard if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(label: str, data: str) -> InlineKeyboardButton:
    """What begins with http is an address."""
    if data.startswith("http"):
        return InlineKeyboardButton(label, url=data)
    return InlineKeyboardButton(label, callback_data=data)


def _mended(payload: dict[str, Any], error: BadRequest) -> dict[str, Any] | None:
    """The same message in another form where Telegram refuses this one; None where there is none."""
    said = error.message.lower()
    if "parse entities" in said and not payload.get("as_plain"):
        return payload | {"as_plain": True}
    if ("thread not found" in said or "topic" in said) and payload.get("thread") is not None:
        return payload | {"thread": None}
    if "button" in said and payload.get("keyboard"):
        return payload | {"keyboard": []}
    return None


def _is_there_already(error: BadRequest) -> bool:
    said = error.message.lower()
    return "not modified" in said or "message to delete not found" in said


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return (after if isinstance(after, int | float) else after.total_seconds()) + 0.1
