"""Whether an answer is right: its facts, its citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.answer import Answer
from bot.answering.assistant import Assistant
from evaluation.gold import Question
from index.normalise.keys import fold


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold question, its answer, and whether the answer is right and its citations verbatim."""

    question: Question
    answer: Answer
    right: bool
    valid: bool


def judge(assistant: Assistant, questions: Sequence[Question]) -> list[Judged]:
    """Ask every question once and judge what comes back.

    Right: *answered* or *corrected*, all key facts in the answer or its supporting quotations, from the right
    document. Valid: every quotation is the canonical text at its offsets.
    """
    judged = []
    for question in questions:
        answer = assistant.ask(question.question)
        judged.append(Judged(question, answer, _right(question, answer), citations_valid(assistant, answer)))
    return judged


def citations_valid(assistant: Assistant, answer: Answer) -> bool:
    """Whether every quotation stands verbatim where it says."""
    with assistant.library.use() as library:
        return all(
            library.directive(citation.document_id).text[citation.start : citation.end] == citation.quote
            for citation in answer.citations
        )


def _right(question: Question, answer: Answer) -> bool:
    if answer.status not in ("answered", "corrected"):
        return False
    support = [citation for citation in answer.citations if citation.role != "nearest"]
    if not any(citation.document_id == question.document_id for citation in support):
        return False
    said = fold(answer.answer)
    return all(any(fold(spelling) in said for spelling in fact) for fact in question.answer_facts)
