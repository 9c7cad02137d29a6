"""Service: the assistant with its records, as every channel uses them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from bot import observing, problem_texts
from bot.answering.answer import Answer, Conversation, Notice, Understood
from bot.answering.assistant import Assistant
from bot.error_messages import describe
from bot.logs import log, note
from bot.messages import CODE_NOT_ASKED
from bot.settings import Settings
from bot.storage.access.secrets import holds_code, masked
from bot.storage.errors import RecordsUnavailableError
from bot.storage.gate import Gate
from bot.storage.records import Records, open_records
from bot.storage.values import Turn
from index.errors import DanvanError
from index.filters import Filters

# Questions that one process works on at a time; the others wait in their order: Python's threads share one interpreter.
# Chosen from a sweep on a machine with changing load (docs/operations.md, Load): 99th percentile of 50 thinking clients
# to the median of one: 11-17 without a limit, 8 with two; answers a second without a pause did not clearly differ.
_AT_ONCE = 2
# Of no directive in particular: with diacritics and without, in English, for a passage; nothing of it is kept.
_WARMING = (
    "Cơ quan nào chịu trách nhiệm hướng dẫn, kiểm tra việc thực hiện công tác dân vận?",
    "co quan nao huong dan kiem tra viec thuc hien cong tac dan van",
    "Who is responsible for mass mobilisation?",
)
# Seconds that a question waits for its turn.
_PATIENCE = 60.0


class BusyError(DanvanError):
    """Too many questions came before this one; the message is complete."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and the turn under which it is kept; None where it was not read, or could not be kept."""

    answer: Answer
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that a channel needs; usable from many threads."""

    settings: Settings
    assistant: Assistant
    records: Records
    turns: Gate = field(default_factory=lambda: Gate(_AT_ONCE))

    def converse(self, person: str, conversation_id: str, question: str, *, filters: Filters | None = None) -> Said:
        """Answer in a person's conversation, with what was said before; keep the answer before it is given.

        Where records cannot be kept the answer is given all the same, with a notice that says so: an official's
        question does not wait for a disk. A rejected question is not kept.
        """
        try:
            conversation = self.records.load(person, conversation_id)
        except RecordsUnavailableError as error:
            answer, generation = self._answer(person, question, Conversation(id=conversation_id), filters)
            return self._kept(person, answer, conversation_id, generation, error)
        return self.answer_in(person, conversation, question, filters=filters)

    def answer_in(
        self, person: str, conversation: Conversation, question: str, *, filters: Filters | None = None
    ) -> Said:
        """The same for a channel that brings the conversation along."""
        answer, generation = self._answer(person, question, conversation, filters)
        return self._kept(person, answer, conversation.id, generation)

    def answer_unkept(self, person: str, question: str) -> Answer:
        """Answer a question that is perhaps still being typed; nothing of it is kept."""
        answer, _ = self._answer(person, question, None, None)
        return answer

    def read_again(self, conversation_id: str, questions: Sequence[str]) -> Conversation:
        """A conversation of which a channel has only the questions; nothing of it is kept."""
        conversation = Conversation(id=conversation_id)
        for question in questions:
            answer, _ = self._answer(None, question, conversation, None)
            if answer.status != "rejected":
                conversation = Conversation(id=conversation_id, turns=(*conversation.turns, answer))
        return conversation

    def warm(self) -> None:
        """Ask so much that the first question of people does not wait for models and tables to be loaded."""
        for question in _WARMING:
            self.assistant.ask(question)

    def _kept(
        self,
        person: str,
        answer: Answer,
        conversation_id: str,
        generation: str,
        failure: RecordsUnavailableError | None = None,
    ) -> Said:
        if answer.status == "rejected":
            return Said(answer, None)
        if failure is None:
            try:
                return Said(answer, self.records.append_turn(person, conversation_id, answer, generation=generation))
            except RecordsUnavailableError as error:
                failure = error
        log().warning("not_kept", message=describe(failure))
        notice = Notice(kind="degraded", text=problem_texts.not_kept(failure))
        return Said(answer.model_copy(update={"notices": (*answer.notices, notice)}), None)

    def _answer(
        self, person: str | None, question: str, conversation: Conversation | None, filters: Filters | None
    ) -> tuple[Answer, str]:
        """An answer and the generation that it is from; without a person it is not counted. Raises `BusyError`.

        What holds a code that lets somebody in is not read: it would be kept, and shown to administrators.
        """
        if holds_code(question):
            return _refused(question, conversation), ""
        counted = nullcontext(_uncounted) if person is None else observing.question(person)
        try:
            with (
                counted as answered,
                self.turns.passed(_PATIENCE),
                self.assistant.library.use() as library,
            ):
                answer = self.assistant.ask_of(library, question, conversation=conversation, filters=filters)
                generation = library.manifest.id
                answered(answer)
        except TimeoutError:
            raise BusyError(problem_texts.PROBLEM_DETAILS["busy"]) from None
        note(answer=answer.status, strategy=answer.strategy, generation=generation)
        return answer, generation


def _refused(question: str, conversation: Conversation | None) -> Answer:
    understood = Understood(text=masked(question), understood_as="")
    identity = conversation.id if conversation else None
    return Answer(status="rejected", answer=CODE_NOT_ASKED, question=understood, conversation_id=identity)


def _uncounted(_: Answer) -> None:
    """Nobody is told."""


@contextmanager
def open_service(settings: Settings) -> Iterator[Service]:
    """Open records and index; raises a `DanvanError` that says what to do."""
    with open_records(settings) as records, Assistant(settings) as assistant:
        yield Service(settings, assistant, records)
