"""Talk: one update of a chat, with the ways to answer it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import CallbackQuery, Chat, Message, Update
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.storage.telegram.values import ChatSettings, Planned
from bot.telegram.desk import Desk
from bot.telegram.markup import Message as Styled
from bot.telegram.markup import Piece, split, to_html
from bot.telegram.outgoing import Keyboard, Place, document_to, messages_to
from bot.telegram.patience import kept, pauses, quietly
from bot.telegram.sender import NO_PREVIEW, inline


@dataclass(frozen=True, slots=True)
class Talk:
    """A message, an edited message or a tapped button, and whose it is.

    `message_id`: of the message that is answered; of a tap, the message with the button.
    """

    desk: Desk
    job: str
    chat: Chat
    user_id: int
    message_id: int
    thread: int | None = None
    tap: CallbackQuery | None = None
    message: Message | None = None
    as_answer: bool = True

    @property
    def person(self) -> str:
        """The identity for `Records`."""
        return f"telegram:{self.user_id}"

    @property
    def conversation(self) -> str:
        """One for each chat topic; it is also each person's own."""
        return f"telegram:{self.chat.id}:{self.thread or 0}"

    @property
    def is_private(self) -> bool:
        """Whether the person is alone with the bot."""
        return self.chat.type == ChatType.PRIVATE

    @property
    def owner(self) -> str | None:
        """Whose chat it is: the person's, or nobody's where it is a group."""
        return self.person if self.is_private else None

    @property
    def place(self) -> Place:
        """Where answers go: under the message that they answer; those to a tap just into the chat."""
        return Place(self.chat.id, self.thread, self.message_id if self.as_answer and not self.tap else None)

    async def settings(self) -> ChatSettings:
        """What the chat has chosen."""
        return await kept(self.desk.records.chat, self.chat.id)

    async def say(
        self, messages: Sequence[Styled], keyboard: Keyboard = (), *, turn: str | None = None, menu: bool = False
    ) -> None:
        """Send messages, once."""
        await self.send(messages_to(self.place, messages, keyboard, turn=turn, menu=menu))

    def messages(self, messages: Sequence[Styled], keyboard: Keyboard = (), *, menu: bool = False) -> list[Planned]:
        """Messages to be sent together with others."""
        return messages_to(self.place, messages, keyboard, menu=menu)

    async def tell(self, text: str, keyboard: Keyboard = (), *, menu: bool = False) -> None:
        """Send a plain sentence, once."""
        await self.say(split((Piece(text),)), keyboard, menu=menu)

    async def file(self, name: str, content: bytes, caption: str) -> None:
        """Send a file, once."""
        await self.send([document_to(self.place, name, content, caption)])

    async def send(self, planned: Sequence[Planned]) -> None:
        """Keep what is to be sent, then send it."""
        sends = await kept(self.desk.records.plan, self.job, self.person, planned)
        await self.desk.sender.deliver(sends)

    async def show(self, message: Styled, keyboard: Keyboard = ()) -> None:
        """Show something in the place of the tapped message; after a command, as a new message."""
        if self.tap is None:
            await self.say([message], keyboard)
            return
        again = pauses()
        for _ in range(6):
            try:
                await self.desk.bot.edit_message_text(
                    to_html(message),
                    self.chat.id,
                    self.message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=inline(keyboard),
                    link_preview_options=NO_PREVIEW,
                )
            except BadRequest as error:
                if "not modified" not in error.message.lower():
                    await self.say([message], keyboard)
                return
            except Forbidden:
                return
            except NetworkError:  # an edit may be repeated, whether it was accepted or not
                await asyncio.sleep(next(again))
            else:
                return

    async def buttons(self, keyboard: Keyboard) -> None:
        """Other buttons under the tapped message; where that cannot be, the old ones stay."""
        await quietly(
            self.desk.bot.edit_message_reply_markup(self.chat.id, self.message_id, reply_markup=inline(keyboard))
        )

    async def toast(self, text: str | None = None, *, alert: bool = False) -> None:
        """Let the tapped button come to rest, with a short sentence or none."""
        if self.tap is not None:
            await quietly(self.desk.bot.answer_callback_query(self.tap.id, text=text, show_alert=alert))

    async def is_admin(self) -> bool:
        """Whether the person may decide for the chat; where Telegram does not say so, not."""
        if self.is_private:
            return True
        if self.message is not None and self.message.sender_chat is not None:
            return self.message.sender_chat.id == self.chat.id  # an administrator who stays anonymous
        try:
            member = await self.desk.bot.get_chat_member(self.chat.id, self.user_id)
        except (NetworkError, Forbidden):
            return False
        return member.status in (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)

    def without_tap(self) -> Talk:
        """The same as if a command had been typed: what is shown comes as a new message."""
        return replace(self, tap=None, as_answer=False)


def talk_of(desk: Desk, update: Update) -> Talk | None:
    """The talk of an update; None where nobody is named, or no chat."""
    job = f"u{update.update_id}"
    tap = update.callback_query
    if tap is not None:
        if tap.message is None:
            return None
        thread = (
            tap.message.message_thread_id if isinstance(tap.message, Message) and tap.message.is_topic_message else None
        )
        return Talk(desk, job, tap.message.chat, tap.from_user.id, tap.message.message_id, thread, tap)
    message = update.message or update.edited_message
    if message is None:
        return None
    user = message.from_user or message.sender_chat
    if user is None:
        return None
    return Talk(desk, job, message.chat, user.id, message.message_id, _thread(message), message=message)


def _thread(message: object) -> int | None:
    """The topic that a message stands in."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
