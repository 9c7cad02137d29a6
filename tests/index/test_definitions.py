from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.facts_outline import score_definitions
from index.directive import Directive
from index.facts.acronyms import spelled_out
from index.facts.definitions import motto_variants, read_definitions
from index.facts.mottos import motto_parts
from index.facts.records import Definition
from index.normalise import canonicalise
from index.structure import read_structure


def directive(body: str, identity: str = "one") -> Directive:
    canonical = canonicalise(f"CHỈ THỊ\nvề việc thử nghiệm\n\n{body}")
    structure = read_structure(canonical.text, canonical.anchors, canonical.notes)
    return Directive(identity, canonical.text, "", canonical.edits, structure.provisions, structure.anchors)


def defined(body: str) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.term, one.meaning) for one in read_definitions(directive(body))]


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        ("của đơn vị sự nghiệp công lập (ĐVSNCL) tại tỉnh.", "ĐVSNCL", "đơn vị sự nghiệp công lập"),
        ("Ban Chỉ huy Quân sự (BCHQS) huyện chủ trì.", "BCHQS", "Ban Chỉ huy Quân sự"),
        ("phát triển kinh tế - xã hội (KT-XH) vùng ven.", "KT-XH", "kinh tế - xã hội"),
        ("giáo dục và đào tạo (GD&ĐT) của xã.", "GD&ĐT", "giáo dục và đào tạo"),
        ("phòng cháy, chữa cháy và cứu nạn, cứu hộ (PCCC và CNCH).", None, None),
        ("Hội đồng nhân dân xã Lộc Thủy (HĐND) họp.", "HĐND", "Hội đồng nhân dân"),
        ("Các ban cán sự đảng (BCS đảng) báo cáo.", "BCS đảng", "ban cán sự đảng"),
        ("nâng chỉ số sẵn sàng chuyển đổi số (ICT Index) của tỉnh.", "ICT Index", "chỉ số sẵn sàng chuyển đổi số"),
        ("thu hút vốn đầu tư trực tiếp nước ngoài (FDI).", "FDI", "vốn đầu tư trực tiếp nước ngoài"),
        ("nhiệm kỳ của Ban Chấp hành (khóa XII) đã qua.", None, None),
        ("Đại hội lần thứ mười ba (XIII) đã họp.", None, None),
        ("lập kế hoạch gửi cấp trên (HĐND) trước tháng 6.", None, None),
        ("các hộ dân (có danh sách kèm theo) ở thôn.", None, None),
    ],
)
def test_abbreviations_in_brackets(text: str, term: str | None, meaning: str | None) -> None:
    found = [one for one in defined(f"1. Rà soát {text}") if one[0] == "abbreviation"]
    expected = [] if term is None else [("abbreviation", term, meaning)]
    if "PCCC" in text:
        expected = [("abbreviation", "PCCC và CNCH", "phòng cháy, chữa cháy và cứu nạn, cứu hộ")]
    assert found == expected


def test_an_acronym_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert spelled_out("Hội đồng. Nhân dân", "HĐND") is None


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        (
            "Thực hiện Chương trình “Xóa nhà tạm” (sau đây viết tắt là Chương trình) trong năm.",
            "Chương trình",
            "Chương trình “Xóa nhà tạm”",
        ),
        (
            "Áp dụng đối với cán bộ, chiến sĩ, học viên (sau đây gọi chung là “quân nhân”) tại ngũ.",
            "quân nhân",
            "cán bộ, chiến sĩ, học viên",
        ),
        (
            "Giao Trung tâm Lưu trữ lịch sử tỉnh, sau đây gọi tắt là Trung tâm, thu thập tài liệu.",
            "Trung tâm",
            "Trung tâm Lưu trữ lịch sử tỉnh",
        ),
        (
            "Theo Chỉ thị số 51-CT/TU ngày 02/3/2031 của Tỉnh ủy về học tập (Chỉ thị 51-CT/TU).",
            "Chỉ thị 51-CT/TU",
            "Chỉ thị số 51-CT/TU ngày 02/3/2031 của Tỉnh ủy về học tập",
        ),
        ("Theo Kết luận số 7-KL/HU của Huyện ủy (Kết luận 7).", "Kết luận 7", "Kết luận số 7-KL/HU của Huyện ủy"),
    ],
)
def test_short_names(text: str, term: str, meaning: str) -> None:
    assert ("short_name", term, meaning) in defined(f"1. {text}")


def test_a_bracket_with_another_number_is_no_short_name() -> None:
    assert defined("1. Theo Chỉ thị số 51-CT/TU của Tỉnh ủy (Chỉ thị 52-CT/TU).") == []


def test_two_short_names_in_one_bracket() -> None:
    terms = [
        one[1] for one in defined("1. Quyết định số 6-QĐ/TU và Quyết định số 8-QĐ/TU (Quyết định 6-QĐ/TU, 8-QĐ/TU).")
    ]
    assert terms == ["Quyết định 6-QĐ/TU", "Quyết định 8-QĐ/TU"]


