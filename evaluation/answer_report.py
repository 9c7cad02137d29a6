"""The report on the gold set of answers, as Markdown: shares by kind, then every mistake."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.answering.answer import Answer, Conversation
from bot.answering.assistant import Assistant
from evaluation.answer_gold import Part, Single, Turn, load_answers
from evaluation.answers import citations_valid
from index.normalise.keys import fold
from index.settings import IndexSettings


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer beside what was expected; `fault` says in a few words what is wrong, None where nothing is."""

    turn: Turn
    answer: Answer
    fault: str | None
    valid: bool


def answers_report(settings: IndexSettings, part: Part) -> str:
    """Ask every question of a part once and report."""
    singles, dialogues = load_answers(part)
    with Assistant(settings) as assistant:
        judged = [(single, judge(assistant, single, assistant.ask(single.question))) for single in singles]
        turns = [one for dialogue in dialogues for one in _converse(assistant, dialogue.turns)]
    lines = [
        f"{len(singles)} questions, {len(dialogues)} dialogues, part {part}",
        "",
        "| | questions | right |",
        "|---|---|---|",
    ]
    lines += [_row(label, [one for single, one in judged if chosen(single)]) for label, chosen in _GROUPS]
    for style in sorted({single.style for single in singles}):
        lines.append(_row(f"style {style}", [one for single, one in judged if single.style == style]))
    lines.append(_row("dialogue turns", turns))
    lines += ["", *_measures([one for _, one in judged], [s for s in singles if s.kind == "answerable"], judged)]
    lines += ["", "Mistakes:", ""]
    everything = [*((single.id, one) for single, one in judged), *(("turn", one) for one in turns)]
    for identity, one in everything:
        if one.fault:
            said = " ".join(one.answer.answer.split())[:140]
            lines.append(
                f"- {identity} {one.turn.question} → [{one.answer.status} {one.answer.strategy}] {said} ({one.fault})"
            )
    return "\n".join(lines)


def judge(assistant: Assistant, turn: Turn, answer: Answer) -> Judged:
    """Compare one answer with what was expected."""
    return Judged(turn, answer, _fault(turn, answer), citations_valid(assistant, answer))


def _converse(assistant: Assistant, turns: Sequence[Turn]) -> Iterable[Judged]:
    conversation = Conversation(id="gold")
    for turn in turns:
        answer = assistant.ask(turn.question, conversation=conversation)
        conversation = conversation.model_copy(update={"turns": (*conversation.turns, answer)})
        yield judge(assistant, turn, answer)


def _fault(turn: Turn, answer: Answer) -> str | None:
    """Wrong status, a fact missing, a forbidden one said, or another document cited."""
    if answer.status not in turn.expected_status:
        return f"status, not {'/'.join(turn.expected_status)}"
    notices = " ".join(notice.text for notice in answer.notices)
    said = " ".join(fold(f"{answer.answer} {notices}").split())
    if forbidden := [word for word in turn.forbidden if fold(word) in fold(answer.answer)]:
        return f"says {forbidden[0]}"
    if answer.status in ("answered", "corrected", "not_found"):
        for fact in turn.facts:
            if not any(_says(said, spelling) for spelling in fact):
                return f"lacks {fact[0]}"
    support = {citation.document_id for citation in answer.citations if citation.role != "nearest"}
    if support and turn.document_ids and not support & set(turn.document_ids):
        return "another document"
    return None


def _says(said: str, spelling: str) -> bool:
    """Whether a folded text holds a spelling as words of their own: "không" is not part of another word."""
    return re.search(rf"(?<!\w){re.escape(fold(spelling))}(?!\w)", said) is not None


_GROUPS: tuple[tuple[str, Callable[[Single], bool]], ...] = (
    ("answerable", lambda one: one.kind == "answerable"),
    ("answerable, with diacritics", lambda one: one.kind == "answerable" and one.diacritics),
    ("answerable, without diacritics", lambda one: one.kind == "answerable" and not one.diacritics),
    ("paraphrases", lambda one: one.paraphrase_of is not None),
    ("unanswerable", lambda one: one.kind == "unanswerable"),
    ("false premise", lambda one: one.kind == "false_premise"),
    ("ambiguous", lambda one: one.kind == "ambiguous"),
)


def _row(label: str, judged: Sequence[Judged]) -> str:
    right = sum(one.fault is None for one in judged)
    return f"| {label} | {len(judged)} | {right / len(judged):.3f} |" if judged else f"| {label} | 0 | |"


def _measures(
    all_judged: Sequence[Judged], answerable: Sequence[Single], pairs: Sequence[tuple[Single, Judged]]
) -> Iterable[str]:
    lengths = sorted(len(one.answer.answer) for one in all_judged if one.answer.status == "answered")
    refused = sum(one.answer.status == "not_found" for single, one in pairs if single.kind == "answerable")
    yield f"- answerable questions refused: {refused / max(len(answerable), 1):.3f}"
    if lengths:
        most = lengths[int(0.95 * len(lengths))]
        yield f"- length of an answer: median {statistics.median(lengths):.0f} characters, 95 % under {most}"
    yield f"- answers with only valid citations: {sum(one.valid for one in all_judged)} of {len(all_judged)}"
