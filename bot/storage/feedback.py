"""Feedback: "Đúng / Chưa đúng" of the person who asked, one verdict a turn."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.database import upsert
from bot.storage.errors import UnknownTurnError
from bot.storage.tables import ConversationRow, FeedbackRow, TurnRow
from bot.storage.values import Feedback, Verdict

# PostgreSQL refuses to look for some texts, and nobody else's id has this form.
_TURN_ID = re.compile(r"[0-9a-f]{32}")


def add_feedback(session: Session, person: str, turn_id: str, verdict: Verdict, reason: str | None) -> Feedback:
    """Keep a verdict on an own turn; a second one replaces the first. Raises `UnknownTurnError`."""
    if not _TURN_ID.fullmatch(turn_id):
        raise UnknownTurnError(turn_id)
    own = select(TurnRow).join(ConversationRow).where(TurnRow.id == turn_id, ConversationRow.person == person)
    # The lock keeps the turn from being deleted between here and the end.
    turn = session.scalar(own.with_for_update(read=True, of=TurnRow))
    if turn is None:
        raise UnknownTurnError(turn_id)
    now = datetime.now(UTC)
    said = {"verdict": verdict, "reason": reason, "given_at": now}
    session.execute(
        upsert(session, FeedbackRow)
        .values(turn_id=turn_id, **said)
        .on_conflict_do_update(index_elements=["turn_id"], set_=said)
    )
    given = FeedbackRow(turn_id=turn_id, verdict=verdict, reason=reason, given_at=now)
    return _feedback(given, turn)


def list_feedback(
    session: Session, since: datetime | None, verdict: Verdict | None, limit: int, offset: int
) -> list[Feedback]:
    """Verdicts given since a moment, the newest first."""
    chosen = select(FeedbackRow, TurnRow).join(TurnRow)
    if since is not None:
        chosen = chosen.where(FeedbackRow.given_at >= since)
    if verdict is not None:
        chosen = chosen.where(FeedbackRow.verdict == verdict)
    newest = chosen.order_by(FeedbackRow.given_at.desc(), FeedbackRow.turn_id).limit(limit).offset(offset)
    return [_feedback(row, turn) for row, turn in session.execute(newest)]


def _feedback(row: FeedbackRow, turn: TurnRow) -> Feedback:
    return Feedback.model_validate(
        {
            "turn_id": row.turn_id,
            "verdict": row.verdict,
            "reason": row.reason,
            "given_at": row.given_at,
            "asked_at": turn.asked_at,
            "question": turn.question,
            "answer": turn.answer,
            "generation": turn.generation,
        }
    )
