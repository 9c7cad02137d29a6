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


Places = Sequence[tuple[str, Span]]  # (document id, span), best first


def evidence_rank(library: Library, wanted: Sequence[tuple[str, str]], found: Places) -> int | None:
    """The least number of first places (1 or more) that cover one (document id, quotation) of those wanted."""
    located = [(identity, locate(quote, library.directive(identity))) for identity, quote in wanted]
    for rank in range(1, len(found) + 1):
        for identity, span in located:
            spans = [place for document, place in found[:rank] if document == identity]
            if spans and coverage(span, spans) >= _COVERED:
                return rank
    return None


@dataclass(frozen=True, slots=True)
class Ranks:
    """The ranks of the evidence of several questions, None where it was not found."""

    ranks: tuple[int | None, ...]

    def recall(self, cut: int) -> float:
        """Share of the questions whose evidence is covered by the first `cut` places."""
        return sum(rank is not None and rank <= cut for rank in self.ranks) / max(len(self.ranks), 1)

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank, 0 for what was not found."""
        return sum(1 / rank for rank in self.ranks if rank) / max(len(self.ranks), 1)


def coverage(wanted: Span, spans: Sequence[Span]) -> float:
    """Share of a span that others cover."""
    covered: set[int] = set()
    for span in spans:
        covered.update(range(max(wanted.start, span.start), min(wanted.end, span.end)))
    return len(covered) / max(wanted.end - wanted.start, 1)
