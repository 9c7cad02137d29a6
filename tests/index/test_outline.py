from __future__ import annotations

from collections.abc import Mapping

import pytest

from evaluation.facts_outline import score_counts, score_outline
from index.directive import Directive
from index.facts.headings import led_to, themes
from index.facts.outline import read_counts, read_outline
from index.normalise import canonicalise
from index.structure import read_structure

PLAN = """KẾ HOẠCH
về xây dựng thôn, bản văn hóa

Căn cứ Nghị quyết số 71-NQ/TU ngày 03/4/2031 của Tỉnh ủy;
Căn cứ Chương trình số 9-CTr/TU;
Xét đề nghị của Văn phòng,

I. MỤC TIÊU, YÊU CẦU
1. Mục tiêu
a) Mục tiêu chung
Nâng cao đời sống của nhân dân.
b) Mục tiêu cụ thể
- Mỗi xã có một thư viện.
- Mỗi thôn có một tổ hòa giải.
2. Yêu cầu
- Thiết thực.
- Tiết kiệm.
- Đúng tiến độ.
II. NHIỆM VỤ VÀ GIẢI PHÁP
1. Tuyên truyền
- Mở chuyên mục.
2. Kiểm tra
- Kiểm tra mỗi quý.
- Sơ kết hằng năm.
3. Thực hiện theo hai bước: Bước 1: khảo sát; Bước 2: triển khai.
III. TỔ CHỨC THỰC HIỆN
1. Sở Văn hóa chủ trì.
2. Các huyện phối hợp.

Nơi nhận:
- Tỉnh ủy (để b/c);
- Các sở, ngành;
- Lưu: VT.
"""

CODE = """QUY CHẾ
Hoạt động của tổ tự quản

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định hoạt động của tổ.
Điều 2. Nguyên tắc
1. Tự nguyện.
2. Công khai.
Chương II
TRÁCH NHIỆM
Điều 3. Tổ trưởng
1. Họp tổ.
2. Ghi sổ.
3. Báo cáo.
"""


def directive(text: str) -> Directive:
    canonical = canonicalise(text)
    structure = read_structure(canonical.text, canonical.anchors, canonical.notes)
    return Directive("one", canonical.text, "", canonical.edits, structure.provisions)


def counts(text: str) -> dict[tuple[str, str | None], int | None]:
    return {(one.what, one.provision_id): one.count for one in read_counts(directive(text))}


def named(text: str) -> Mapping[str, list[int | None]]:
    found: dict[str, list[int | None]] = {}
    for one in read_counts(directive(text)):
        found.setdefault(one.what, []).append(one.count)
    return found


def test_levels_labels_and_headings() -> None:
    entries = [(one.level, one.label, one.heading) for one in read_outline(directive(PLAN))]
    assert entries[:6] == [
        (0, None, "KẾ HOẠCH về xây dựng thôn, bản văn hóa"),
        (1, "I", "MỤC TIÊU, YÊU CẦU"),
        (2, "1", "Mục tiêu"),
        (3, "a", "Mục tiêu chung"),
        (3, "b", "Mục tiêu cụ thể"),
        (2, "2", "Yêu cầu"),
    ]
    assert (2, "3", "Thực hiện theo hai bước") in entries


def test_chapters_and_articles() -> None:
    entries = [(one.level, one.label, one.heading) for one in read_outline(directive(CODE))]
    assert entries == [
        (0, None, "QUY CHẾ Hoạt động của tổ tự quản"),
        (1, "Chương I", "QUY ĐỊNH CHUNG"),
        (2, "Điều 1", "Phạm vi điều chỉnh"),
        (2, "Điều 2", "Nguyên tắc"),
        (3, "1", None),
        (3, "2", None),
        (1, "Chương II", "TRÁCH NHIỆM"),
        (2, "Điều 3", "Tổ trưởng"),
        (3, "1", None),
        (3, "2", None),
        (3, "3", None),
    ]
    found = counts(CODE)
    assert found["chương", None] == 2
    assert found["Điều (tổng)", None] == 3
    assert found["khoản", "chuong-ii-dieu-3"] == 3


def test_what_headings_name_is_counted_by_the_units_below() -> None:
    found = named(PLAN)
    assert found["phần"] == [3]
    assert found["yêu cầu"] == [3]
    assert found["mục tiêu cụ thể"] == [2]
    assert found["mục tiêu chung"] == [None]
    assert "mục tiêu" not in found  # its units are named by themselves
    assert found["nhóm nhiệm vụ, giải pháp"] == [3]
    assert found["nhiệm vụ tổ chức thực hiện"] == [2]
    assert found["bộ phận nhận (Nơi nhận)"] == [3]
    assert found["căn cứ ban hành"] == [2]
    assert found["bước"] == [2]


