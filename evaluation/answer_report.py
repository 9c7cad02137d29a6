"""The report on the gold set of answers, as Markdown: shares by kind, then every mistake."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from bot.answering.assistant import Assistant
from evaluation.answer_gold import GROUPS, Part, load_answers
from evaluation.answer_judge import Judged, Run, ask_all
from evaluation.latency import percentile
from index.settings import IndexSettings


def answers_report(settings: IndexSettings, part: Part) -> str:
    """Ask every question of a part once and report."""
    singles, dialogues = load_answers(part)
    with Assistant(settings) as assistant:
        run = ask_all(assistant, singles, dialogues)
    lines = [
        f"{len(singles)} questions, {len(dialogues)} dialogues, part {part}",
        "",
        "| | questions | right |",
        "|---|---|---|",
    ]
    lines += [_row(label, [one for single, one in run.singles if chosen(single)]) for label, chosen in GROUPS]
    for style in sorted({single.style for single in singles}):
        lines.append(_row(f"style {style}", [one for single, one in run.singles if single.style == style]))
    lines.append(_row("dialogue turns", [one for _, one in run.turns]))
    lines += ["", *_measures(run), "", "Mistakes:", "", *_mistakes(run)]
    return "\n".join(lines)


def right(judged: Sequence[Judged]) -> float:
    """Share of the answers (at least one) that are right."""
    return sum(one.fault is None for one in judged) / len(judged)


def _row(label: str, judged: Sequence[Judged]) -> str:
    return f"| {label} | {len(judged)} | {right(judged):.3f} |" if judged else f"| {label} | 0 | |"


def _measures(run: Run) -> Iterable[str]:
    lengths = [len(one.answer.answer) for _, one in run.singles if one.answer.status == "answered"]
    answerable = [one for single, one in run.singles if single.kind == "answerable"]
    refused = sum(one.answer.status == "not_found" for one in answerable)
    yield f"- answerable questions refused: {refused / max(len(answerable), 1):.3f}"
    if lengths:
        most = percentile(lengths, 0.95)
        yield f"- length of an answer: median {statistics.median(lengths):.0f} characters, 95 % under {most}"
    valid = sum(one.valid for one in run.answers)
    yield f"- answers with only valid citations: {valid} of {len(run.answers)}"


def _mistakes(run: Run) -> Iterable[str]:
    for identity, one in [*((single.id, one) for single, one in run.singles), *run.turns]:
        if one.fault:
            said = " ".join(one.answer.answer.split())[:140]
            yield f"- {identity} {one.turn.question} → [{one.answer.status} {one.answer.strategy}] {said} ({one.fault})"
