"""People, and the chats as they see them: the side of the world that tests act from.

Everything that waits blocks its thread. Where the bot runs in the test's own event loop, wait in another thread:
`await asyncio.to_thread(chat.wait, 3)`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.telegram.botapi.keyboards import Button
from tests.telegram.botapi.methods.chats import member_json
from tests.telegram.botapi.methods.inline import InlineResult
from tests.telegram.botapi.model import Chat, Message, User
from tests.telegram.botapi.privacy import is_for_bot
from tests.telegram.botapi.texts import tidied
from tests.telegram.botapi.transcript import Transcript, transcript
from tests.telegram.botapi.world import GROUPS_FROM, CallbackQuery, InlineQuery, World

PATIENCE = 10.0
"""Seconds that waiting lasts where a test says nothing else."""


class Window:
    """A chat as its people see it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Window) and other.chat is self.chat

    def __hash__(self) -> int:
        return hash(self.chat)

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """The visible messages, oldest first, service messages left out."""
        with self._world.lock:
            return [message for message in self.chat.visible() if not _is_notice(message)]

    @property
    def from_bot(self) -> list[Message]:
        """The bot's visible messages, oldest first."""
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Message:
        """The newest visible message."""
        return self.messages[-1]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard under the input field, row by row."""
        return self.chat.keyboard

    @property
    def actions(self) -> list[str]:
        """Every chat action that the bot showed ("typing"), oldest first."""
        return list(self.chat.actions)

    def answers_to(self, message: Message) -> list[Message]:
        """The bot's visible replies to a message, oldest first."""
        return [answer for answer in self.from_bot if answer.reply_to is message]

    def wait(self, wanted: int | Callable[[Window], Any], timeout: float = PATIENCE) -> Any:
        """Waits until the bot has so many visible messages here, or until `wanted(window)` is truthy; gives these.

        Raises:
            TimeoutError: showing what was there instead.
        """

        def look() -> Any:
            if callable(wanted):
                return wanted(self)
            return found if len(found := self.from_bot) >= wanted else None

        what = "what the test waits for" if callable(wanted) else f"{wanted} messages of the bot's"
        try:
            return self._world.wait(look, timeout, what)
        except TimeoutError as error:
            shown = "\n".join(f"  {message!r}" for message in self.messages[-10:])
            raise TimeoutError(f"{error}; in {self.chat.name} stands\n{shown or '  nothing'}") from None

    def wait_for_answer(self, to: Message, timeout: float = PATIENCE) -> Message:
        """The bot's first message after `to`: its first reply to it, or else the first message later than it."""

        def look(window: Window) -> Message | None:
            later = [message for message in window.from_bot if message.id > to.id]
            return next((message for message in later if message.reply_to is to), later[0] if later else None)

        answer: Message = self.wait(look, timeout)
        return answer

    def wait_for_edit(self, message: Message, versions: int = 2, timeout: float = PATIENCE) -> Message:
        """The message, once its text has had so many versions."""
        self.wait(lambda _: len(message.versions) >= versions, timeout)
        return message

    def transcript(self) -> Transcript:
        """The chat as a structure to draw: bubbles with runs of styles, quotes, buttons."""
        with self._world.lock:
            return transcript(self.chat)

    # What changes in groups.

    def topic(self, name: str, by: Person | None = None) -> int:
        """Opens a topic of a forum; its thread id."""
        if not self.chat.forum:
            raise ValueError(f"{self.chat.name} is no forum")
        with self._world.change():
            opener = by.user if by else next(iter(self.chat.members.values()))[0]
            service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            message = self.chat.add(opener, service=service)
            message.thread_id = message.id
            self.chat.topics[message.id] = message
            self._world.push("message", message.as_json())
            return message.id

    def migrates(self) -> Window:
        """A basic group becomes a supergroup: the new one. Calls about the old id get `migrate_to_chat_id`."""
        if self.chat.type != "group":
            raise ValueError("only a basic group becomes a supergroup")
        with self._world.change():
            old = self.chat
            new = Chat(
                GROUPS_FROM - self._world.number(),
                "supergroup",
                old.bot,
                title=old.title,
                members=old.members,
                bot_status=old.bot_status,
            )
            self._world.chats[new.id] = new
            someone = next(iter(old.members.values()))[0]
            there = old.add(someone, service={"migrate_to_chat_id": new.id})
            here = new.add(someone, service={"migrate_from_chat_id": old.id})
            self._world.push("message", there.as_json())
            self._world.push("message", here.as_json())
            old.migrated_to = new.id
            return Window(self._world, new)

    def sets_bot(self, status: str, by: Person) -> None:
        """The bot's standing in the chat changes: member, administrator, left, kicked."""
        with self._world.change():
            before, self.chat.bot_status = self.chat.bot_status, status
            self._world.push(
                "my_chat_member",
                {
                    "chat": self.chat.as_json(),
                    "from": by.user.as_json(),
                    "date": int(time.time()),
                    "old_chat_member": member_json(self._world.bot, before),
                    "new_chat_member": member_json(self._world.bot, status),
                },
            )


