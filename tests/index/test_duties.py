"""Duties read from small texts of invented provinces, and the bars on the five directives."""

from __future__ import annotations

import pytest

from evaluation.facts_duties import score_duties
from index.directive import Directive
from index.facts.duties import includes, levels_of, read_duties
from index.facts.records import Duty
from index.normalise import canonicalise
from index.structure import read_structure

HEAD = """CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về tăng cường công tác thử nghiệm

Để thực hiện tốt công tác này, Ban Thường vụ Tỉnh ủy yêu cầu {bound} thực hiện tốt các nhiệm vụ sau:

"""


def directive(text: str, level: str | None = None) -> Directive:
    canonical = canonicalise(text)
    structure = read_structure(canonical.text, canonical.anchors, canonical.notes)
    return Directive("thu", canonical.text, "", canonical.edits, structure.provisions, level=level)


def duties(items: str, bound: str = "các cấp ủy, chính quyền các cấp") -> list[Duty]:
    return read_duties(directive(HEAD.format(bound=bound) + items))


def only(items: str) -> Duty:
    found = duties(items)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("written", "field", "value", "inclusive"),
    [
        ("trước ngày 30/9/2031", "date", "2031-09-30", False),
        ("chậm nhất ngày 05 tháng 4 năm 2031", "date", "2031-04-05", True),
        ("trước ngày 15 tháng 12", "month_day", "12-15", False),
        ("trong quý III/2031", "quarter", "2031-Q3", True),
        ("trong quý IV-2031", "quarter", "2031-Q4", True),
        ("đến năm 2035", "year", 2035, True),
        ("trước năm 2035", "year", 2035, False),
        ("vào tháng 6 năm 2031", "date", "2031-06-30", True),
        ("trong vòng 30 ngày", "date", None, True),
        ("trước khi ban hành", "date", None, False),
    ],
)
def test_deadline(written: str, field: str, value: object, inclusive: bool) -> None:
    duty = only(f"1. Sở Nội vụ xây dựng kế hoạch, hoàn thành {written}.\n\n2. Chú trọng việc này.")
    assert duty.deadline is not None
    assert duty.deadline.written == written
    assert getattr(duty.deadline, field) == value
    assert duty.deadline.inclusive is inclusive


def test_dates_and_periods_of_cited_documents_are_no_deadlines() -> None:
    found = duties(
        "1. Thực hiện nghiêm Quyết định số 12-QĐ/TU ngày 15/7/2031 và Chiến lược phát triển đến năm 2040.\n\n"
        "2. Triển khai Chương trình tổng thể giai đoạn 2031-2035 và nghị quyết nhiệm kỳ 2030-2035."
    )
    assert found == []


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        ("Hằng năm", "year"),
        ("Mỗi quý", "quarter"),
        ("Hàng tháng", "month"),
        ("Định kỳ", "regular"),
        ("Định kỳ hằng quý", "quarter"),
        ("Thường xuyên", "regular"),
    ],
)
def test_frequency(words: str, rate: str) -> None:
    duty = only(f"1. {words} kiểm tra việc thực hiện.\n\n2. Chú trọng việc này.")
    assert duty.frequency == rate
    assert duty.task == "kiểm tra việc thực hiện"


def test_thuong_xuyen_as_an_attribute_is_no_frequency() -> None:
    assert (
        duties("1. Xem đây là nhiệm vụ thường xuyên của toàn tỉnh.\n\n2. Củng cố bộ phận thường xuyên tiếp dân.") == []
    )


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "comparator", "measure"),
    [
        ("Trên 95% chi bộ hoàn thành tốt nhiệm vụ", 95, "%", ">", "chi bộ hoàn thành tốt nhiệm vụ"),
        ("Tỷ lệ hồ sơ đúng hạn đạt từ 98% trở lên", 98, "%", ">=", "Tỷ lệ hồ sơ đúng hạn"),
        ("Mức độ hài lòng của người dân đạt 92,5%", 92.5, "%", "=", "Mức độ hài lòng của người dân"),
        ("Xây dựng ít nhất 03 mô hình điểm", 3, "mô hình", ">=", "mô hình điểm"),
        ("Mở không quá 2 lớp tập huấn", 2, "lớp", "<=", "lớp tập huấn"),
        ("Chỉ số PCI nằm trong tốp 20 tỉnh dẫn đầu", 20, "tốp", "top", "Chỉ số PCI"),
        ("Tối thiểu đối thoại với Nhân dân 02 lần", 2, "lần", ">=", "đối thoại với Nhân dân"),
    ],
)
def test_target(sentence: str, value: float, unit: str, comparator: str, measure: str) -> None:
    target = only(f"1. {sentence}.\n\n2. Chú trọng việc này.").target
    assert target is not None
    assert (target.value, target.unit, target.comparator, target.measure) == (value, unit, comparator, measure)