def test_an_article_that_explains_terms() -> None:
    body = (
        "Điều 2. Giải thích từ ngữ\n1. Tổ hòa giải là tổ chức tự quản của nhân dân.\n"
        "2. “Hương ước” được hiểu là quy tắc do cộng đồng thống nhất.\n"
        "Điều 3. Trách nhiệm\n1. Chủ tịch là người chịu trách nhiệm.\n"
    )
    assert defined(body) == [
        ("short_name", "Tổ hòa giải", "tổ chức tự quản của nhân dân"),
        ("short_name", "Hương ước", "quy tắc do cộng đồng thống nhất"),
    ]


def test_footnoted_terms_quoted_and_not() -> None:
    body = "1. Triển khai chủ trương “3 không” và ban hành một số nghị quyết chuyên đề về biển."
    text = f"{body}\nKhông rác.\nHai nghị quyết."
    note_one, note_two = text.index("Không rác"), text.index("Hai nghị")
    structure = read_structure(text, (text.index(" và ban"), text.index(" về biển")), (note_one, note_two))
    found = read_definitions(Directive("one", text, "", (), structure.provisions, structure.anchors))
    notes = [(one.term, one.meaning, one.names) for one in found if one.kind == "footnote"]
    assert notes == [
        ("3 không", "Không rác.", "chủ trương"),
        ("một số nghị quyết chuyên đề", "Hai nghị quyết.", None),
    ]
    assert all(len(one.spans) == 2 for one in found if one.kind == "footnote")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo phương châm “sát cơ sở, gần sự việc”.", [("sát cơ sở, gần sự việc", "phương châm")]),
        ("với khẩu hiệu “Sạch từ nhà ra ngõ”.", [("Sạch từ nhà ra ngõ", "khẩu hiệu")]),
        ("chưa “rõ người, rõ việc, rõ trách nhiệm”.", [("rõ người, rõ việc, rõ trách nhiệm", None)]),
        (
            "theo nguyên tắc “Tỉnh chỉ đạo, huyện hỗ trợ, xã làm”.",
            [("Tỉnh chỉ đạo, huyện hỗ trợ, xã làm", "nguyên tắc")],
        ),
        ("về việc “Nâng cao chất lượng, hiệu quả công tác hòa giải, tiếp dân và đối thoại ở cơ sở”.", []),
        ("nội dung “Về tăng cường, đổi mới, nâng cao”.", []),
        ("mô hình “Camera an ninh” và “Ánh sáng đường quê”.", []),
        ("gồm “HĐND, UBND, MTTQ”.", []),
        (
            "phong cách “nghĩ thật”, “nói thật”, “làm thật” của cán bộ.",
            [("“nghĩ thật”, “nói thật”, “làm thật”", "phong cách")],
        ),
    ],
)
def test_mottos(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = read_definitions(directive(f"1. Xây dựng đơn vị {text}"))
    assert [(one.term, one.names) for one in found if one.kind == "motto"] == expected


def test_a_motto_that_stands_twice_is_one_with_both_places() -> None:
    body = "1. Phương châm “Gần dân, hiểu việc, rõ lời”.\n2. Giữ “gần dân, hiểu việc, rõ lời”."
    (motto,) = read_definitions(directive(body))
    assert len(motto.spans) == 2
    assert motto_parts(motto.term) == ["Gần dân", "hiểu việc", "rõ lời"]


def test_variants_are_near_mottos_of_other_directives_only() -> None:
    near = "Phương châm “nghe dân hỏi, nói dân rõ, làm dân vui”"
    texts = {
        "one": near,
        "two": near.replace("làm dân vui", "cùng làm cho dân vui"),
        "three": "Khẩu hiệu “Sạch, xanh, đẹp”",
    }
    read = [one for name, text in texts.items() for one in read_definitions(directive(f"1. {text}.", name))]
    variants = {one.document_id: [v.document_id for v in one.variants] for one in motto_variants(read)}
    assert variants == {"one": ["two"], "two": ["one"], "three": []}


def places_are_verbatim(one: Definition, text: str) -> bool:
    inside = one.term in text or one.kind == "short_name"
    return inside and all(0 <= span.start < span.end <= len(text) for span in one.spans)


def test_every_span_lies_in_its_text(directives: dict[str, Directive]) -> None:
    for each in directives.values():
        assert all(places_are_verbatim(one, each.text) for one in read_definitions(each))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ABab ĐđÀ,.;:()“”"-/\n16là và phương châm gọi tắt là số', max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    one = Directive("one", re.sub(r"\s+\n", "\n", text), "", (), ())
    for found in read_definitions(one):
        assert all(0 <= span.start < span.end <= len(one.text) for span in found.spans)


def test_the_reference_table(directives: dict[str, Directive]) -> None:
    score = score_definitions(directives)
    assert score.precision >= 0.97, score.mistakes
    assert score.recall >= 0.97, score.mistakes
