"""What plain retrieval would answer: the first passage, always, of hybrid search and of BM25."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from bot.answering.answer import Answer, Understood, cite
from bot.answering.assistant import Assistant
from evaluation.answer_gold import GROUPS, Single, load_answers
from evaluation.answer_judge import Judged, ask_all, judge
from evaluation.answer_measures import cited_ranks, found_places, refusal_recall, wanted, wrong_place
from evaluation.retrieval import CUTS, Ranks, evidence_rank
from index.directive import Directive, Span
from index.library import Library
from index.settings import IndexSettings

_ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class System:
    """One way to answer the gold set: its answers, and where it found the evidence."""

    pairs: tuple[tuple[Single, Judged], ...]
    ranks: Ranks


def compare(settings: IndexSettings, singles: Sequence[Single]) -> dict[str, System]:
    """The assistant, hybrid search and BM25 on the same questions.

    A baseline's answer is its whole first passage, verbatim, cited: more than a sentence, so that no choice of a
    sentence stands against it. It never refuses, corrects or asks back.
    """
    with Assistant(settings) as assistant, assistant.library.use() as library:
        run = ask_all(assistant, singles, [])
        systems = {_ASSISTANT: System(run.singles, cited_ranks(library, run))}
        for name, search in searches(library).items():
            systems[name] = _baseline(assistant, library, singles, search)
    return systems


def searches(library: Library) -> dict[str, Callable[[str], Sequence[Document]]]:
    """The two baselines: a question's first passages, best first."""
    passages, most = library.retriever.passages, max(CUTS)
    return {
        "hybrid search": lambda text: library.retriever.search(text, most),
        "BM25": lambda text: [passages[identity] for identity, _ in library.retriever.lexical.search(text, most)],
    }


def baselines_report(settings: IndexSettings) -> str:
    """The figures of all three on the development part, as Markdown."""
    return table(settings, compare(settings, load_answers("development")[0]))


def table(settings: IndexSettings, systems: Mapping[str, System]) -> str:
    """The figures of the systems side by side."""
    with Assistant(settings) as assistant, assistant.library.use() as library:
        tables = {name: figures(system, library.directives) for name, system in systems.items()}
    lines = ["| | " + " | ".join(tables) + " |", "|---|" + "---|" * len(tables)]
    for label in tables[_ASSISTANT]:
        lines.append(f"| {label} | " + " | ".join(table[label] for table in tables.values()) + " |")
    return "\n".join(lines)


def shares(system: System) -> dict[str, float]:
    """Share of right answers by group of questions."""
    chosen = {label: [got for one, got in system.pairs if belongs(one)] for label, belongs in GROUPS}
    return {label: sum(one.fault is None for one in got) / len(got) for label, got in chosen.items() if got}


def figures(system: System, directives: Mapping[str, Directive]) -> dict[str, str]:
    """Every figure of one system by its name, as text."""
    rows = {f"right: {label}": f"{value:.3f}" for label, value in shares(system).items()}
    rows["unanswerable: refused or corrected"] = f"{refusal_recall(system.pairs).value:.3f}"
    rows["asserts of another place"] = f"{wrong_place(system.pairs, directives)[0].value:.3f}"
    lengths = [len(got.answer.answer) for _, got in system.pairs if got.answer.status == "answered"]
    rows["length of an answer, median characters"] = f"{statistics.median(lengths):.0f}" if lengths else "-"
    rows |= {f"evidence: R@{cut}": f"{system.ranks.recall(cut):.3f}" for cut in CUTS}
    rows["evidence: MRR"] = f"{system.ranks.mrr:.3f}"
    return rows


def _baseline(
    assistant: Assistant, library: Library, singles: Sequence[Single], search: Callable[[str], Sequence[Document]]
) -> System:
    pairs, ranks = [], []
    for single in singles:
        found = search(single.question)
        pairs.append((single, judge(assistant, single, _first(single, library, found))))
        if quotes := wanted(single, library):
            ranks.append(evidence_rank(library, quotes, found_places(found)))
    return System(tuple(pairs), Ranks(tuple(ranks)))


def _first(single: Single, library: Library, found: Sequence[Document]) -> Answer:
    question = Understood(text=single.question, understood_as=single.question)
    if not found:
        return Answer(status="not_found", answer="-", question=question)
    first = found[0].metadata
    directive = library.directive(first["document_id"])
    span = Span(first["start"], first["end"])
    citation = cite(directive, directive.provision(first["provision_id"]), span, 1)
    return Answer(
        status="answered", answer=f"{citation.quote} [1]", basis="text", citations=(citation,), question=question
    )
