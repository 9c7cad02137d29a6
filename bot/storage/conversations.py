"""Conversations of a person: add a turn, load what was said, list, delete. `person` is always the keyed hash."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.answering.answer import Answer
from bot.storage.database import upsert
from bot.storage.tables import ConversationRow, FeedbackRow, TurnRow
from bot.storage.unanswered import group_of
from bot.storage.values import ConversationSummary, Removed, Turn

LONGEST_ID = 200  # characters; PostgreSQL's indexes take 2,700 bytes


def append_turn(session: Session, person: str, conversation_id: str, answer: Answer, generation: str | None) -> Turn:
    """Add a turn behind the last one; the conversation begins with its first turn."""
    if not 0 < len(conversation_id) <= LONGEST_ID:
        raise ValueError(f"a conversation's id has 1 to {LONGEST_ID} characters")
    now = datetime.now(UTC)
    # One statement: whoever adds to the same conversation at the same time waits here, and counts on from this turn.
    begun = upsert(session, ConversationRow).values(person=person, name=conversation_id, last_ordinal=1, last_asked=now)
    counted = begun.on_conflict_do_update(
        index_elements=["person", "name"],
        set_={"last_ordinal": ConversationRow.last_ordinal + 1, "last_asked": now},
    ).returning(ConversationRow.id, ConversationRow.last_ordinal)
    row_id, ordinal = session.execute(counted).one()
    turn_id = uuid.uuid4().hex
    session.add(
        TurnRow(
            id=turn_id,
            conversation_id=row_id,
            ordinal=ordinal,
            asked_at=now,
            question=answer.question.text,
            province=answer.question.province,
            answer=answer,
            generation=generation,
            unanswered=group_of(answer),
        )
    )
    return Turn(
        id=turn_id,
        conversation_id=conversation_id,
        ordinal=ordinal,
        asked_at=now,
        answer=answer,
        generation=generation,
    )


def last_answers(session: Session, person: str, conversation_id: str, most: int) -> tuple[Answer, ...]:
    """The newest answers of a conversation, oldest first; none where the person has no such conversation."""
    newest = (
        select(TurnRow.answer)
        .join(ConversationRow)
        .where(ConversationRow.person == person, ConversationRow.name == conversation_id)
        .order_by(TurnRow.ordinal.desc())
        .limit(most)
    )
    return tuple(reversed(session.scalars(newest).all()))


def history(session: Session, person: str, conversation_id: str, most: int) -> list[Turn]:
    """The newest turns of a conversation with their feedback, oldest first."""
    newest = (
        select(TurnRow, FeedbackRow.verdict)
        .join(ConversationRow)
        .outerjoin(FeedbackRow)
        .where(ConversationRow.person == person, ConversationRow.name == conversation_id)
        .order_by(TurnRow.ordinal.desc())
        .limit(most)
    )
    turns = [
        Turn(
            id=row.id,
            conversation_id=conversation_id,
            ordinal=row.ordinal,
            asked_at=row.asked_at,
            answer=row.answer,
            generation=row.generation,
            verdict=verdict,
        )
        for row, verdict in session.execute(newest)
    ]
    return turns[::-1]


def summaries(session: Session, person: str, limit: int, offset: int) -> list[ConversationSummary]:
    """A person's conversations, the newest first."""
    spans = (
        select(
            ConversationRow.id,
            ConversationRow.name,
            ConversationRow.last_asked,
            func.min(TurnRow.ordinal).label("first"),
            func.count().label("turns"),
        )
        .join(TurnRow)
        .where(ConversationRow.person == person)
        .group_by(ConversationRow.id)
        .order_by(ConversationRow.last_asked.desc(), ConversationRow.id.desc())
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    listed = (
        select(spans.c.name, TurnRow.question, spans.c.turns, spans.c.last_asked)
        .join(TurnRow, (TurnRow.conversation_id == spans.c.id) & (TurnRow.ordinal == spans.c.first))
        .order_by(spans.c.last_asked.desc(), spans.c.id.desc())
    )
    return [
        ConversationSummary(id=name, first_question=question, turns=turns, last_asked=last_asked)
        for name, question, turns, last_asked in session.execute(listed)
    ]


def remove(session: Session, person: str, conversation_id: str | None = None) -> Removed:
    """Delete one conversation of a person, or all, with their turns and feedback."""
    theirs = select(ConversationRow.id).where(ConversationRow.person == person)
    if conversation_id is not None:
        theirs = theirs.where(ConversationRow.name == conversation_id)
    # Locked in one order, so that two deletions at once cannot wait for each other.
    rows = session.scalars(theirs.order_by(ConversationRow.id).with_for_update()).all()
    turns = select(TurnRow.id).where(TurnRow.conversation_id.in_(rows))
    counted = Removed(
        turns=session.scalar(select(func.count()).select_from(turns.subquery())) or 0,
        feedback=session.scalar(select(func.count()).where(FeedbackRow.turn_id.in_(turns))) or 0,
        conversations=len(rows),
    )
    session.execute(delete(ConversationRow).where(ConversationRow.id.in_(rows)))
    return counted