def test_one_record_for_each_number_with_its_own_part_of_the_sentence() -> None:
    found = duties(
        "1. Phấn đấu đến năm 2035, có 70% xã đạt chuẩn, trong đó có 20% xã kiểu mẫu.\n\n2. Chú trọng việc này."
    )
    assert [(duty.target.value, duty.task) for duty in found if duty.target] == [
        (70, "70% xã đạt chuẩn"),
        (20, "trong đó có 20% xã kiểu mẫu"),
    ]
    assert all(duty.deadline and duty.deadline.year == 2035 for duty in found)
    assert {duty.strength for duty in found} == {"target"}


def test_the_time_at_the_head_of_a_list_governs_its_clauses() -> None:
    found = duties(
        "1. Đến năm 2033, UBND tỉnh hoàn thành chuyển đổi số, cụ thể: 100% văn bản được ký số; triển khai họp trực "
        "tuyến; tỷ lệ hồ sơ trực tuyến đạt trên 50%.\n\n2. Chú trọng việc này."
    )
    assert len(found) == 4
    assert {duty.actor for duty in found} == {"UBND tỉnh"}
    assert [duty.inferred for duty in found] == [False, True, True, True]
    assert all(duty.deadline and duty.deadline.year == 2033 for duty in found)


def test_lead_and_coordinating_bodies_and_recipient() -> None:
    first, second = duties(
        "1. Ban Dân vận Tỉnh ủy chủ trì, phối hợp với Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy theo dõi việc thực hiện; "
        "định kỳ hằng năm báo cáo Ban Thường vụ Tỉnh ủy.\n\n2. Chú trọng việc này."
    )
    assert (first.actor, first.frequency, first.inferred) == ("Ban Dân vận Tỉnh ủy", None, False)
    assert first.coordinators == ("Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy")
    assert (second.actor, second.frequency, second.recipient) == (
        "Ban Dân vận Tỉnh ủy",
        "year",
        "Ban Thường vụ Tỉnh ủy",
    )


def test_a_yearly_report_of_many_bodies() -> None:
    duty = only(
        "1. Hằng năm, các sở, ban, ngành tỉnh và UBND các huyện, thị xã gửi báo cáo về UBND tỉnh (qua Sở Nội vụ) "
        "trước ngày 20 tháng 11.\n\n2. Chú trọng việc này."
    )
    assert duty.actor == "các sở, ban, ngành tỉnh và UBND các huyện, thị xã"
    assert duty.levels == ("tỉnh", "huyện")
    assert duty.recipient == "UBND tỉnh (qua Sở Nội vụ)"
    assert duty.deadline is not None
    assert duty.deadline.month_day == "11-20"


def test_the_body_of_a_heading_binds_what_stands_below_it() -> None:
    found = duties("1. Sở Văn hóa và Thể thao\n\n- Chủ trì biên soạn tài liệu.\n\n- Mỗi quý mở ít nhất 01 lớp.\n")
    assert [(duty.actor, duty.inferred) for duty in found] == [("Sở Văn hóa và Thể thao", True)] * 2
    assert found[1].frequency == "quarter"


