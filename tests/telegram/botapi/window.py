"""A chat as its people see it, and what changes in groups.

Everything that waits blocks its thread. Where the bot runs in the test's own event loop, wait in another thread:
`await asyncio.to_thread(chat.wait, 3)`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.telegram.botapi.methods.chats import member_json
from tests.telegram.botapi.model import Chat, Message
from tests.telegram.botapi.transcript import Transcript, transcript
from tests.telegram.botapi.world import GROUPS_FROM, World

if TYPE_CHECKING:
    from tests.telegram.botapi.people import Person

PATIENCE = 10.0
"""Seconds that waiting lasts where a test says nothing else."""


class Window:
    """A chat as its people see it; equal to another window on the same chat."""

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


def _is_notice(message: Message) -> bool:
    return bool(message.service) and "sticker" not in message.service
