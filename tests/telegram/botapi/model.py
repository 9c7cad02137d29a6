"""What exists on the server: users, chats, messages, files. Plain data; the rules stand in `methods` and `people`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.botapi.entities import Entity
from tests.telegram.botapi.formatting import to_html
from tests.telegram.botapi.keyboards import Button, Markup, is_inline, rows_of


@dataclass(eq=False)
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "vi"
    is_bot: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": "" if self.is_bot else self.language_code,
        }
        return data | {name: value for name, value in optional.items() if value}


@dataclass(frozen=True)
class Document:
    """A stored file, as sent."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    content: bytes
    path: str

    def as_json(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime,
            "file_size": len(self.content),
        }


@dataclass(eq=False)
class Message:
    """A message as it now stands in a chat; edits change it in place."""

    chat: Chat
    id: int
    sender: User
    date: int
    text: str = ""
    """The visible text, or the visible caption of a document."""
    entities: list[Entity] = field(default_factory=list)
    markup: Markup | None = None
    document: Document | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    edit_date: int | None = None
    via_bot: User | None = None
    inline_id: str | None = None
    service: dict[str, Any] = field(default_factory=dict)
    """Fields of a service message, or of media that only the type matters of."""
    deleted: bool = False
    versions: list[str] = field(default_factory=list)
    """Every visible text that it had, oldest first, the present one last."""

    @property
    def from_bot(self) -> bool:
        """Whether the bot under test wrote it (in its own name, not via inline mode)."""
        return self.sender is self.chat.bot

    @property
    def edited(self) -> bool:
        return self.edit_date is not None

    @property
    def html(self) -> str:
        """The text written back as Telegram HTML."""
        return to_html(self.text, self.entities)

    @property
    def rows(self) -> list[list[Button]]:
        """The inline buttons, row by row."""
        return rows_of(self.markup)

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.text for button in self.buttons]

    def as_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        data: dict[str, Any] = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.as_json(),
            "from": self.sender.as_json(),
        }
        if self.thread_id is not None:
            data |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if with_reply and (replied := self.reply_to or self.chat.topic_root(self)):
            data["reply_to_message"] = replied.as_json(with_reply=False)
        if self.edit_date is not None:
            data["edit_date"] = self.edit_date
        if self.via_bot is not None:
            data["via_bot"] = self.via_bot.as_json()
        if self.document is not None:
            data["document"] = self.document.as_json()
        prefix, text = ("caption_", "caption") if self.document is not None else ("", "text")
        if self.text:
            data[text] = self.text
        if self.entities:
            data[f"{prefix}entities"] = [entity.as_json() for entity in self.entities]
        if is_inline(self.markup):
            data["reply_markup"] = self.markup
        return data | self.service

    def __repr__(self) -> str:
        return f"<Message {self.id} of {self.sender.name} in {self.chat.name}: {self.text!r}>"


@dataclass(eq=False)
class Chat:
    """A conversation: `type` is private, group or supergroup."""

    id: int
    type: str
    bot: User
    title: str = ""
    person: User | None = None
    username: str = ""
    forum: bool = False
    members: dict[int, tuple[User, str]] = field(default_factory=dict)
    """By user id, with the status: creator, administrator, member."""
    bot_status: str = "member"
    """Of the bot under test: member, administrator, left, kicked (which, in a private chat, means blocked)."""
    topics: dict[int, Message] = field(default_factory=dict)
    """By thread id, the service message that opened it."""
    keyboard: list[list[str]] = field(default_factory=list)
    """The labels of the reply keyboard that is shown."""
    actions: list[str] = field(default_factory=list)
    """Every chat action that the bot showed ("typing"), oldest first."""
    migrated_to: int | None = None
    next_id: int = 1
    everything: dict[int, Message] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.title

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def visible(self) -> Iterator[Message]:
        return (message for message in list(self.everything.values()) if not message.deleted)

    def get(self, message_id: int) -> Message | None:
        message = self.everything.get(message_id)
        return message if message and not message.deleted else None

    def add(self, sender: User, *, date: int | None = None, **fields: Any) -> Message:
        """A new message with the next id."""
        message = Message(self, self.next_id, sender, int(time.time()) if date is None else date, **fields)
        message.versions.append(message.text)
        self.everything[message.id] = message
        self.next_id += 1
        return message

    def topic_root(self, message: Message) -> Message | None:
        """What the Bot API gives as replied to when a message in a topic replies to nothing: the topic's opening."""
        root = self.topics.get(message.thread_id or 0)
        return root if root is not message else None

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.person:
            names = {
                "first_name": self.person.first_name,
                "last_name": self.person.last_name,
                "username": self.person.username,
            }
        else:
            names = {"title": self.title, "username": self.username}
        return (
            data | {name: value for name, value in names.items() if value} | ({"is_forum": True} if self.forum else {})
        )
