"""The duties strategy: all that a body, or bodies of a level, must do by one directive, each in its own words."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence
from bot.question.question import Question
from index.directive import Span
from index.facts.duties import includes
from index.facts.duties.inclusion import full_name
from index.facts.records import Duty
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold_aligned, has_diacritics

_SURE = 0.9
_MOST = 6
# A listed task is shown by its beginning; the quotation holds it whole. Characters.
_TASK = 170
_ASKS = re.compile(
    r"\b(?:(?:phai|can) (?:lam|thuc hien)|duoc giao|co (?:nhiem vu|trach nhiem)|chiu trach nhiem|giao|lam)\b"
    r".{0,12}\b(?:gi|nhung gi|nhung viec gi|viec gi|nhiem vu gi|nhung nhiem vu nao)\b"
)
# Bodies by the words that they begin with; the name runs to the verb that asks.
_HEADS = (
    r"ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|ban dan van|ban tuyen giao|ban can su dang|dang doan"
    r"|so|uy ban kiem tra|ubkt|mat tran|mttq|ban to chuc|van phong|chu tich|cap uy|chinh quyen|truong chinh tri"
    r"|truong doan"
)
_BODY = re.compile(rf"\b(?P<body>(?:{_HEADS})\b[^,?.;]*?)\s+(?:co |duoc |phai |can |lam |chiu |o |theo |trong |thi )")


class BodyDutiesStrategy:
    """Answers "UBND xã phải làm những gì" with every duty that binds the body, "các cấp" included."""

    name = "duties"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant and gives the body duties."""
        folded = fold_aligned(question.searched).lower()
        body = _BODY.search(f"{folded} ")
        if not _ASKS.search(folded) or body is None or not has_diacritics(question.searched):
            return []
        chosen = directives_meant(question, library, filters)
        if len(chosen) != 1:
            return []
        start, end = body.span("body")
        asked = question.searched[start:end].replace(chosen[0].province or "-", "").strip()
        duties = [
            duty
            for duty in library.facts.duties
            if duty.document_id == chosen[0].id and duty.actor and includes(duty.actor, asked, duty.levels)
        ]
        named = full_name(asked)
        duties.sort(key=lambda duty: named not in full_name(duty.actor or ""))  # its own before what binds all
        distinct = _distinct(duties)
        if not distinct:
            return []
        evidence = tuple(
            Evidence(chosen[0], chosen[0].provision(duty.provision_id), duty.span) for duty in distinct[:_MOST]
        )
        lines = [messages.listed_duty(duty.task, _TASK, mark) for mark, duty in enumerate(distinct[:_MOST], 1)]
        more = len(distinct) - _MOST
        text = "\n".join([*lines, *([messages.more_duties(more)] if more > 0 else [])])
        return [Candidate(self.name, text, evidence, "text", _SURE)]


def _distinct(duties: list[Duty]) -> list[Duty]:
    """Duties whose quotations do not repeat one another."""
    kept: list[Duty] = []
    seen: list[Span] = []
    for duty in duties:
        if not any(span.contains(duty.span) or duty.span.contains(span) for span in seen):
            kept.append(duty)
            seen.append(duty.span)
    return kept
