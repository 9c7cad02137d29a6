"""The bot's tables. `bot` is the bot's own id: two bots may share a database. A change needs a revision."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import PlainText, RowNumber, UtcTime
from bot.storage.tables import Table


class UpdateRow(Table):
    """An update; once it is dealt with only its number is left, by which a second delivery is known."""

    __tablename__ = "telegram_updates"
    __table_args__ = (UniqueConstraint("bot", "update_id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    bot: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    waiting: Mapped[bool] = mapped_column(index=True)
    lane: Mapped[str | None] = mapped_column(String(64))
    person: Mapped[str | None] = mapped_column(String(64), index=True, doc="Keyed hash")
    payload: Mapped[str | None] = mapped_column(Text, doc="JSON")


class SendRow(Table):
    """A message: planned before it is sent, so that it is sent whatever happens, and not twice."""

    __tablename__ = "telegram_sends"
    __table_args__ = (
        UniqueConstraint("bot", "job", "ordinal"),
        Index("ix_telegram_sends_about", "bot", "chat_id", "about"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    bot: Mapped[int] = mapped_column(BigInteger)
    job: Mapped[str] = mapped_column(String(64), doc="What it is for: an update or a reminder")
    ordinal: Mapped[int]
    person: Mapped[str | None] = mapped_column(String(64), index=True, doc="Keyed hash")
    chat_id: Mapped[int] = mapped_column(BigInteger)
    about: Mapped[int | None] = mapped_column(BigInteger)
    turn_id: Mapped[str | None] = mapped_column(String(32))
    payload: Mapped[str | None] = mapped_column(Text, doc="JSON; gone once it is sent")
    state: Mapped[str] = mapped_column(String(8))
    uncertain: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class ChatRow(Table):
    """What a chat has chosen."""

    __tablename__ = "telegram_chats"

    bot: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person: Mapped[str | None] = mapped_column(String(64), index=True, doc="Keyed hash, of a private chat")
    used_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    document_id: Mapped[str | None] = mapped_column(PlainText)
    only_admins: Mapped[bool]
    suggestions: Mapped[bool]
    hour: Mapped[int]
    declined_at: Mapped[datetime | None] = mapped_column(UtcTime)


class ReminderRow(Table):
    """A reminder; it is gone once it is handed over to the messages to be sent."""

    __tablename__ = "telegram_reminders"
    __table_args__ = (UniqueConstraint("bot", "person", "duty", "due", "days_before"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    bot: Mapped[int] = mapped_column(BigInteger)
    person: Mapped[str] = mapped_column(String(64), index=True, doc="Keyed hash")
    chat_id: Mapped[int] = mapped_column(BigInteger)
    document_id: Mapped[str] = mapped_column(PlainText)
    duty: Mapped[str] = mapped_column(String(32))
    due: Mapped[str] = mapped_column(String(10), doc="ISO date")
    days_before: Mapped[int]
    remind_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
