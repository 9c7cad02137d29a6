"""Reminders: one row until it is due, then a message to be sent, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.storage.database import upsert
from bot.storage.telegram import sends
from bot.storage.telegram.tables import ReminderRow
from bot.storage.telegram.values import Planned, Reminder

MOST = 50  # of one person


def add(  # noqa: PLR0913, PLR0917  a row has so many columns
    session: Session, bot: int, person: str, chat_id: int, duty: tuple[str, str, date], days_before: int, at: datetime
) -> bool:
    """Keep a reminder of a duty (directive, key, day); a second one of the same day is the same. False over `MOST`."""
    if len(of_person(session, bot, person)) >= MOST:
        return False
    document_id, key, due = duty
    row = {
        "bot": bot,
        "person": person,
        "chat_id": chat_id,
        "document_id": document_id,
        "duty": key,
        "due": due.isoformat(),
        "days_before": days_before,
        "remind_at": at,
    }
    kept = upsert(session, ReminderRow).values(row)
    session.execute(
        kept.on_conflict_do_update(
            index_elements=["bot", "person", "duty", "due", "days_before"], set_={"remind_at": at, "chat_id": chat_id}
        )
    )
    return True


def of_person(session: Session, bot: int, person: str) -> list[Reminder]:
    """A person's reminders, the next one first."""
    return _read(session, ReminderRow.bot == bot, ReminderRow.person == person)


def due(session: Session, bot: int, now: datetime) -> list[Reminder]:
    """Reminders whose moment has come."""
    return _read(session, ReminderRow.bot == bot, ReminderRow.remind_at <= now)


def remove(session: Session, bot: int, person: str, reminder_id: int) -> bool:
    """Delete a person's own reminder; whether it was there."""
    gone = delete(ReminderRow).where(
        ReminderRow.bot == bot, ReminderRow.person == person, ReminderRow.id == reminder_id
    )
    return bool(session.execute(gone.returning(ReminderRow.id)).all())


def move_to(session: Session, reminder_id: int, at: datetime) -> None:
    """Another moment."""
    session.execute(update(ReminderRow).where(ReminderRow.id == reminder_id).values(remind_at=at))


def hand_over(session: Session, bot: int, reminder_id: int, planned: Sequence[Planned]) -> None:
    """Turn a due reminder into messages to be sent, or into nothing; who comes second finds it gone."""
    gone = delete(ReminderRow).where(ReminderRow.bot == bot, ReminderRow.id == reminder_id)
    for (person,) in session.execute(gone.returning(ReminderRow.person)).all():
        if planned:
            sends.plan(session, bot, f"r{reminder_id}", person, planned)


def _read(session: Session, *conditions: object) -> list[Reminder]:
    chosen = select(ReminderRow).where(*conditions).order_by(ReminderRow.remind_at, ReminderRow.id)  # type: ignore[arg-type]
    return [Reminder(**{name: getattr(row, name) for name in Reminder.model_fields}) for row in session.scalars(chosen)]
