"""Everything the server knows, behind one lock; tests and server threads both look at it."""

from __future__ import annotations

import itertools
import mimetypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from tests.telegram.botapi.errors import bad_request, forbidden, migrated
from tests.telegram.botapi.model import Chat, Document, Message, User
from tests.telegram.botapi.updates import Updates, Webhook

T = TypeVar("T")

GROUPS_FROM = -1_001_000_000_000


@dataclass
class CallbackQuery:
    """A tap on an inline button, as the bot sees it, and what it answered."""

    id: str
    user: User
    message: Message
    data: str
    asked: float
    answer: dict[str, Any] | None = None


@dataclass
class InlineQuery:
    """What a person typed after the bot's name, and what it answered."""

    id: str
    user: User
    query: str
    asked: float
    answer: dict[str, Any] | None = None


@dataclass
class World:
    """The state of the stand-in. Hold `lock` to look at more than one thing; change it within `change`."""

    bot: User
    token: str
    privacy: bool = True
    """Group privacy: the bot sees only what is meant for it."""
    inline_feedback: bool = True
    """Whether chosen inline results are reported."""
    query_lifetime: float = 30.0
    """Seconds for which a callback or inline query can be answered."""
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Document] = field(default_factory=dict)
    """By file id."""
    callbacks: dict[str, CallbackQuery] = field(default_factory=dict)
    inlines: dict[str, InlineQuery] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    """By scope (as canonical JSON) and language code."""
    profile: dict[str, Any] = field(default_factory=dict)
    """Descriptions, name and menu button that the bot set, by the method that set them and the language or chat."""
    updates: Updates = field(default_factory=Updates)
    webhook: Webhook = field(default_factory=Webhook)

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.listeners: list[Callable[[], None]] = []
        self._changes = 0
        self._numbers = itertools.count(1)
        self.users[self.bot.id] = self.bot

    def number(self) -> int:
        """A number not given before, for ids."""
        return next(self._numbers)

    @contextmanager
    def change(self) -> Iterator[World]:
        """The lock for the time of a change; whoever waits looks again afterwards."""
        with self.lock:
            try:
                yield self
            finally:
                self.tell()

    def tell(self) -> None:
        with self.lock:
            self._changes += 1
            self.changed.notify_all()
            for listener in list(self.listeners):
                listener()

    def wait(self, look: Callable[[], T | None], timeout: float, what: str) -> T:
        """The first truthy thing that `look` finds.

        Raises:
            TimeoutError: after `timeout` seconds, naming what was waited for.
        """
        end = time.monotonic() + timeout
        while True:
            seen = self._changes
            # Without the lock, as a look may ask the server something.
            if found := look():
                return found
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{what}: not within {timeout:g} s")
            with self.lock:
                if seen == self._changes:
                    self.changed.wait(min(left, 0.5))

    def push(self, kind: str, content: dict[str, Any]) -> None:
        """An update for the bot."""
        with self.change():
            self.updates.add(kind, content)

    def store(self, name: str, mime: str, content: bytes) -> Document:
        """A file on the server."""
        number = self.number()
        suffix = PurePosixPath(name).suffix
        # Telegram believes the name before the declared type.
        mime = mimetypes.guess_type(name, strict=False)[0] or mime or "application/octet-stream"
        document = Document(
            f"BQACAgUAAx{number:08d}", f"AgAD{number:06d}", name, mime, content, f"documents/file_{number}{suffix}"
        )
        self.files[document.file_id] = document
        return document

    def chat_for_bot(self, given: Any) -> Chat:
        """The chat that a call names, when the bot may act in it.

        Raises:
            ApiError: 400 or 403, in Telegram's words.
        """
        if given in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self._find_chat(given)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.bot_status == "kicked":
            raise forbidden(
                "bot was blocked by the user" if chat.is_private else f"bot was kicked from the {chat.type} chat"
            )
        if chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def _find_chat(self, given: Any) -> Chat | None:
        if isinstance(given, str) and given.startswith("@"):
            return next((chat for chat in self.chats.values() if chat.username.lower() == given[1:].lower()), None)
        try:
            return self.chats.get(int(given))
        except ValueError:
            return None
