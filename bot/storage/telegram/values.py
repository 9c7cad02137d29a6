"""What callers are given of the bot's records: immutable values, free of the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SendState = Literal["planned", "sending", "sent", "given_up"]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Arrived(_Value):
    """An update as Telegram gave it, not dealt with yet."""

    update_id: int
    lane: str = Field(description="What is dealt with one after the other: a chat, or a person's inline queries")
    person: str | None = Field(description='The channel\'s identity, "telegram:<user id>"; None where nobody is named')
    payload: dict[str, Any]


class Waiting(_Value):
    """A stored update that is to be dealt with."""

    update_id: int
    lane: str
    payload: dict[str, Any]
    received_at: datetime


class Planned(_Value):
    """A message that is to be sent."""

    payload: dict[str, Any]
    chat_id: int
    about: int | None = Field(default=None, description="Id of the message with the question")
    turn_id: str | None = None


class Send(_Value):
    """A message on its way, or sent."""

    id: int
    chat_id: int
    about: int | None
    turn_id: str | None
    payload: dict[str, Any]
    state: SendState
    uncertain: int = Field(description="Attempts of which nobody knows whether Telegram accepted them")
    message_id: int | None = Field(description="As Telegram numbered it")


class ChatSettings(_Value):
    """What a chat has chosen."""

    document_id: str | None = Field(default=None, description="Directive that questions are about; None is all")
    only_admins: bool = Field(default=False, description="Only administrators choose the directive")
    suggestions: bool = True
    hour: int = Field(default=8, ge=0, le=23, description="Hour of reminders, in Viet Nam")
    declined_at: datetime | None = Field(default=None, description="When late questions were last declined")


class Reminder(_Value):
    """A message to be sent before a duty is due."""

    id: int
    chat_id: int
    document_id: str
    duty: str = Field(description="Key of the duty, `bot.telegram.duties.key_of`")
    due: str = Field(description="ISO date")
    days_before: int
    remind_at: datetime
