"""Service: the assistant with its records, as every channel uses them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot import messages, observing
from bot.answering.answer import Answer, Conversation, Notice
from bot.answering.assistant import Assistant
from bot.logs import log, note
from bot.settings import Settings
from bot.storage.errors import RecordsUnavailableError
from bot.storage.records import Records, open_records
from bot.storage.values import Turn
from index.filters import Filters


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

    def converse(self, person: str, conversation_id: str, question: str, *, filters: Filters | None = None) -> Said:
        """Answer in a person's conversation, with what was said before; keep the answer before it is given.

        Where records cannot be kept the answer is given all the same, with a notice that says so: an official's
        question does not wait for a disk. A rejected question is not kept.
        """
        try:
            conversation = self.records.load(person, conversation_id)
        except RecordsUnavailableError as error:
            said, _ = self._answer(person, question, Conversation(id=conversation_id), filters)
            return Said(said if said.status == "rejected" else _unkept(said, error), None)
        return self.answer_in(person, conversation, question, filters=filters)

    def answer_in(
        self, person: str, conversation: Conversation, question: str, *, filters: Filters | None = None
    ) -> Said:
        """The same for a channel that brings the conversation along."""
        answer, generation = self._answer(person, question, conversation, filters)
        if answer.status == "rejected":
            return Said(answer, None)
        try:
            return Said(answer, self.records.append_turn(person, conversation.id, answer, generation=generation))
        except RecordsUnavailableError as error:
            return Said(_unkept(answer, error), None)

    def _answer(
        self, person: str, question: str, conversation: Conversation, filters: Filters | None
    ) -> tuple[Answer, str]:
        """An answer, and the generation that it is from."""
        with observing.question(person) as answered, self.assistant.library.use() as library:
            answer = self.assistant.ask_of(library, question, conversation=conversation, filters=filters)
            generation = library.manifest.id
            answered(answer)
        note(answer=answer.status, strategy=answer.strategy, generation=generation)
        return answer, generation


def _unkept(answer: Answer, error: RecordsUnavailableError) -> Answer:
    log().warning("not_kept", message=messages.describe(error))
    notice = Notice(kind="degraded", text=messages.not_kept(error))
    return answer.model_copy(update={"notices": (*answer.notices, notice)})


@contextmanager
def open_service(settings: Settings) -> Iterator[Service]:
    """Open records and index; raises a `DanvanError` that says what to do."""
    with open_records(settings) as records, Assistant(settings) as assistant:
        yield Service(settings, assistant, records)
