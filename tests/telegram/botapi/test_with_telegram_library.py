"""A real python-telegram-bot application against the stand-in: it parses every answer as the library expects it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from tests.telegram.botapi import (
    BotApi,
    Person,
    Window,
    chat_migrated,
    drop_after,
    drop_before,
    flood,
    server_error,
)

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, Any]]


@pytest.fixture(autouse=True)
def _no_deprecated_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the library warns in every RetryAfter that it raises."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@asynccontextmanager
async def opened(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=api.base_url, base_file_url=api.file_url) as bot:
        yield bot


@asynccontextmanager
async def running(api: BotApi, **handlers: Handler) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    application = (
        Application.builder()
        .token(api.token)
        .base_url(api.base_url)
        .base_file_url(api.file_url)
        .concurrent_updates(True)
        .build()
    )
    kinds = {"callback": CallbackQueryHandler, "inline": InlineQueryHandler}
    for name, handler in handlers.items():
        application.add_handler(kinds[name](handler) if name in kinds else MessageHandler(filters.TEXT, handler))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(timeout=5)
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message
    await update.effective_message.reply_html(f"<b>{update.effective_message.text_html}</b>", do_quote=True)


def test_a_conversation(api: BotApi, anna: Person, chat: Window) -> None:
    async def turn(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer("Được")
        await update.callback_query.edit_message_text("trang 2")

    async def offer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.inline_query
        content = InputTextMessageContent("<i>Đáp</i>", parse_mode=ParseMode.HTML)
        await update.inline_query.answer([InlineQueryResultArticle("1", "Đáp", content)], is_personal=True)

    async def main() -> None:
        async with running(api, text=echo, callback=turn, inline=offer) as application:
            answers = [
                await asyncio.to_thread(chat.wait_for_answer, anna.says(chat, text)) for text in ("một", "a < b")
            ]
            assert [answer.text for answer in answers] == ["một", "a < b"]
            keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Sau", callback_data="2"))
            sent = await application.bot.send_message(chat.id, "trang 1", reply_markup=keyboard)
            tap = anna.taps(chat.last, "Sau")
            assert (await asyncio.to_thread(tap.answer))["text"] == "Được"
            assert (await asyncio.to_thread(chat.wait_for_edit, chat.last)).text == "trang 2"
            assert chat.last.id == sent.message_id
            offered = await asyncio.to_thread(anna.types_inline, "gì")
            assert anna.chooses(offered.results[0], chat).html == "<i>Đáp</i>"
            await asyncio.to_thread(api.idle)

    asyncio.run(main())
    assert api.updates_pending == 0
    assert {call.outcome for call in api.calls("sendMessage")} == {"ok"}


def test_the_library_parses_what_methods_answer(api: BotApi, anna: Person, chat: Window) -> None:
    group = api.group("Phòng", members=[api.user("Bình")], admins=[anna], forum=True, bot="administrator")
    thread = group.topic("Chủ đề")

    async def main() -> None:
        async with opened(api) as bot:
            assert bot.username == "danvan_bot"
            assert bot.supports_inline_queries
            question = anna.says(chat, "Hỏi")
            buttons = [
                InlineKeyboardButton("Chép", copy_text=CopyTextButton("x")),
                InlineKeyboardButton("Mở", url="https://vd.vn"),
            ]
            message = await bot.send_message(
                chat.id,
                '<b>Đ</b> <a href="https://vd.vn">x</a> <blockquote expandable>q</blockquote>',
                parse_mode=ParseMode.HTML,
                reply_markup=InlineKeyboardMarkup([buttons]),
                reply_parameters=ReplyParameters(question.id),
            )
            assert message.text_html == chat.last.html
            assert message.reply_to_message
            assert message.reply_markup
            assert await bot.send_chat_action(chat.id, ChatAction.TYPING)
            topical = await bot.send_message(group.id, "x", message_thread_id=thread)
            assert topical.is_topic_message
            sent = await bot.send_document(chat.id, io.BytesIO(b"abc"), filename="Việc.ics", caption="Tệp")
            assert sent.document
            assert sent.document.file_name == "Việc.ics"
            file = await sent.document.get_file()
            assert await file.download_as_bytearray() == b"abc"
            commands = [BotCommand("hoi", "Hỏi")]
            assert await bot.set_my_commands(commands, BotCommandScopeAllGroupChats(), "vi")
            assert list(await bot.get_my_commands(BotCommandScopeAllGroupChats(), "vi")) == commands
            assert (await bot.get_chat(group.id)).is_forum
            assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [anna.id, bot.id]
            assert (await bot.get_chat_member(group.id, anna.id)).status == "creator"
            assert await bot.set_webhook("http://127.0.0.1:9/x", secret_token="s")
            assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/x"
            assert await bot.delete_webhook()
            assert await bot.set_my_description("x")
            assert await bot.set_chat_menu_button()
            assert await bot.delete_message(chat.id, sent.message_id)
            for update in await bot.get_updates(timeout=0):
                assert update.effective_message

    asyncio.run(main())


def test_the_library_raises_what_it_raises_at_telegram(api: BotApi, anna: Person, chat: Window) -> None:
    async def main() -> None:
        async with opened(api) as bot:
            for fault, error in [
                (flood(2), RetryAfter),
                (server_error(500), NetworkError),
                (server_error(502), NetworkError),
                (drop_before(), NetworkError),
                (drop_after(), NetworkError),
                (chat_migrated(-1), ChatMigrated),
            ]:
                api.fail("sendMessage", fault)
                with pytest.raises(error):
                    await bot.send_message(chat.id, "x")
            with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
                await bot.send_message(chat.id, "a < b", parse_mode=ParseMode.HTML)
            anna.blocks(chat)
            with pytest.raises(Forbidden, match="blocked"):
                await bot.send_message(chat.id, "x")
            await bot.set_webhook("http://127.0.0.1:9/x")
            with pytest.raises(Conflict):
                await bot.get_updates(timeout=0)
        with pytest.raises(InvalidToken):
            async with Bot("1:abc", base_url=api.base_url):
                pass

    asyncio.run(main())
    assert len(chat.from_bot) == 1, "of the drops only the one after acceptance left a message"


def test_a_poller_outlives_an_outage(api: BotApi, anna: Person, chat: Window) -> None:
    async def main() -> None:
        async with running(api, text=echo):
            assert await asyncio.to_thread(chat.wait_for_answer, anna.says(chat, "một"))
            await asyncio.to_thread(api.stop)
            question = anna.says(chat, "hai")
            await asyncio.to_thread(api.start)
            assert (await asyncio.to_thread(chat.wait_for_answer, question, 20)).text == "hai"

    asyncio.run(main())


def test_a_hundred_people_at_once(api: BotApi) -> None:
    people = [api.user(f"Người {number}") for number in range(100)]
    chats = [api.private(person) for person in people]

    async def main() -> None:
        async with running(api, text=echo):
            for person, chat in zip(people, chats, strict=True):
                person.says(chat, f"Câu của {person.name}")
            await asyncio.to_thread(api.wait, lambda: all(chat.from_bot for chat in chats), 30, "a hundred answers")

    asyncio.run(main())
    assert [[message.text for message in chat.from_bot] for chat in chats] == [
        [f"Câu của {person.name}"] for person in people
    ]
