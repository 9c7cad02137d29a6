"""People and what they do: the side of the world that tests act from.

Everything that waits blocks its thread. Where the bot runs in the test's own event loop, wait in another thread:
`await asyncio.to_thread(chat.wait, 3)`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.telegram.botapi.keyboards import Button
from tests.telegram.botapi.methods.inline import InlineResult
from tests.telegram.botapi.model import Message, User
from tests.telegram.botapi.privacy import is_for_bot
from tests.telegram.botapi.texts import tidied
from tests.telegram.botapi.window import PATIENCE, Window
from tests.telegram.botapi.world import CallbackQuery, InlineQuery, World


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