def test_an_undivided_unit_has_no_count_but_a_reason_and_its_paragraph() -> None:
    one = directive(PLAN)
    (count,) = [count for count in read_counts(one) if count.what == "mục tiêu chung"]
    assert count.count is None
    assert count.reason == "một đoạn văn liền, không đánh số, không gạch đầu dòng"
    assert count.spans[0].of(one.text) == "Nâng cao đời sống của nhân dân."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Làm theo 2 bước: bước 1, họp dân; bước 2, ký cam kết.", 2),
        ("1. Bước 1, họp dân; bước 2, khảo sát; bước 3, ký cam kết.", 3),
        ("1. Làm theo 4 bước: bước 1, họp dân; bước 2, ký cam kết.", None),
    ],
)
def test_steps_must_agree_with_the_number_that_the_text_states(text: str, expected: int | None) -> None:
    (count,) = [one for one in read_counts(directive(f"CHỈ THỊ\nvề thử\n\n{text}")) if one.what == "bước"]
    assert count.count == expected
    assert (count.reason is None) == (expected is not None)


def test_steps_of_their_own_paragraphs() -> None:
    text = "CHỈ THỊ\nvề thử\n\n1. Quy trình gồm ba bước\n- Bước 1: họp dân.\n- Bước 2: khảo sát.\n- Bước 3: ký.\n"
    assert named(text)["bước"] == [3]


def test_no_steps_where_the_word_is_only_used() -> None:
    assert "bước" not in named("CHỈ THỊ\nvề thử\n\n1. Từng bước nâng cao; bước đầu có kết quả, đi trước một bước.")


def test_a_lead_in_counts_what_follows_it() -> None:
    text = "CHỈ THỊ\nvề thử\n\nThường trực yêu cầu thực hiện tốt những nhiệm vụ sau đây:\n1. Một việc.\n2. Hai việc.\n"
    assert named(text)["nhiệm vụ"] == [2]


def test_a_remark_below_the_recipients_is_no_recipient() -> None:
    text = "CHỈ THỊ\nvề thử\n\n1. Một việc.\nNơi nhận:\n- Tỉnh ủy;\n- Lưu: VT.\n- (để báo cáo);\n"
    assert named(text)["bộ phận nhận (Nơi nhận)"] == [2]


def test_an_attachment_has_a_title_and_units_of_its_own() -> None:
    text = (
        "QUYẾT ĐỊNH\nban hành Đề án\n\nĐiều 1. Ban hành Đề án.\nĐiều 2. Thi hành.\n\nĐỀ ÁN\nXây dựng xã mới\n"
        "(Ban hành kèm theo Quyết định số 3-QĐ/HU)\n\n1. Mục tiêu\n- Một.\n- Hai.\n2. Giải pháp\n"
        "2.1. Họp\n- Ba.\n2.2. Bàn\n- Bốn.\n"
    )
    titles = [one.heading for one in read_outline(directive(text)) if one.level == 0]
    assert titles == ["QUYẾT ĐỊNH ban hành Đề án", "ĐỀ ÁN Xây dựng xã mới"]
    found = counts(text)
    assert found["Điều", "quyet-dinh"] == 2
    assert found["mục", "de-an-kem-theo"] == 2
    assert found["nhóm giải pháp", "de-an-kem-theo-muc-2"] == 2
    assert found["gạch đầu dòng (tổng)", "de-an-kem-theo-muc-2"] == 2


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("CÁC NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", ("nhiệm vụ", "giải pháp")),
        ("Hạn chế, khuyết điểm và nguyên nhân", ("hạn chế", "khuyết điểm", "nguyên nhân")),
        ("Nâng cao kết quả thực hiện nhiệm vụ", ()),
        ("Mục tiêu tổng quát đến năm 2040", ("mục tiêu tổng quát",)),
    ],
)
def test_what_a_heading_names(heading: str, expected: tuple[str, ...]) -> None:
    assert themes(heading) == expected


def test_what_a_lead_in_announces() -> None:
    assert led_to("còn một số tồn tại như sau") == ("tồn tại",)
    assert led_to("giao các nhiệm vụ cho Sở Tư pháp") == ()


def test_all_spans_lie_in_the_text_and_ids_exist(directives: dict[str, Directive]) -> None:
    for each in directives.values():
        ids = {provision.id for provision in each.walk()}
        assert all(entry.provision_id in ids for entry in read_outline(each))
        for count in read_counts(each):
            assert count.provision_id is None or count.provision_id in ids
            assert count.spans
            assert all(span.of(each.text).strip() for span in count.spans)
            assert count.count is None or count.count == len(count.spans)


def test_the_reference_tables(directives: dict[str, Directive]) -> None:
    outline, counted = score_outline(directives), score_counts(directives)
    assert min(outline.precision, outline.recall) >= 0.97, outline.mistakes
    assert counted.precision >= 0.98, counted.mistakes
    assert counted.recall >= 0.94, counted.mistakes
