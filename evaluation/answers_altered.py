"""The gold set of answers, asked of altered copies of the directives: nothing may have been tuned to five files."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering.answer import Answer
from bot.answering.assistant import Assistant
from evaluation.altered import Alteration, altered_corpus
from evaluation.altered_gold import Carrier, NotCarriedError
from evaluation.answer_gold import GROUPS, Dialogue, Single, load_answers
from evaluation.answer_judge import Run, ask_all
from evaluation.answer_report import right
from index.build import build
from index.context import CONTEXT
from index.corpus import load_corpus
from index.directive import Directive
from index.settings import IndexSettings


@dataclass(frozen=True, slots=True)
class Copy:
    """One altered corpus with the gold set carried over to it; `lost` says by id what could not be."""

    settings: IndexSettings
    gold: dict[str, Single | Dialogue]
    lost: dict[str, str]
    originals: frozenset[str]  # names and values that stand in the original directives and nowhere in this copy


def answers_altered_report(settings: IndexSettings, seeds: Sequence[int]) -> str:
    """Accuracy on the originals and on each copy, their largest difference, original values said of a copy."""
    singles, dialogues = load_answers("development")
    gold: list[Single | Dialogue] = [*singles, *dialogues]
    with tempfile.TemporaryDirectory() as workplace:
        copies = {seed: make_copy(settings, Path(workplace) / str(seed), seed, gold) for seed in seeds}
        lost = {identity: why for copy in copies.values() for identity, why in copy.lost.items()}
        kept = [one for one in gold if one.id not in lost]
        runs = {"original": _run(settings, kept)}
        leaked: list[str] = []
        for seed, copy in copies.items():
            run = runs[f"seed {seed}"] = _run(copy.settings, [copy.gold[one.id] for one in kept])
            leaked += [f"seed {seed}: {leak}" for leak in original_values(run, copy.originals)]
    return "\n".join(_report(runs, lost, leaked))


def make_copy(settings: IndexSettings, folder: Path, seed: int, gold: Sequence[Single | Dialogue]) -> Copy:
    """Write an altered corpus with its outside facts, build its index, and carry the gold set over."""
    originals = {directive.id: directive for directive in load_corpus(settings.corpus)}
    copies, alterations = altered_corpus(settings.corpus, folder / "corpus", seed)
    carrier = Carrier(originals, copies, alterations)
    outside = (settings.corpus / CONTEXT).read_text(encoding="utf-8")
    (folder / "corpus" / CONTEXT).write_text(carrier.outside_facts(outside), encoding="utf-8")
    chosen = settings.model_copy(update={"corpus": folder / "corpus", "data": folder / "data"})
    build(chosen)
    carried: dict[str, Single | Dialogue] = {}
    lost: dict[str, str] = {}
    for one in gold:
        try:
            carried[one.id] = carrier.single(one) if isinstance(one, Single) else carrier.dialogue(one)
        except NotCarriedError as error:
            lost[one.id] = str(error)
    return Copy(chosen, carried, lost, _only_in_originals(originals, copies, alterations))


def original_values(run: Run, originals: Iterable[str]) -> list[str]:
    """Each original value in what is said of a copy, where the question itself does not hold it."""
    pattern = re.compile(
        rf"(?<![\w/.,-])(?:{'|'.join(map(re.escape, sorted(originals, key=len, reverse=True)))})(?![\w/]|-\w)"
    )
    return [
        f"{found} in the answer to {one.turn.question!r}"
        for one in run.answers
        for found in dict.fromkeys(pattern.findall(_said(one.answer)))
        if found not in one.turn.question
    ]


def _said(answer: Answer) -> str:
    """All that people read: the answer, its quotations and their lines, notices, choices, suggestions."""
    parts = [answer.answer, *answer.suggestions, *(choice.label for choice in answer.choices)]
    parts += [f"{notice.text} {notice.source or ''}" for notice in answer.notices]
    parts += [f"{citation.quote}\n{citation.citation_line}" for citation in answer.citations]
    return "\n".join(parts)


def _only_in_originals(
    originals: Mapping[str, Directive], copies: Mapping[str, Directive], alterations: Mapping[str, Alteration]
) -> frozenset[str]:
    then: set[str] = set()
    for identity, alteration in alterations.items():
        then |= alteration.values_in(originals[identity].text) | set(alteration.gone)
    now = "\n".join(f"{copy.text} {copy.metadata} {copy.remarks}" for copy in copies.values())
    return frozenset(value for value in then if not re.search(rf"(?<!\w){re.escape(value)}(?!\w)", now))


def _run(settings: IndexSettings, gold: Sequence[Single | Dialogue]) -> Run:
    with Assistant(settings) as assistant:
        return ask_all(
            assistant,
            [one for one in gold if isinstance(one, Single)],
            [one for one in gold if isinstance(one, Dialogue)],
        )


def _report(runs: Mapping[str, Run], lost: Mapping[str, str], leaked: Sequence[str]) -> Iterator[str]:
    yield f"| | {' | '.join(['questions', *runs])} |"
    yield "|---|---|" + "---|" * len(runs)
    tables = {name: _shares(run) for name, run in runs.items()}
    for label, (count, _) in tables["original"].items():
        yield f"| {label} | {count} | " + " | ".join(f"{table[label][1]:.3f}" for table in tables.values()) + " |"
    whole = {name: right(run.answers) for name, run in runs.items()}
    worst = max((abs(share - whole["original"]), name) for name, share in whole.items())
    yield ""
    yield f"Largest difference of all answers: {worst[0]:.3f} ({worst[1]})."
    yield f"Original names and values in answers on the copies: {len(leaked) or 'none'}."
    if leaked:
        yield "\n" + "\n".join(f"- {leak}" for leak in leaked)
    yield "\nRight on the originals, wrong on a copy:\n"
    before = [one.fault for one in runs["original"].answers]
    for name, run in runs.items():
        for fault, one in zip(before, run.answers, strict=True):
            if fault is None and one.fault:
                said = " ".join(one.answer.answer.split())[:120]
                strategy = f"{one.answer.status} {one.answer.strategy}"
                yield f"- {name}: {one.turn.question} → [{strategy}] {said} ({one.fault})"
    yield "\nWrong on the originals, right on a copy:\n"
    for name, run in runs.items():
        for fault, one in zip(before, run.answers, strict=True):
            if fault and one.fault is None:
                yield f"- {name}: {one.turn.question} ({fault})"
    if lost:
        yield "\nLeft out, since they cannot be carried over:\n"
        yield from (f"- {identity}: {why}" for identity, why in lost.items())


def _shares(run: Run) -> dict[str, tuple[int, float]]:
    """How many answers each group has and the share of right ones."""
    groups = {label: [one for single, one in run.singles if chosen(single)] for label, chosen in GROUPS}
    groups |= {"dialogue turns": [one for _, one in run.turns], "all answers": run.answers}
    return {label: (len(answers), right(answers)) for label, answers in groups.items() if answers}
