"""Asking back: a question about "this document" where more than one is stored."""

from __future__ import annotations

from collections.abc import Sequence

from bot import messages
from bot.answering.answer import Choice
from bot.answering.strategy import Candidate
from bot.question.question import Question
from index.directive import Directive

# A longer question says more of what it is about than which document.
_LONGEST = 9  # words


def ask_back(strategy: str, question: Question, chosen: Sequence[Directive]) -> list[Candidate]:
    """One candidate with a choice for each directive; none where the question is about more than a document."""
    if len(question.cleaned.split()) > _LONGEST or len(chosen) < 2:
        return []
    choices = tuple(
        Choice(
            label=messages.directive_label(one),
            question=f"{question.cleaned.rstrip(' ?')} ({messages.directive_label(one)})?",
        )
        for one in chosen
    )
    return [Candidate(strategy, messages.which_directive(), (), None, 0.9, "clarify", choices=choices)]