def test_the_body_of_a_lead_in_binds_elliptical_sentences() -> None:
    duty = only("1. Nâng cao nhận thức. Thường xuyên kiểm tra việc thực hiện.\n\n2. Chú trọng việc này.")
    assert (duty.actor, duty.inferred) == ("các cấp ủy, chính quyền các cấp", True)
    assert duty.levels == ("tỉnh", "huyện", "xã")


def test_an_ordered_body_is_the_actor() -> None:
    duty = only("1. Giao Sở Tài chính chủ trì bố trí kinh phí.\n\n2. Chú trọng việc này.")
    assert duty.actor == "Sở Tài chính"
    assert duty.task == "chủ trì bố trí kinh phí"


def test_situation_and_recipients_hold_no_duties() -> None:
    found = read_duties(
        directive(
            "NGHỊ QUYẾT\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề công tác thử nghiệm\n\n"
            "I- TÌNH HÌNH, KẾT QUẢ\n\n1- Kết quả\n\n- Các sở chủ trì mở 20 lớp, hằng năm 90% cán bộ tham gia.\n\n"
            "II- NHIỆM VỤ\n\n1- Nhiệm vụ chung\n\n- Thời gian qua, các huyện tổ chức 12 hội nghị.\n\n"
            "- Sở Nội vụ chủ trì thực hiện.\n\nNơi nhận:\n- Các sở, ban, ngành,\n- Lưu."
        )
    )
    assert [duty.actor for duty in found] == ["Sở Nội vụ"]


def test_encouraged() -> None:
    duty = only("1. Khuyến khích doanh nghiệp đóng góp ý kiến hằng năm.\n\n2. Chú trọng việc này.")
    assert duty.strength == "encouraged"


def test_spans_are_verbatim() -> None:
    read = directive(HEAD.format(bound="các sở") + "1. Hằng năm, kiểm tra; Sở Y tế chủ trì.\n\n2. Chú trọng việc này.")
    found = read_duties(read)
    assert [duty.span.of(read.text) for duty in found] == ["Hằng năm, kiểm tra", "Sở Y tế chủ trì."]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("UBND các cấp", ("tỉnh", "huyện", "xã")),
        ("các huyện, thành phố, thị xã", ("huyện",)),
        ("các phường, xã", ("xã",)),
        ("chính quyền cấp huyện, cấp xã", ("huyện", "xã")),
        ("từ tỉnh đến cơ sở", ("tỉnh", "huyện", "xã")),
        ("chính quyền địa phương hai cấp", ("tỉnh", "xã")),
        ("UBND tỉnh", ()),
        ("các cấp ủy đảng", ()),
    ],
)
def test_levels(text: str, levels: tuple[str, ...]) -> None:
    assert levels_of(text) == levels


@pytest.mark.parametrize(
    ("body", "asked", "expected"),
    [
        ("UBND các cấp", "UBND xã", True),
        ("chính quyền các cấp", "UBND xã", True),
        ("các cấp", "UBND xã", True),
        ("các địa phương, cơ quan, đơn vị", "UBND xã", True),
        ("UBND tỉnh", "UBND xã", False),
        ("UBND các huyện, thành phố, thị xã", "UBND xã", False),
        ("Cấp ủy các cấp", "UBND xã", False),
        ("Cấp ủy các cấp", "Đảng ủy xã", True),
        ("các sở, ban, ngành tỉnh", "Sở Nội vụ", True),
        ("Sở Nội vụ", "Sở Tài chính", False),
        ("người đứng đầu chính quyền cấp tỉnh, cấp xã", "Chủ tịch UBND xã", True),
        ("Ủy ban nhân dân các cấp", "cấp xã", True),
    ],
)
def test_inclusion(body: str, asked: str, expected: bool) -> None:
    assert includes(body, asked) is expected


def test_the_five_directives(directives: dict[str, Directive]) -> None:
    scores = score_duties(directives)
    assert scores.quantified_recall >= 0.90, scores.lines()
    assert scores.quantified_precision >= 0.90, scores.lines()
    assert scores.deadline_right >= 0.95, scores.lines()
    assert scores.target_right >= 0.95, scores.lines()
    assert scores.assigned_recall >= 0.90, scores.lines()
