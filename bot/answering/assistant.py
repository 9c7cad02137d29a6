"""Assistant: a question's way to its answer, in the order in which it happens."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import messages
from bot.answering.again import about_last
from bot.answering.answer import Answer, Conversation
from bot.answering.appraisal import AppraisalStrategy
from bot.answering.body_duties import BodyDutiesStrategy
from bot.answering.comparison import compared
from bot.answering.definitions import DefinitionsStrategy
from bot.answering.legal_basis import LegalBasisStrategy
from bot.answering.locate import LocateStrategy
from bot.answering.meant import admitted
from bot.answering.metadata import MetadataStrategy
from bot.answering.nth import NthStrategy
from bot.answering.other_places import OtherPlacesStrategy
from bot.answering.outline import OutlineStrategy
from bot.answering.outside import outside_notices
from bot.answering.passage import PassageStrategy
from bot.answering.phrase import PhraseStrategy
from bot.answering.places import PlacesStrategy
from bot.answering.references import ReferencesStrategy
from bot.answering.saying import not_found, said, understood_as, without_citation
from bot.answering.smalltalk import SmallTalkStrategy
from bot.answering.strategy import Candidate, Strategy
from bot.answering.summary import SummaryStrategy
from bot.answering.unit_items import UnitItemsStrategy
from bot.answering.validity import ValidityStrategy
from bot.answering.verify import problems
from bot.answering.which_document import WhichDocumentStrategy
from bot.answering.wrong_type import of_its_kind
from bot.observing import step
from bot.question.followup import (
    content,
    documents_cited,
    goes_on,
    is_about_cited,
    is_fresh,
    is_open,
    last_said,
    with_subject,
)
from bot.question.parts import questions_on
from bot.question.question import Question, understand
from index.filters import Filters
from index.library import Library, LiveLibrary
from index.normalise.keys import syllables
from index.settings import IndexSettings

# In this order: a typed fact comes before a passage.
STRATEGIES: tuple[Strategy, ...] = (
    SmallTalkStrategy(),
    ValidityStrategy(),
    PhraseStrategy(),
    OtherPlacesStrategy(),
    LegalBasisStrategy(),
    AppraisalStrategy(),
    SummaryStrategy(),
    NthStrategy(),
    DefinitionsStrategy(),
    OutlineStrategy(),
    WhichDocumentStrategy(),
    MetadataStrategy(),
    ReferencesStrategy(),
    PlacesStrategy(),
    LocateStrategy(),
    UnitItemsStrategy(),
    BodyDutiesStrategy(),
    PassageStrategy(),
)
# A candidate below this is not said: the stored texts are taken not to state it. For a passage it is the learnt
# probability (`confidence.py`); chosen on the development sets by `danvan-evaluate answers`.
_LEAST_CONFIDENCE = 0.45
# And of the directive that a conversation is about.
_LEAST_IN_FOCUS = 0.36
# A short question in a conversation is answered by itself only from here on.
_SURE_ALONE = 0.85


class Assistant:
    """Answers questions on the stored directives.

    >>> from bot import Assistant  # doctest: +SKIP
    >>> with Assistant() as assistant:
    ...     print(assistant.ask("Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?").answer)
    """

    def __init__(self, settings: IndexSettings | None = None, strategies: Sequence[Strategy] = STRATEGIES) -> None:
        if settings is None:
            from bot.settings import load_settings

            settings = load_settings()
        self._library = LiveLibrary(settings)
        self._strategies = strategies

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filters: Filters | None = None,
        today: date | None = None,
    ) -> Answer:
        """Answer one question. Any text is a question; a bad one gets the status `rejected`, never an exception."""
        with self._library.use() as library:
            return self.ask_of(library, question, conversation=conversation, filters=filters)

    def ask_of(
        self,
        library: Library,
        question: str,
        *,
        conversation: Conversation | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """Answer from a library that the caller holds, and so knows."""
        started = time.perf_counter()
        last = None if is_fresh(question) else last_said(conversation)
        with step("understand"):
            understood = understand(question, library, last)
        filters = filters or Filters()
        with step("answer"):
            if last is None:
                answer = self._answer(understood, library, filters)
            else:
                answer = self._continued(understood, last, library, filters)
        if understood.language == "en":
            answer = answer.model_copy(update={"answer": messages.in_english(answer.answer)})
        elapsed = round((time.perf_counter() - started) * 1000, 3)
        return answer.model_copy(
            update={"elapsed_ms": elapsed, "conversation_id": conversation.id if conversation else None}
        )

    @property
    def library(self) -> LiveLibrary:
        """The library that this assistant answers from."""
        return self._library

    def close(self) -> None:
        """Let go of the index."""
        self._library.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _continued(self, question: Question, last: Answer, library: Library, filters: Filters) -> Answer:
        """The answer in a conversation: about the last one, by itself, of the same directive, or with its subject."""
        pointed = about_last(question, last, library)
        if (
            pointed
            and all(admitted(item.directive, filters) for item in pointed.evidence)
            and (answer := _proved(pointed, question, library))
        ):
            return answer
        alone = self._answer(question, library, filters)
        if question.is_completed or alone.strategy == "other_places":
            return alone
        # What goes on about the very thing that was said comes before a fact about the whole directive.
        goes = is_about_cited(last) or goes_on(question, alone, last)
        if _is_sure(alone) and not goes:
            return alone
        fuller = self._with_subject(question, last, library, filters)
        if goes and fuller:
            return fuller
        if _is_sure(alone):
            return alone
        options = [alone, *([fuller] if fuller else [])]
        if is_open(question, library) and (focus := documents_cited(last)):
            scoped = self._answer(replace(question, documents=focus), library, filters, _LEAST_IN_FOCUS)
            options = [scoped, *options]  # the first of equals is said
        found = [one for one in options if one.status in ("answered", "corrected")]
        return max(found, key=lambda one: one.confidence, default=alone)

    def _with_subject(self, question: Question, last: Answer, library: Library, filters: Filters) -> Answer | None:
        """The answer to a short question together with what the last one was about, where that says something."""
        fuller = with_subject(question.cleaned, last, library)
        if fuller is None:
            return None
        together = replace(understand(fuller, library, last), text=question.text)
        answer = self._answer(together, library, filters)
        return answer if answer.status in ("answered", "corrected") and _is_about(answer, question.searched) else None

    def _answer(
        self, question: Question, library: Library, filters: Filters, least: float = _LEAST_CONFIDENCE
    ) -> Answer:
        if question.is_too_long:
            return without_citation("rejected", messages.question_too_long(), question)
        if question.is_empty:
            return without_citation("rejected", messages.QUESTION_EMPTY, question)
        if len(question.provinces) > 1 and not filters.province and not filters.document_ids:
            answers = [
                (
                    province,
                    self._answer(understand(part, library), library, filters.model_copy(update={"province": province})),
                )
                for province, part in zip(
                    question.provinces, questions_on(question.provinces, question.cleaned), strict=True
                )
            ]
            together = compared(answers, understood_as(question))
            if together and not problems(together, library):
                return together
        if question.documents and not filters.document_ids and not question.province:
            filters = filters.model_copy(update={"document_ids": question.documents})
        if question.province and not filters.province:
            filters = filters.model_copy(update={"province": question.province})
        # Of several places none of which says it, a passage of one would be taken for all: only typed facts may still.
        several = len(question.provinces) > 1
        # One after the other: a question that a typed fact answers is never embedded.
        candidates = (
            candidate
            for strategy in self._strategies
            if not (several and isinstance(strategy, PassageStrategy))
            for candidate in strategy.propose(question, library, filters)
        )
        first: Candidate | None = None
        for candidate in candidates:
            if any(not admitted(item.directive, filters) for item in candidate.evidence):
                continue  # the caller's filters hold whatever a question or a conversation names
            first = first or candidate
            if candidate.confidence >= least and (answer := _proved(candidate, question, library)):
                return answer
        return not_found(first, question)


def _proved(candidate: Candidate, question: Question, library: Library) -> Answer | None:
    """A candidate as an answer, with what must be said beside it; None where it claims what it cannot prove."""
    answer = said(candidate, question)
    if candidate.status not in ("answered", "corrected"):
        return answer
    if problems(answer, library):
        return None
    beside = outside_notices(answer, question, library)
    answer = answer.model_copy(update={"notices": (*answer.notices, *beside)})
    kind = of_its_kind(answer, question, library)
    return answer if problems(kind, library) else kind


def _is_about(answer: Answer, asked: str) -> bool:
    """Whether a passage holds some of what a short question says by itself, where it says anything."""
    if answer.strategy != "passage":
        return True
    words = content(asked, answer.question.province)
    held = set(syllables(" ".join(citation.quote for citation in answer.citations)))
    return not words or sum(word in held for word in words) * 2 >= len(words)


def _is_sure(answer: Answer) -> bool:
    """Whether an answer to a short question stands by itself: a typed fact, or a passage that is hardly another's."""
    if answer.status in ("smalltalk", "rejected"):
        return True
    if answer.status == "not_found":
        return answer.strategy not in (None, "passage")
    return answer.status in ("answered", "corrected") and answer.confidence >= _SURE_ALONE
