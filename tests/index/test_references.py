from __future__ import annotations

import pytest

from evaluation.facts_references import score_metadata, score_references
from index.directive import Directive
from index.facts.inconsistencies import find_inconsistencies
from index.facts.records import Reference
from index.facts.references import read_references


def directive(text: str, identity: str = "one", province: str = "Lâm Đồng") -> Directive:
    return Directive(identity, f"CHỈ THỊ\nvề việc thử\n{text}", "", (), (), province=province)


def cited(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one.type, one.number, one.date, one.issuer) for one in read_references(directive(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thực hiện Kết luận số 62-KL/TW, ngày 08/12/2029 của Ban Bí thư về tiếp tục đổi mới.",
            [("Kết luận", "62-KL/TW", "2029-12-08", "Ban Bí thư")],
        ),
        (
            "theo Quyết định số 81-QĐ/TW, 82-QĐ/TW ngày 12/12/2031 của Bộ Chính trị và "
            "Quy định số 83-QĐ/TW của Ban Bí thư.",
            [
                ("Quyết định", "81-QĐ/TW", "2031-12-12", "Bộ Chính trị"),
                ("Quyết định", "82-QĐ/TW", "2031-12-12", "Bộ Chính trị"),
                ("Quy định", "83-QĐ/TW", None, "Ban Bí thư"),
            ],
        ),
        (
            "Nghị định số 7/2030/NĐ-CP ngày 3 tháng 02 năm 2030 của Chính phủ quy định chi tiết Luật mới",
            [("Nghị định", "7/2030/NĐ-CP", "2030-02-03", "Chính phủ")],
        ),
        (
            "Chỉ thị số 5-CT/TU ngày 01/3/2030 của Ban Thường vụ Tỉnh ủy (Chỉ thị 5-CT/TU); gắn với Chỉ thị 5-CT/TU.",
            [("Chỉ thị", "5-CT/TU", "2030-03-01", "Ban Thường vụ Tỉnh ủy")],
        ),
        (
            "Nghị quyết số 12-NQ/TW của Ban Chấp hành Trung ương Đảng (khóa XV) “Về công tác”; "
            "Nghị quyết 12-NQ/TW ngày 05-5-2031",
            [("Nghị quyết", "12-NQ/TW", "2031-05-05", "Ban Chấp hành Trung ương Đảng (khóa XV)")],
        ),
    ],
)
def test_citations_in_their_many_forms(
    text: str, expected: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    assert cited(text) == expected


def test_the_type_comes_from_the_word_and_not_from_the_symbol() -> None:
    assert cited("Quy định số 41-QĐ/TW và Quyết định số 42-QĐ/TW.")[0][0] == "Quy định"


def test_every_mention_is_kept_with_its_place() -> None:
    one = directive("Chỉ thị số 5-CT/TU ngày 01/3/2030. Thực hiện Chỉ thị 5-CT/TU. Theo chỉ thị số 5-CT/TU.")
    (reference,) = read_references(one)
    assert [mention.of(one.text)[:7].lower() for mention in reference.mentions] == ["chỉ thị"] * 3


def test_laws_by_name_and_no_generic_words() -> None:
    text = "Thực hiện Luật Khiếu nại, Luật Tố cáo và các luật khác; Quy chế dân chủ ở cơ sở; theo quy chế; Luật này."
    titles = [one.title for one in read_references(directive(text)) if one.number is None]
    assert titles == ["Luật Khiếu nại", "Luật Tố cáo", "Quy chế dân chủ ở cơ sở"]


def reference(identity: str, number: str, date: str | None, issuer: str | None) -> Reference:
    (found,) = read_references(directive(f"Kết luận số {number}.", identity))
    return Reference(identity, "Kết luận", number, number, date, date, issuer, None, found.mentions)


def test_a_disagreement_on_a_date_names_all_readings() -> None:
    found = find_inconsistencies(
        [
            reference("one", "9-KL/TW", "2031-07-14", "Ban Bí thư"),
            reference("two", "9-KL/TW", "2032-07-14", "Ban Bí thư Trung ương Đảng (khóa XV)"),
            reference("three", "9-KL/TW", None, None),
        ],
        {"one": "Lâm Đồng", "two": "Cà Mau"},
    )
    assert [(one.field, [reading.value for reading in one.readings]) for one in found] == [
        ("date", ["2031-07-14", "2032-07-14"])
    ]


def test_local_numbers_of_two_provinces_are_two_documents() -> None:
    pair = [reference("one", "9-KL/TU", "2031-07-14", None), reference("two", "9-KL/TU", "2032-07-14", None)]
    assert find_inconsistencies(pair, {"one": "Lâm Đồng", "two": "Cà Mau"}) == []
    assert find_inconsistencies(pair, {"one": "Cà Mau", "two": "Cà Mau"})


def test_two_bodies_are_an_inconsistency() -> None:
    pair = [reference("one", "9-KL/TW", None, "Bộ Chính trị"), reference("two", "9-KL/TW", None, "Ban Bí thư")]
    assert [one.field for one in find_inconsistencies(pair, {})] == ["issuer"]


def test_the_corpus_has_one_disagreement_and_it_is_found(directives: dict[str, Directive]) -> None:
    references = [one for each in directives.values() for one in read_references(each)]
    found = find_inconsistencies(references, {each.id: each.province or "" for each in directives.values()})
    assert [(one.number, one.field, len(one.readings)) for one in found] == [("114-KL/TW", "date", 4)]


def test_the_tables_of_references_and_metadata_are_met(directives: dict[str, Directive]) -> None:
    references = score_references(directives)
    assert references.precision >= 0.97
    assert references.recall >= 0.95
    metadata = score_metadata(directives)
    assert metadata.mistakes == []
