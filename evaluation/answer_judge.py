"""The gold set of answers, asked: every answer beside what was expected of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.answer import Answer, Conversation
from bot.answering.assistant import Assistant
from evaluation.answer_gold import Dialogue, Single, Turn
from evaluation.answers import citations_valid
from evaluation.latency import Latency
from index.normalise.keys import fold


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer beside what was expected; `fault` says in a few words what is wrong, None where nothing is."""

    turn: Turn
    answer: Answer
    fault: str | None
    valid: bool


@dataclass(frozen=True, slots=True)
class Run:
    """All questions of a gold set with their answers; the turns of a dialogue as (dialogue id, answer)."""

    singles: tuple[tuple[Single, Judged], ...]
    turns: tuple[tuple[str, Judged], ...]
    latency: Latency

    @property
    def answers(self) -> list[Judged]:
        """Every answer, questions first."""
        return [one for _, one in self.singles] + [one for _, one in self.turns]


def ask_all(assistant: Assistant, singles: Sequence[Single], dialogues: Sequence[Dialogue]) -> Run:
    """Ask every question once, alone, and every dialogue in its order; the questions are timed."""
    latency = Latency()
    with assistant.library.use() as library:
        embed = library.retriever.embeddings.embed_query
        judged = tuple(
            (single, judge(assistant, single, latency.measure(assistant.ask, embed, single.question)))
            for single in singles
        )
    turns = ((dialogue.id, one) for dialogue in dialogues for one in _converse(assistant, dialogue.turns))
    return Run(judged, tuple(turns), latency)


def judge(assistant: Assistant, turn: Turn, answer: Answer) -> Judged:
    """Compare one answer with what was expected."""
    return Judged(turn, answer, fault(turn, answer), citations_valid(assistant, answer))


def fault(turn: Turn, answer: Answer) -> str | None:
    """What is wrong: the status, a fact missing, a forbidden one said, or another document cited; None if nothing."""
    if answer.status not in turn.expected_status:
        return f"status, not {'/'.join(turn.expected_status)}"
    if forbidden := forbidden_said(turn, answer):
        return f"says {forbidden[0]}"
    if answer.status in ("answered", "corrected", "not_found"):
        notices = " ".join(notice.text for notice in answer.notices)
        said = f"{answer.answer} {notices}"
        for fact in turn.facts:
            if not says(said, fact):
                return f"lacks {fact[0]}"
    support = {citation.document_id for citation in answer.citations if citation.role != "nearest"}
    if support and turn.document_ids and not support & set(turn.document_ids):
        return "another document"
    return None


def forbidden_said(turn: Turn, answer: Answer) -> list[str]:
    """The forbidden facts that an answer asserts."""
    return [word for word in turn.forbidden if fold(word) in fold(answer.answer)]


def says(said: str, spellings: Sequence[str]) -> bool:
    """Whether a text holds one of the spellings, as words of their own: "không" is not part of another word."""
    folded = _plain(said)
    return any(re.search(rf"(?<!\w){re.escape(_plain(one))}(?!\w)", folded) for one in spellings)


def _plain(text: str) -> str:
    """Folded, one space between words, dates and numbers of documents in one form.

    "05-9-2016" is "05/9/2016" is "5 tháng 9 năm 2016"; "04- ĐA/TU" is "04-ĐA/TU".
    """
    return _NUMBER_GAP.sub(r"\1", _DATE.sub(_one_form, " ".join(fold(text).split())))


_NUMBER_GAP = re.compile(r"(?<=\w) ?([-/]) ?(?=\w)")


_DATE = re.compile(
    r"(?<![\w/-])(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?![\w/-])|(?<!\w)(\d{1,2}) thang (\d{1,2}) nam (\d{4})"
)


def _one_form(match: re.Match[str]) -> str:
    day, month, year = (one for one in match.groups() if one)
    return f"{int(day):02}/{int(month):02}/{year if len(year) == 4 else f'20{year}'}"


def _converse(assistant: Assistant, turns: Sequence[Turn]) -> Iterator[Judged]:
    conversation = Conversation(id="gold")
    for turn in turns:
        answer = assistant.ask(turn.question, conversation=conversation)
        conversation = conversation.model_copy(update={"turns": (*conversation.turns, answer)})
        yield judge(assistant, turn, answer)