class Tap:
    """A tap on an inline button, and what the bot answers to it."""

    def __init__(self, world: World, query: CallbackQuery) -> None:
        self._world = world
        self.query = query

    @property
    def answered(self) -> bool:
        return self.query.answer is not None

    def answer(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """What the bot answered: text (empty: the button just stops turning), show_alert, url, cache_time."""
        return self._world.wait(lambda: self.query.answer, timeout, f"an answer to the tap with {self.query.data!r}")

    def expires(self) -> None:
        """The bot can no longer answer it."""
        self.query.asked = float("-inf")


class InlineAnswer:
    """The bot's answer to an inline query."""

    def __init__(self, query: InlineQuery) -> None:
        answer = query.answer or {}
        self.query = query
        self.results: list[InlineResult] = answer["results"]
        self.cache_time: int = answer["cache_time"]
        self.is_personal: bool = answer["is_personal"]
        self.next_offset: str = answer["next_offset"]
        self.button: dict[str, Any] | None = answer["button"]


class Person:
    """Somebody with Telegram on the telephone."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.user = user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    def says(
        self,
        where: Window,
        text: str,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        ago: float = 0,
    ) -> Message:
        """Writes a message (as `ago` seconds before now); the bot gets it as privacy allows."""
        visible, entities = tidied(text, [])
        thread = thread or (reply_to.thread_id if reply_to else None)
        return self._posts(where, ago, text=visible, entities=entities, reply_to=reply_to, thread_id=thread)

    def presses(self, where: Window, label: str) -> Message:
        """Presses a key of the reply keyboard, which writes its label."""
        labels = [key for row in where.keyboard for key in row]
        if label not in labels:
            raise LookupError(f"no key {label!r} under {where.chat.name}; there are {labels}")
        return self.says(where, label)

    def starts(self, where: Window, parameter: str = "") -> Message:
        """The start button, or a link t.me/bot?start=…; undoes a block."""
        if where.chat.bot_status == "kicked":
            where.sets_bot("member", self)
        return self.says(where, f"/start {parameter}".strip())

    def sends_document(self, where: Window, name: str, content: bytes, *, mime: str = "", caption: str = "") -> Message:
        with self._world.change():
            document = self._world.store(name, mime, content)
            text, entities = tidied(caption, []) if caption else ("", [])
            return self._posts(where, 0, text=text, entities=entities, document=document)

    def sends_sticker(self, where: Window) -> Message:
        """A message that has no text at all."""
        sticker = {
            "file_id": "CAACAgUAAx", "file_unique_id": "AgADsticker", "type": "regular", "width": 512, "height": 512,
            "is_animated": False, "is_video": False, "emoji": "👍",
        }  # fmt: skip
        return self._posts(where, 0, service={"sticker": sticker})

    def _posts(self, where: Window, ago: float, **content: Any) -> Message:
        if not where.chat.is_private and self.id not in where.chat.members:
            raise ValueError(f"{self.name} is not in {where.chat.name}")
        with self._world.change():
            message = where.chat.add(self.user, date=int(time.time() - ago), **content)
            self._tell_bot("message", message)
            return message

    def _tell_bot(self, kind: str, message: Message) -> None:
        if is_for_bot(self._world, message):
            self._world.push(kind, message.as_json())

    def edits(self, message: Message, text: str) -> Message:
        """Changes the words of an own message."""
        if message.sender is not self.user:
            raise ValueError(f"{self.name} cannot edit a message of {message.sender.name}")
        with self._world.change():
            message.text, message.entities = tidied(text, [])
            message.versions.append(message.text)
            message.edit_date = int(time.time())
            self._tell_bot("edited_message", message)
            return message

    def deletes(self, message: Message) -> None:
        """Takes a message away for all; the bot is not told."""
        with self._world.change():
            message.deleted = True

    def taps(self, message: Message, button: str | Callable[[Button], bool]) -> Tap:
        """Taps an inline button, named by its label or chosen by a predicate; the bot gets a callback query.

        Raises:
            LookupError: when there is no such button, or it is of the kind that the bot learns nothing of.
        """
        chosen = find_button(message, button)
        if chosen.data is None:
            raise LookupError(f"the button {chosen.text!r} is a {chosen.action}: tapping it tells the bot nothing")
        with self._world.change():
            query = CallbackQuery(
                str(5 * 10**17 + self._world.number()), self.user, message, chosen.data, time.monotonic()
            )
            self._world.callbacks[query.id] = query
            where = {"inline_message_id": message.inline_id} if message.inline_id else {"message": message.as_json()}
            content = {
                "id": query.id,
                "from": self.user.as_json(),
                "chat_instance": str(message.chat.id),
                "data": chosen.data,
            }
            self._world.push("callback_query", content | where)
            return Tap(self._world, query)

    def copies(self, message: Message, button: str | Callable[[Button], bool]) -> str:
        """What a copy button puts into the clipboard."""
        chosen = find_button(message, button)
        if chosen.copies is None:
            raise LookupError(f"the button {chosen.text!r} copies nothing")
        return chosen.copies

    def types_inline(
        self, query: str, *, offset: str = "", where: Window | None = None, timeout: float = PATIENCE
    ) -> InlineAnswer:
        """Types `@bot query` in any chat and waits for what the bot offers."""
        asked = self.starts_typing(query, offset=offset, where=where)
        self._world.wait(lambda: asked.answer, timeout, f"an answer to the inline query {query!r}")
        return InlineAnswer(asked)

    def starts_typing(self, query: str, *, offset: str = "", where: Window | None = None) -> InlineQuery:
        """The same without waiting."""
        with self._world.change():
            asked = InlineQuery(str(6 * 10**17 + self._world.number()), self.user, query, time.monotonic())
            self._world.inlines[asked.id] = asked
            content = {"id": asked.id, "from": self.user.as_json(), "query": query, "offset": offset}
            self._world.push("inline_query", content | ({"chat_type": where.chat.type} if where else {}))
            return asked

    def chooses(self, result: InlineResult, where: Window, query: str = "") -> Message:
        """Picks an offered result: its message appears in the chat, in the person's name, "via" the bot."""
        with self._world.change():
            inline_id = f"AgAAAinline{self._world.number():06d}" if result.markup else None
            message = where.chat.add(
                self.user,
                text=result.text,
                entities=list(result.entities),
                markup=result.markup,
                via_bot=self._world.bot,
                inline_id=inline_id,
            )
            if inline_id:
                self._world.inline_messages[inline_id] = message
            self._tell_bot("message", message)
            if self._world.inline_feedback:
                chosen = {"result_id": result.id, "from": self.user.as_json(), "query": query}
                self._world.push(
                    "chosen_inline_result", chosen | ({"inline_message_id": inline_id} if inline_id else {})
                )
            return message

    def blocks(self, where: Window) -> None:
        """Blocks the bot in the private chat: it can send nothing more there."""
        where.sets_bot("kicked", self)

    def unblocks(self, where: Window) -> None:
        where.sets_bot("member", self)


def find_button(message: Message, wanted: str | Callable[[Button], bool]) -> Button:
    """The inline button with a label, or the first that a predicate likes.

    Raises:
        LookupError: naming the buttons that there are.
    """
    if message.deleted:
        raise LookupError(f"{message!r} is deleted")
    fits = (lambda button: button.text == wanted) if isinstance(wanted, str) else wanted
    found = next((button for button in message.buttons if fits(button)), None)
    if found is None:
        raise LookupError(f"no button {wanted!r} under {message!r}; there are {message.labels}")
    return found


def _is_notice(message: Message) -> bool:
    return bool(message.service) and "sticker" not in message.service
