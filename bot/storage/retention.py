"""Retention: what is older than the period is deleted, in batches so that nobody waits long for the lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.storage.database import Database
from bot.storage.tables import AuditRow, ConversationRow, FeedbackRow, TurnRow
from bot.storage.telegram import forget
from bot.storage.values import Removed

BATCH = 500  # rows
Key = TypeVar("Key", int, str)


def purge(database: Database, cutoff: datetime) -> Removed:
    """Delete what was recorded before a moment; feedback goes with its turn."""
    feedback = 0

    def turns(session: Session) -> int:
        nonlocal feedback
        rows = _oldest(session, TurnRow.id, TurnRow.asked_at < cutoff)
        feedback += session.scalar(select(func.count()).where(FeedbackRow.turn_id.in_(rows))) or 0
        session.execute(delete(TurnRow).where(TurnRow.id.in_(rows)))
        return len(rows)

    def conversations(session: Session) -> int:
        rows = _oldest(session, ConversationRow.id, ConversationRow.last_asked < cutoff)
        session.execute(delete(ConversationRow).where(ConversationRow.id.in_(rows)))
        return len(rows)

    def audit(session: Session) -> int:
        rows = _oldest(session, AuditRow.id, AuditRow.at < cutoff)
        session.execute(delete(AuditRow).where(AuditRow.id.in_(rows)))
        return len(rows)

    _in_batches(database, lambda session: forget.older_than(session, cutoff, BATCH))
    return Removed(
        turns=_in_batches(database, turns),
        conversations=_in_batches(database, conversations),
        feedback=feedback,
        audit=_in_batches(database, audit),
    )


def _in_batches(database: Database, step: Callable[[Session], int]) -> int:
    total = 0
    while True:
        with database.writing() as session:
            count = step(session)
        total += count
        if count < BATCH:
            return total


def _oldest(session: Session, key: InstrumentedAttribute[Key], old: ColumnElement[bool]) -> Sequence[Key]:
    """Keys of one batch, locked; what another transaction holds is left for the next purge."""
    return session.scalars(select(key).where(old).limit(BATCH).with_for_update(skip_locked=True)).all()
