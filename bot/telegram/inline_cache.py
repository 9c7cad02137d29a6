"""Answers to inline queries, kept for a while: people type a question letter by letter, and again."""

from __future__ import annotations

import time
from collections import OrderedDict

from bot.answering.answer import Answer

_MOST = 500
SECONDS = 300


class InlineCache:
    """Question to answer; the oldest go first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, tuple[float, Answer]] = OrderedDict()

    def get(self, question: str) -> Answer | None:
        """The answer that was given not long ago."""
        found = self._answers.get(question)
        if found is None or time.monotonic() - found[0] > SECONDS:
            return None
        return found[1]

    def put(self, question: str, answer: Answer) -> None:
        """Keep an answer."""
        self._answers[question] = (time.monotonic(), answer)
        self._answers.move_to_end(question)
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)
