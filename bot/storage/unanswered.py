"""What people ask and the directives do not say: the turns with status `not_found`, grouped by their question.

The list is read from the turns themselves, so what is deleted or purged there is gone here too.
"""

from __future__ import annotations

import hashlib
import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.answering.answer import Answer
from bot.storage.tables import TurnRow
from bot.storage.values import Unanswered
from index.normalise.keys import fold

_WORD = re.compile(r"\w+")


def group_of(answer: Answer) -> str | None:
    """What joins a question with others of the same words; None where it was answered. 64 hexadecimal digits."""
    if answer.status != "not_found":
        return None
    folded = fold(answer.question.text)
    words = " ".join(_WORD.findall(folded)) or folded
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def list_unanswered(session: Session, limit: int, offset: int) -> list[Unanswered]:
    """Groups of questions of the same words and province, the most frequent first, then the latest."""
    group = (TurnRow.unanswered, TurnRow.province)
    members = (
        select(
            TurnRow.id,
            func.count().over(partition_by=group).label("count"),
            func.min(TurnRow.asked_at).over(partition_by=group).label("first_asked"),
            TurnRow.asked_at.label("last_asked"),
            func.row_number().over(partition_by=group, order_by=(TurnRow.asked_at.desc(), TurnRow.id)).label("newness"),
        )
        .where(TurnRow.unanswered.is_not(None))
        .subquery()
    )
    columns = members.c
    groups = (
        select(TurnRow.answer, TurnRow.province, columns["count"], columns.first_asked, columns.last_asked)
        .join(members, TurnRow.id == columns.id)
        .where(columns.newness == 1)
        .order_by(columns["count"].desc(), columns.last_asked.desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        Unanswered(
            question=answer.question.text,
            understood_as=answer.question.understood_as,
            province=province,
            count=count,
            first_asked=first_asked,
            last_asked=last_asked,
        )
        for answer, province, count, first_asked, last_asked in session.execute(groups)
    ]
