"""What the bot keeps of a person, or for too long, is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.storage.telegram.tables import ChatRow, ReminderRow, SendRow, UpdateRow


def person(session: Session, hashed: str) -> None:
    """Forget a person: reminders, chosen settings, messages, and what their updates said; their numbers stay."""
    for table in (SendRow, ChatRow, ReminderRow):
        session.execute(delete(table).where(table.person == hashed))
    session.execute(
        update(UpdateRow).where(UpdateRow.person == hashed).values(waiting=False, lane=None, person=None, payload=None)
    )


def older_than(session: Session, cutoff: datetime, most: int) -> int:
    """Delete a batch of what is older than a moment; how many rows it was. Waiting updates and reminders stay."""
    count = 0
    for key, old in (
        (UpdateRow.id, (UpdateRow.received_at < cutoff) & ~UpdateRow.waiting),
        (SendRow.id, SendRow.made_at < cutoff),
    ):
        rows = session.scalars(select(key).where(old).limit(most).with_for_update(skip_locked=True)).all()
        session.execute(delete(key.class_).where(key.in_(rows)))
        count = max(count, len(rows))
    session.execute(delete(ChatRow).where(ChatRow.used_at < cutoff))
    return count
