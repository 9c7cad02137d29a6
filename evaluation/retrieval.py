"""How often the evidence of a gold question lies in the first passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from evaluation.gold import Question, locate
from index.directive import Span
from index.library import Library

CUTS = (1, 5, 10)
# Evidence lies in passages when they cover this share of its characters: a quotation may begin with its label's dash.
_COVERED = 0.9

Search = Callable[[str, int], Sequence[Document]]


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of questions whose evidence lies in the first k passages, for each k of `CUTS`, and the misses at 5."""

    questions: int
    at: dict[int, float]
    missed: tuple[Question, ...]


def recall(library: Library, questions: Sequence[Question], search: Search | None = None) -> Recall:
    """Measure the library's retriever (or another search over the same passages) on gold questions."""
    search = search or library.retriever.search
    hits = dict.fromkeys(CUTS, 0)
    missed = []
    for question in questions:
        found = search(question.question, max(CUTS))
        for cut in CUTS:
            hits[cut] += _holds(library, question, found[:cut])
        if not _holds(library, question, found[:5]):
            missed.append(question)
    count = max(len(questions), 1)
    return Recall(len(questions), {cut: hits[cut] / count for cut in CUTS}, tuple(missed))


def _holds(library: Library, question: Question, found: Sequence[Document]) -> bool:
    spans = [
        Span(document.metadata["start"], document.metadata["end"])
        for document in found
        if document.metadata["document_id"] == question.document_id
    ]
    directive = library.directive(question.document_id)
    return any(coverage(locate(quote, directive), spans) >= _COVERED for quote in question.evidence)


def coverage(wanted: Span, spans: Sequence[Span]) -> float:
    """Share of a span that others cover."""
    covered: set[int] = set()
    for span in spans:
        covered.update(range(max(wanted.start, span.start), min(wanted.end, span.end)))
    return len(covered) / max(wanted.end - wanted.start, 1)
