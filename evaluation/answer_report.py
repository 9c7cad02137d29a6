"""The report on the gold set of answers, as Markdown: shares by kind, measures, then every mistake."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.answering.assistant import Assistant
from evaluation import answer_measures as measure
from evaluation.answer_gold import GROUPS, HELD, Part, load_answers
from evaluation.answer_judge import Judged, Run, ask_all
from evaluation.answer_runs import LOG, log_run
from evaluation.gold import GOLD
from evaluation.latency import percentile
from evaluation.retrieval import CUTS, Ranks
from index.library import Library
from index.settings import IndexSettings

_LISTED = 20  # answers that lack a fact in their quotations


def answers_report(settings: IndexSettings, part: Part, gold: Path = GOLD, log: Path = LOG) -> str:
    """Ask every question of a part once and report; a run on the test part is logged."""
    singles, dialogues = load_answers(part, gold)
    with Assistant(settings) as assistant, assistant.library.use() as library:
        run = ask_all(assistant, singles, dialogues)
        measures = _measures(run, library)
    if part == "test":
        log_run(main_figures(run, measures), log, gold)
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
    lines += ["", "| measure | figure |", "|---|---|", *(f"| {name} | {figure} |" for name, figure in measures.items())]
    if part not in HELD:
        lines += ["", *_lists(run, library), "", "Mistakes:", "", *_mistakes(run)]
    return "\n".join(lines)


def right(judged: Sequence[Judged]) -> float:
    """Share of the answers (at least one) that are right."""
    return sum(one.fault is None for one in judged) / len(judged)


def main_figures(run: Run, measures: Mapping[str, str]) -> dict[str, str]:
    """What issue 4 sets goals for: the right ones by group, and the measures of its list."""
    groups = {label: [one for single, one in run.singles if chosen(single)] for label, chosen in GROUPS}
    groups["dialogue turns"] = [one for _, one in run.turns]
    shares = {f"right: {label}": f"{right(judged):.3f}" for label, judged in groups.items() if judged}
    return shares | {name: measures[name] for name in _MAIN if name in measures}


def _row(label: str, judged: Sequence[Judged]) -> str:
    return f"| {label} | {len(judged)} | {right(judged):.3f} |" if judged else f"| {label} | 0 | |"


_WRONG_PLACE = "asserts of another place, of questions that name one"
_LENGTH = "length of an answer, characters: median, 95 % at most"
_VALID = "answers with only valid citations"
_TIME = "time of a question : median of its embedding alone, median and 95th percentile"
_MAIN = ("refusal recall", "wrongly refused", _WRONG_PLACE, _LENGTH, _VALID, _TIME)


def _measures(run: Run, library: Library) -> dict[str, str]:
    """Every measure by its name."""
    pairs, answers = run.singles, run.answers
    rows = {
        "refusal precision": str(measure.refusal_precision(pairs)),
        "refusal recall": str(measure.refusal_recall(pairs)),
        "wrongly refused": str(measure.wrongly_refused(pairs)),
        _WRONG_PLACE: str(measure.wrong_place(pairs, library.directives, named=True)[0]),
        "asserts of another place, of all whose place is known": str(measure.wrong_place(pairs, library.directives)[0]),
        "asserts a forbidden fact, of questions that have some": str(measure.forbidden(answers)),
        _VALID: str(measure.share([one.valid for one in answers])),
        "key facts of right answers in their quotations": str(measure.citation_support(answers)[0]),
        "the same where the answer rests on the text": str(measure.citation_support(answers, "text")[0]),
    }
    lengths = [len(one.answer.answer) for _, one in pairs if one.answer.status == "answered"]
    if lengths:
        rows[_LENGTH] = f"{statistics.median(lengths):.0f}, {percentile(lengths, 0.95):.0f}"
    retrieved = measure.retrieved_ranks(library, run)
    rows["evidence among the citations: " + _NAMES] = _ranks(measure.cited_ranks(library, run))
    rows["evidence among the passages found: " + _NAMES] = _ranks(retrieved)
    if run.latency.asked:
        rows[_TIME] = f"{run.latency.ratio:.2f}, {run.latency.slow_ratio:.2f}"
    return rows


_NAMES = ", ".join([*(f"R@{cut}" for cut in CUTS), "MRR"])


def _ranks(ranks: Ranks) -> str:
    return ", ".join(f"{value:.3f}" for value in (*(ranks.recall(cut) for cut in CUTS), ranks.mrr))


def _lists(run: Run, library: Library) -> Iterable[str]:
    """By name, what must not be: another place, a forbidden fact, a fact that no quotation holds."""
    by_id = {single.id: one for single, one in run.singles}
    yield "Of another place: " + (", ".join(measure.wrong_place(run.singles, library.directives)[1]) or "none")
    said = [
        f"{identity} ({', '.join(words)})"
        for identity, one in by_id.items()
        if one.answer.citations and (words := measure.forbidden_asserted(one))
    ]
    yield "\nForbidden facts: " + (", ".join(said) or "none")
    lacking = measure.citation_support([*by_id.values()], "text")[1]
    names = [identity for identity, one in by_id.items() if any(one is other for other in lacking)]
    yield "\nRight by the text, a key fact in no quotation: " + (", ".join(names[:_LISTED]) or "none")


def _mistakes(run: Run) -> Iterable[str]:
    for identity, one in [*((single.id, one) for single, one in run.singles), *run.turns]:
        if one.fault:
            said = " ".join(one.answer.answer.split())[:140]
            yield f"- {identity} {one.turn.question} → [{one.answer.status} {one.answer.strategy}] {said} ({one.fault})"
