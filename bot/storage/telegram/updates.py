"""Updates: stored before Telegram is told that they arrived, forgotten once they are dealt with."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from bot.storage.database import upsert
from bot.storage.telegram.tables import SendRow, UpdateRow
from bot.storage.telegram.values import Arrived, Waiting


def store(session: Session, bot: int, arrived: Sequence[Arrived], hashed: Callable[[str], str]) -> int:
    """Keep updates; those that are known already are passed over. How many are new."""
    now, new = datetime.now(UTC), 0
    for one in arrived:
        row = {
            "bot": bot,
            "update_id": one.update_id,
            "received_at": now,
            "waiting": True,
            "lane": one.lane,
            "person": hashed(one.person) if one.person else None,
            "payload": json.dumps(one.payload),
        }
        kept = upsert(session, UpdateRow).values(row).on_conflict_do_nothing(index_elements=["bot", "update_id"])
        new += len(session.execute(kept.returning(UpdateRow.id)).all())
    return new


def waiting(session: Session, bot: int, known: Collection[int], most: int) -> list[Waiting]:
    """Updates that are to be dealt with, the oldest first, but for the ids in `known`."""
    open_ids = session.scalars(
        select(UpdateRow.update_id).where(UpdateRow.waiting, UpdateRow.bot == bot).order_by(UpdateRow.update_id)
    )
    wanted = [one for one in open_ids if one not in known][:most]
    rows = session.execute(
        select(UpdateRow.update_id, UpdateRow.lane, UpdateRow.payload, UpdateRow.received_at)
        .where(UpdateRow.bot == bot, UpdateRow.update_id.in_(wanted), UpdateRow.waiting)
        .order_by(UpdateRow.update_id)
    )
    return [
        Waiting(update_id=update_id, lane=lane or "", payload=json.loads(payload or "{}"), received_at=received_at)
        for update_id, lane, payload, received_at in rows
    ]


def done(session: Session, bot: int, update_id: int, job: str) -> None:
    """An update is dealt with: who sent it and what it said is forgotten; of its messages those of an answer stay."""
    session.execute(
        update(UpdateRow)
        .where(UpdateRow.bot == bot, UpdateRow.update_id == update_id)
        .values(waiting=False, lane=None, person=None, payload=None)
    )
    session.execute(delete(SendRow).where(SendRow.bot == bot, SendRow.job == job, SendRow.turn_id.is_(None)))


def is_waiting(session: Session, bot: int, update_id: int) -> bool:
    """Whether an update is stored and not dealt with."""
    found = exists().where(UpdateRow.bot == bot, UpdateRow.update_id == update_id, UpdateRow.waiting)
    return bool(session.scalar(select(found)))
