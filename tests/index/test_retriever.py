from __future__ import annotations

import pytest

from index.filters import Filters
from index.library import Library
from index.passages import PASSAGE_WORDS, passages


def test_a_passage_is_a_span_of_at_most_120_words(library: Library) -> None:
    for directive in library.directives.values():
        for passage in passages(directive):
            text = directive.text[passage.metadata["start"] : passage.metadata["end"]]
            assert passage.page_content.endswith(text)
            assert len(text.split()) <= PASSAGE_WORDS
            assert directive.provision(passage.metadata["provision_id"])


def test_all_of_a_directive_is_in_its_passages(library: Library) -> None:
    for directive in library.directives.values():
        held = {i for p in passages(directive) for i in range(p.metadata["start"], p.metadata["end"])}
        assert [c for i, c in enumerate(directive.text) if not c.isspace() and i not in held] == []


@pytest.mark.parametrize(
    "question", ["ban chỉ đạo công tác dân vận", "ban chi dao cong tac dan van", "steering committee"]
)
@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(document_ids=("ha-tinh-ct-btv-thanh-uy",)), {"ha-tinh-ct-btv-thanh-uy"}),
        (Filters(province="Hải Dương"), {"hai-duong-18-ct-ubnd-2016"}),
        (Filters(type="Chỉ thị"), {"ha-tinh-ct-btv-thanh-uy", "hai-duong-18-ct-ubnd-2016"}),
        (
            Filters(year=2016),
            {
                "da-nang-2108-qd-tu-2016",
                "hai-duong-18-ct-ubnd-2016",
                "ha-tinh-ct-btv-thanh-uy",
                "phu-yen-nq-btv-tinh-uy",
            },
        ),
        (Filters(type="Chỉ thị", year=2021), {"ha-tinh-ct-btv-thanh-uy"}),
        (Filters(province="Cà Mau"), set()),
    ],
)
def test_filters_hold_for_words_and_for_meaning(
    library: Library, question: str, filters: Filters, allowed: set[str]
) -> None:
    found = {document.metadata["document_id"] for document in library.retriever.search(question, 50, filters)}
    assert found <= allowed
    assert bool(found) == bool(allowed)


def test_undated_directives_are_marked(library: Library) -> None:
    found = library.retriever.search("công tác dân vận", 50, Filters(year=2016))
    undated = {document.metadata["document_id"] for document in found if document.metadata["year"] == 0}
    assert undated <= {"ha-tinh-ct-btv-thanh-uy", "phu-yen-nq-btv-tinh-uy"}
    assert undated


def test_it_is_a_langchain_retriever(library: Library) -> None:
    found = library.retriever.invoke("Hạn gửi báo cáo ở Hải Dương", k=3, filters=Filters(province="Hải Dương"))
    assert len(found) == 3
    assert found[0].metadata["score"] >= found[1].metadata["score"]


@pytest.mark.parametrize("question", ["", "   ", "?!", "\ufffd", "x" * 5000, "ủy " * 2000])
def test_odd_questions_are_searched_without_failing(library: Library, question: str) -> None:
    library.retriever.search(question, 5)


def test_a_footnote_is_found_by_the_words_it_explains(library: Library) -> None:
    found = library.retriever.search("chủ trương 4 an", 5)
    assert any(document.metadata["provision_id"] == "chu-thich-2" for document in found)
