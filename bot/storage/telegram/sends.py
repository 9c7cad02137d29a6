"""Messages: planned in one transaction, then each on its way, then sent; a crash leaves them where they were."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.storage.telegram.tables import SendRow
from bot.storage.telegram.values import Planned, Send


def plan(session: Session, bot: int, job: str, person: str | None, planned: Sequence[Planned]) -> list[Send]:
    """Keep what is to be sent for a job; where the job has its messages already, these stay as they are."""
    rows = _rows(session, bot, job)
    if not rows:
        now = datetime.now(UTC)
        rows = [
            SendRow(
                bot=bot,
                job=job,
                ordinal=ordinal,
                person=person,
                chat_id=one.chat_id,
                about=one.about,
                turn_id=one.turn_id,
                payload=json.dumps(one.payload),
                state="planned",
                uncertain=0,
                made_at=now,
            )
            for ordinal, one in enumerate(planned)
        ]
        session.add_all(rows)
        session.flush()
    return [_send(row) for row in rows]


def of_job(session: Session, bot: int, job: str) -> list[Send]:
    """The messages of a job, in order."""
    return [_send(row) for row in _rows(session, bot, job)]


def unfinished(session: Session, bot: int, prefix: str) -> list[Send]:
    """Messages of jobs of one kind that are not sent yet."""
    rows = session.scalars(
        select(SendRow)
        .where(SendRow.bot == bot, SendRow.job.startswith(prefix), SendRow.state.in_(("planned", "sending")))
        .order_by(SendRow.id)
    )
    return [_send(row) for row in rows]


def about(session: Session, bot: int, chat_id: int, message_id: int) -> list[Send]:
    """The sent messages of the last answer to a question, in order."""
    rows = session.scalars(
        select(SendRow)
        .where(SendRow.bot == bot, SendRow.chat_id == chat_id, SendRow.about == message_id, SendRow.state == "sent")
        .order_by(SendRow.id)
    ).all()
    # An answer that was edited has its messages again, under the edit's job: the last row of each message counts.
    newest = {row.message_id: row for row in rows}
    return [_send(row) for row in newest.values() if row.message_id is not None]


def begin(session: Session, send_id: int) -> None:
    """An attempt begins; should nobody learn how it ends, it counts as uncertain."""
    session.execute(
        update(SendRow).where(SendRow.id == send_id).values(state="sending", uncertain=SendRow.uncertain + 1)
    )


def refused(session: Session, send_id: int) -> None:
    """Telegram surely did not accept the attempt that was begun."""
    session.execute(
        update(SendRow).where(SendRow.id == send_id).values(state="planned", uncertain=SendRow.uncertain - 1)
    )


def sent(session: Session, send_id: int, message_id: int | None) -> None:
    """Telegram has accepted it."""
    session.execute(
        update(SendRow).where(SendRow.id == send_id).values(state="sent", message_id=message_id, payload=None)
    )


def give_up(session: Session, send_id: int) -> None:
    """It is not tried again."""
    session.execute(update(SendRow).where(SendRow.id == send_id).values(state="given_up", payload=None))


def _rows(session: Session, bot: int, job: str) -> list[SendRow]:
    chosen = select(SendRow).where(SendRow.bot == bot, SendRow.job == job).order_by(SendRow.ordinal)
    return list(session.scalars(chosen))


def _send(row: SendRow) -> Send:
    return Send.model_validate(
        {
            "id": row.id,
            "chat_id": row.chat_id,
            "about": row.about,
            "turn_id": row.turn_id,
            "payload": json.loads(row.payload or "{}"),
            "state": row.state,
            "uncertain": row.uncertain,
            "message_id": row.message_id,
        }
    )
