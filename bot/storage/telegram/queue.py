"""How much waits to be dealt with or sent, over all bots of a database; for whoever watches the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.telegram.tables import ReminderRow, SendRow, UpdateRow


@dataclass(frozen=True, slots=True)
class Queue:
    """Numbers of rows; `oldest`: seconds since the first waiting update arrived, 0 where none waits."""

    updates: int
    sends: int
    reminders: int
    oldest: float


def waiting(session: Session) -> Queue:
    """What waits now."""
    updates, first = session.execute(
        select(func.count(), func.min(UpdateRow.received_at)).where(UpdateRow.waiting)
    ).one()
    sends = select(func.count()).where(SendRow.state.in_(("planned", "sending")))
    due = select(func.count()).where(ReminderRow.remind_at <= datetime.now(UTC))
    return Queue(
        updates=updates,
        sends=session.scalar(sends) or 0,
        reminders=session.scalar(due) or 0,
        oldest=max(0.0, (datetime.now(UTC) - first).total_seconds()) if first else 0.0,
    )
