from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.alqac import alqac_report
from evaluation.gold import load_questions, locate
from evaluation.retrieval import coverage, recall
from evaluation.shared import SharedDataError, shared_folder
from index.directive import Directive, Span
from index.library import Library
from index.settings import IndexSettings


def test_the_gold_set_is_large_enough_and_quotes_the_texts(directives: dict[str, Directive]) -> None:
    questions = load_questions("foundation")
    assert len(questions) >= 80
    assert sum(not question.diacritics for question in questions) >= 20
    assert len({question.id for question in questions}) == len(questions)
    for question in questions:
        for quote in question.evidence:
            locate(quote, directives[question.document_id])


def test_a_wrong_quotation_is_an_error(directives: dict[str, Directive]) -> None:
    with pytest.raises(ValueError, match="not in"):
        locate("câu này không có trong văn bản", directives["ha-tinh-ct-btv-thanh-uy"])


def test_coverage_counts_characters() -> None:
    assert coverage(Span(0, 10), [Span(0, 5), Span(3, 8)]) == pytest.approx(0.8)
    assert coverage(Span(0, 10), []) == 0


@pytest.mark.parametrize(("diacritics", "least"), [(True, 0.85), (False, 0.80)])
def test_the_evidence_lies_among_the_first_five_passages(library: Library, diacritics: bool, least: float) -> None:
    chosen = [q for q in load_questions("foundation") if q.part == "development" and q.diacritics is diacritics]
    assert recall(library, chosen).at[5] >= least


def test_words_alone_find_the_articles_of_alqac() -> None:
    try:
        folder: Path = shared_folder() / "data" / "alqac"
    except SharedDataError as error:
        pytest.skip(f"the benchmark is not on this machine: {error}")
    rows = [
        line for line in alqac_report(folder, IndexSettings(), dense=False).splitlines() if line.startswith("| words")
    ]
    assert [float(row.split("|")[-2]) >= least for row, least in zip(rows, (0.95, 0.945), strict=True)] == [True, True]
