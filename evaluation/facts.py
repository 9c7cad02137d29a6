"""All reference tables of facts at once: on the directives, on documents nobody tuned for, on altered copies."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from evaluation.altered import Alteration, altered_corpus, leaks
from evaluation.facts_duties import score_duties
from evaluation.facts_gold import Alter
from evaluation.facts_outline import score_counts, score_definitions, score_outline
from evaluation.facts_references import score_metadata, score_references
from index.catalogue import Entry
from index.corpus import load_corpus, read_directive
from index.directive import Directive
from index.facts.read import read_facts

SEEDS = (1, 2, 3)
# The two real documents with tables of their own: no pattern was tuned on them, and they are reported as they are.
UNSEEN = ("tnt-556b2fb4a0149576", "tnt-8bfc5490255c4de0")
Scores = dict[str, float]


def measure(directives: Mapping[str, Directive], alter: Alter | None = None) -> tuple[Scores, list[str]]:
    """Every score (0 to 1) by its name, and all mistakes."""
    scores: Scores = {}
    mistakes: list[str] = []
    for name, score in (
        ("metadata", score_metadata(directives, alter)),
        ("references", score_references(directives, alter)),
        ("definitions", score_definitions(directives, alter)),
        ("outline", score_outline(directives, alter)),
        ("counts", score_counts(directives, alter)),
    ):
        scores |= {f"{name}: precision": score.precision, f"{name}: recall": score.recall}
        mistakes += [f"{name}: {mistake}" for mistake in score.mistakes]
    duties = score_duties(directives, alter)
    scores |= {
        "duties with a date, frequency or number: precision": duties.quantified_precision,
        "duties with a date, frequency or number: recall": duties.quantified_recall,
        "of those found: deadline right": duties.deadline_right,
        "of those found: target value right": duties.target_right,
        "of those found: frequency right": duties.frequency_right,
        "of those found: actor right": duties.actor_right,
        "duties assigned to a body: recall": duties.assigned_recall,
    }
    return scores, mistakes + [f"duties: {mistake}" for mistake in duties.mistakes]


def facts_report(corpus: Path, unseen: Path | None) -> str:
    """The scores on the corpus, and on the unseen documents where their folder is given; then all mistakes."""
    own, mistakes = measure({directive.id: directive for directive in load_corpus(corpus)})
    columns = {"the corpus": own}
    if unseen is not None:
        columns["two unseen documents"], more = measure(unseen_directives(unseen))
        mistakes += more
    return "\n".join([*_table(columns), "", "Mistakes:", "", *(f"- {mistake}" for mistake in mistakes)])


def altered_report(corpus: Path) -> str:
    """The scores on altered copies beside those on the originals; the largest difference; what leaked."""
    columns = {"original": measure({directive.id: directive for directive in load_corpus(corpus)})[0]}
    mistakes: list[str] = []
    leaked: list[str] = []
    with tempfile.TemporaryDirectory() as workplace:
        for seed in SEEDS:
            directives, alterations = altered_corpus(corpus, Path(workplace) / str(seed), seed)
            scores, wrong = measure(directives, _altering(alterations))
            columns[f"seed {seed}"] = scores
            mistakes += [f"seed {seed}: {mistake}" for mistake in wrong]
            said = {
                identity: json.dumps(asdict(read_facts([directive])), ensure_ascii=False)
                for identity, directive in directives.items()
            }
            leaked += leaks(alterations, said)
    original = columns["original"]
    worst = max(abs(original[name] - one[name]) for one in columns.values() for name in original)
    lines = [
        *_table(columns),
        "",
        f"Largest difference: {worst:.3f}. Original names and numbers in the facts: {leaked or 'none'}.",
    ]
    new = sorted(set(mistakes))
    return "\n".join([*lines, "", "Mistakes:", "", *(f"- {mistake}" for mistake in new)])


def _altering(alterations: Mapping[str, Alteration]) -> Alter:
    return lambda identity, text: alterations[identity](text)


def unseen_directives(folder: Path) -> dict[str, Directive]:
    """The two unseen documents, read with an entry that says nothing of them."""
    entry = Entry(
        file="-", province="-", level="tỉnh", issuer="-", status="unverified", provenance="shared/data/real-directives"
    )
    return {name: read_directive(folder / f"{name}.txt", name, entry) for name in UNSEEN}


def _table(columns: Mapping[str, Scores]) -> Iterable[str]:
    yield "| score | " + " | ".join(columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for name in next(iter(columns.values())):
        yield f"| {name} | " + " | ".join(f"{scores[name]:.3f}" for scores in columns.values()) + " |"
