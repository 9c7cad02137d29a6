"""Whether any text at all makes the assistant fail, or say what it cannot prove."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.answering.answer import Answer, Conversation
from bot.answering.assistant import Assistant
from evaluation.answer_gold import load_answers
from evaluation.contract import breaches
from evaluation.fuzz_inputs import Attempt, attempts

# Every so many inputs, the time of the question is compared with the time of embedding it alone.
_TIMED = 20
_REMEMBERED = 6  # answers of a conversation


@dataclass(slots=True)
class Fuzzed:
    """What came of the inputs; `broken` are (input, what it broke)."""

    statuses: Counter[str] = field(default_factory=Counter)
    exceptions: int = 0
    invalid_citations: int = 0
    broken: list[tuple[Attempt, str]] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)  # seconds, of the timed ones
    embedded: list[float] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Number of inputs."""
        return sum(self.statuses.values()) + self.exceptions

    def __str__(self) -> str:
        rows = [("inputs", str(self.count))]
        rows += [(f"status {status}", str(number)) for status, number in sorted(self.statuses.items())]
        rows += [("exceptions", str(self.exceptions)), ("invalid citations", str(self.invalid_citations))]
        rows += [("inputs that break the contract", str(len({attempt.number for attempt, _ in self.broken})))]
        if self.embedded:
            ratio = statistics.median(self.asked) / statistics.median(self.embedded)
            rows.append(("question : its embedding, median", f"{ratio:.2f}"))
        lines = ["| what | figure |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows)]
        if self.broken:
            lines += ["", "Broken by:", "", *(f"- {problem}: {attempt}" for attempt, problem in self.broken)]
        return "\n".join(lines)


def fuzz(assistant: Assistant, count: int, seed: int, progress: Callable[[], object] | None = None) -> Fuzzed:
    """Ask random questions, alone, with filters and in conversations, and check every answer against the contract."""
    found = Fuzzed()
    singles, dialogues = load_answers("development")
    questions = [single.question for single in singles]
    questions += [turn.question for dialogue in dialogues for turn in dialogue.turns]
    with assistant.library.use() as library:
        conversation = Conversation(id="fuzz")
        for attempt in attempts(count, seed, questions, list(library.directives.values())):
            if progress:
                progress()
            if not attempt.follows:
                conversation = Conversation(id=f"fuzz-{attempt.number}")
            started = time.perf_counter()
            try:
                answer = assistant.ask(attempt.question, conversation=conversation, filters=attempt.filters)
                elapsed = time.perf_counter() - started
                broken = breaches(answer, library, attempt.filters)
            except Exception as error:
                found.exceptions += 1
                found.broken.append((attempt, f"raises {error!r}"))
                continue
            _count(found, attempt, answer, broken)
            conversation = conversation.model_copy(update={"turns": (*conversation.turns, answer)[-_REMEMBERED:]})
            if attempt.number % _TIMED == 0 and answer.status != "rejected":
                started = time.perf_counter()
                library.retriever.embeddings.embed_query(answer.question.understood_as)
                found.embedded.append(time.perf_counter() - started)
                found.asked.append(elapsed)
    return found


def _count(found: Fuzzed, attempt: Attempt, answer: Answer, broken: list[str]) -> None:
    found.statuses[answer.status] += 1
    found.invalid_citations += sum("verbatim" in problem or "unknown document" in problem for problem in broken)
    found.broken += [(attempt, problem) for problem in broken]
