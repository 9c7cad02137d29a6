"""What is measured of the answers to a gold set beside whether they are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from bot.answering.answer import Answer, Citation
from evaluation.answer_gold import Single, Turn
from evaluation.answer_judge import Judged, Run, forbidden_said, says
from evaluation.gold import locate
from evaluation.retrieval import CUTS, Places, Ranks, evidence_rank
from index.directive import Directive, Span
from index.library import Library
from index.normalise.keys import fold

_ASSERTING = ("answered", "corrected")
# A yes or no is the answer's own word: no quotation holds it.
_YES_NO = frozenset({"co", "khong", "chua", "duoc", "phai", "dung", "sai"})
Pair = tuple[Single, Judged]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `of` may be 0."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """From 0 to 1."""
        return self.count / max(self.of, 1)

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.count} of {self.of})"


def share(chosen: Sequence[bool]) -> Share:
    """How many are true."""
    return Share(sum(chosen), len(chosen))


def refusal_precision(pairs: Sequence[Pair]) -> Share:
    """Of the questions answered *not_found*, those for which that was expected."""
    return share(["not_found" in one.expected_status for one, got in pairs if got.answer.status == "not_found"])


def refusal_recall(pairs: Sequence[Pair]) -> Share:
    """Of the questions that must be refused (*not_found* expected, *answered* not), those refused or corrected."""
    due = [
        (one, got) for one, got in pairs if "not_found" in one.expected_status and "answered" not in one.expected_status
    ]
    return share([got.answer.status in one.expected_status for one, got in due])


def wrongly_refused(pairs: Sequence[Pair]) -> Share:
    """Of the answerable questions for which *not_found* is no right answer, those answered so."""
    asked = [got for one, got in pairs if one.kind == "answerable" and "not_found" not in one.expected_status]
    return share([got.answer.status == "not_found" for got in asked])


def wrong_place(
    pairs: Sequence[Pair], directives: Mapping[str, Directive], named: bool = False
) -> tuple[Share, list[str]]:
    """Of the questions about known provinces, those whose answer asserts something of another one; their ids.

    The provinces are the question's own and those of the documents that it must be answered from; of a province with
    no directive (style other_province) any assertion is of another place. `named`: only questions that name a place.
    """
    wrong: dict[str, bool] = {}
    for one, got in pairs:
        unstored = one.style == "other_province" and "answered" not in one.expected_status
        places = {directives[identity].province for identity in one.document_ids} | ({one.province} - {None})
        if unstored or (one.province if named else places):
            wrong[one.id] = any(citation.province not in places for citation in asserted(got.answer))
    return share(list(wrong.values())), [identity for identity, is_wrong in wrong.items() if is_wrong]


def asserted(answer: Answer) -> list[Citation]:
    """The citations that support or correct."""
    return (
        [citation for citation in answer.citations if citation.role != "nearest"] if answer.status in _ASSERTING else []
    )


def citation_support(judged: Sequence[Judged], basis: str | None = None) -> tuple[Share, list[Judged]]:
    """Of the key facts of right answers, those that stand in a supporting quotation; the answers that lack one.

    Yes and no are left out. With `basis`, only answers that rest on it.
    """
    facts: list[bool] = []
    lacking: list[Judged] = []
    for one in judged:
        if one.fault or one.answer.status not in _ASSERTING or (basis and one.answer.basis != basis):
            continue
        quotes = "\n".join(citation.quote for citation in asserted(one.answer))
        held = [says(quotes, fact) for fact in _quotable(one.turn)]
        facts += held
        lacking += [one] if not all(held) else []
    return share(facts), lacking


def _quotable(turn: Turn) -> list[tuple[str, ...]]:
    return [fact for fact in turn.facts if not _YES_NO & {fold(spelling) for spelling in fact}]


def forbidden(judged: Sequence[Judged]) -> Share:
    """Of the answers to questions with forbidden facts, those that assert one."""
    asked = [one for one in judged if one.turn.forbidden]
    return share([bool(forbidden_asserted(one)) for one in asked])


def forbidden_asserted(one: Judged) -> list[str]:
    """The forbidden facts that an answer asserts, whatever else is wrong with it."""
    return forbidden_said(one.turn, one.answer) if one.answer.status in _ASSERTING else []


def cited_ranks(library: Library, run: Run) -> Ranks:
    """Where the evidence of the questions lies among the citations of their answers, in their order."""
    return Ranks(
        tuple(
            evidence_rank(library, quotes, places(got.answer))
            for one, got in run.singles
            if (quotes := wanted(one, library))
        )
    )


def retrieved_ranks(library: Library, run: Run) -> Ranks:
    """Where it lies among the passages that hybrid search finds for the questions as typed."""
    return Ranks(
        tuple(
            evidence_rank(library, quotes, found_places(library.retriever.search(one.question, max(CUTS))))
            for one, _ in run.singles
            if (quotes := wanted(one, library))
        )
    )


def wanted(turn: Turn, library: Library) -> list[tuple[str, str]]:
    """The evidence of a question as (document id, quotation), as far as it stands in the canonical text.

    A reader's quotation may hold marks of the page it was copied from; one that joins two places is left out.
    """
    quotes = [(one.document_id, one.quote.replace("**", "")) for one in turn.evidence]
    return [(identity, quote) for identity, quote in quotes if _stands(quote, library.directive(identity))]


def _stands(quote: str, directive: Directive) -> bool:
    try:
        locate(quote, directive)
    except ValueError:
        return False
    return True


def places(answer: Answer) -> Places:
    """Where the citations of an answer stand."""
    return [(citation.document_id, Span(citation.start, citation.end)) for citation in answer.citations]


def found_places(found: Sequence[Document]) -> Places:
    """Where passages stand."""
    return [(one.metadata["document_id"], Span(one.metadata["start"], one.metadata["end"])) for one in found]
