"""The tables. A change here needs a revision in `migrations/versions`; a test compares the two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.answering.answer import Answer
from bot.storage.columns import AnswerJson, PlainText, RowNumber, UtcTime
from bot.storage.values import Verdict

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class ConversationRow(Table):
    """A conversation of one person; its name is the channel's, and only this person's."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("person", "name"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    person: Mapped[str] = mapped_column(String(64), doc="Keyed hash")
    name: Mapped[str] = mapped_column(PlainText)
    last_ordinal: Mapped[int] = mapped_column(doc="Of the newest turn; grows even where old turns are purged")
    last_asked: Mapped[datetime] = mapped_column(UtcTime, index=True)


class TurnRow(Table):
    """One question and its answer."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "ordinal"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    question: Mapped[str] = mapped_column(PlainText)
    province: Mapped[str | None] = mapped_column(PlainText)
    answer: Mapped[Answer] = mapped_column(AnswerJson)
    generation: Mapped[str | None] = mapped_column(String(64), doc="Index generation that answered")
    unanswered: Mapped[str | None] = mapped_column(
        String(64), index=True, doc="Hash of the folded question where not found"
    )


class FeedbackRow(Table):
    """What the person who asked thinks of the answer."""

    __tablename__ = "feedback"
    __table_args__ = (CheckConstraint("verdict IN ('right', 'wrong')", name="verdict"),)

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(PlainText)
    given_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class AuditRow(Table):
    """One event of the audit trail."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    event: Mapped[str] = mapped_column(PlainText)
    person: Mapped[str | None] = mapped_column(String(64), index=True, doc="Keyed hash")
    detail: Mapped[str] = mapped_column(PlainText)
