"""The audit trail: what was done, when, and a keyed hash of who did it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.storage.tables import AuditRow
from bot.storage.values import AuditEntry


def record(session: Session, event: str, person: str | None, detail: str) -> None:
    """Add an event; `detail` must not say who the person is."""
    session.add(AuditRow(at=datetime.now(UTC), event=event, person=person, detail=detail))


def list_audit(session: Session, event: str | None, limit: int, offset: int) -> list[AuditEntry]:
    """Events, the newest first; all, or of one name."""
    chosen = select(AuditRow) if event is None else select(AuditRow).where(AuditRow.event == event)
    newest = chosen.order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit).offset(offset)
    return [
        AuditEntry(at=row.at, event=row.event, person=row.person, detail=row.detail) for row in session.scalars(newest)
    ]


def remove(session: Session, person: str) -> int:
    """Delete a person's events; returns how many there were."""
    count = session.scalar(select(func.count()).where(AuditRow.person == person)) or 0
    session.execute(delete(AuditRow).where(AuditRow.person == person))
    return count


def remove_event(session: Session, event: str) -> None:
    """Delete all events of one name."""
    session.execute(delete(AuditRow).where(AuditRow.event == event))
