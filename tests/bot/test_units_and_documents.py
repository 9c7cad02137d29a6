"""Questions about units of a text, about documents that it cites, and about what a question says wrongly of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import Assistant
from bot.question.targets import cited_documents, named_directives
from evaluation.answers import citations_valid
from index.build import build
from index.library import Library
from index.settings import IndexSettings


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("Phần nào của nghị quyết Phú Yên nói về hạn chế, yếu kém?", "Phần I"),
        ("Đề án Đà Nẵng nói về tổ chức thực hiện ở mục mấy?", "mục 4"),
    ],
)
def test_where_something_stands_is_told_by_its_address(assistant: Assistant, question: str, address: str) -> None:
    answer = assistant.ask(question)
    assert answer.strategy == "locate"
    assert address in answer.answer
    assert citations_valid(assistant, answer)


def test_a_numbered_item_is_known_by_any_word_for_it(assistant: Assistant) -> None:
    by_item = assistant.ask("Mục 2 của Chỉ thị 18 Hải Dương nói gì?")
    by_clause = assistant.ask("Khoản 2 của Chỉ thị 18 Hải Dương nói gì?")
    assert by_item.status == by_clause.status == "answered"
    assert by_item.citations[0].quote == by_clause.citations[0].quote


def test_the_issuer_tells_a_cited_document_from_others(assistant: Assistant) -> None:
    answer = assistant.ask("Chỉ thị của Hà Tĩnh dẫn nghị quyết nào của Chính phủ?")
    assert "76/NQ-CP" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 23-QĐ/TW năm 2019 về quy chế dân vận là của ai?",
        "Quyết định 23-QĐ/TW là của Ban Bí thư phải không?",
    ],
)
def test_a_wrong_year_or_issuer_of_a_cited_document_is_put_right(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "corrected"
    assert "30/7/2021" in answer.answer
    assert "Bộ Chính trị" in answer.answer


def test_a_right_issuer_is_confirmed(assistant: Assistant) -> None:
    answer = assistant.ask("Quyết định 23-QĐ/TW là của Bộ Chính trị phải không?")
    assert answer.status == "answered"
    assert answer.answer.startswith("Có.")


def test_a_year_behind_a_number_counts_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Quyết định 3504 năm 2021 là của Thủ tướng phải không?")
    assert answer.status == "corrected"
    assert "UBND tỉnh" in answer.answer


def test_another_kind_of_document_is_put_right_before_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Đề án của Tỉnh ủy Phú Yên đặt bao nhiêu phần trăm xã đạt chuẩn nông thôn mới?")
    assert answer.status == "corrected"
    assert "là Nghị quyết" in answer.answer
    assert "80%" in answer.answer
    assert citations_valid(assistant, answer)


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao Nghệ An bắt kiểm tra dân vận chính quyền mỗi quý một lần?",
        "5 bước dân vận khi giải phóng mặt bằng là những bước nào?",
        "Sao Đà Nẵng lại để Bí thư Thành ủy ký Quyết định 2108?",
    ],
)
def test_wrong_periods_counts_and_offices_are_put_right(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "corrected"
    assert citations_valid(assistant, answer)


def test_the_number_of_a_document_counts_nothing(assistant: Assistant) -> None:
    """ "Đề án 04 hằng năm" is no "4 hằng" that "tháng 10 hằng năm" would contradict."""
    answer = assistant.ask("Hạn nộp báo cáo sơ kết Đề án 04 hằng năm là ngày nào?")
    assert answer.status != "corrected"


def test_a_question_of_no_place_is_answered_of_each_directive_that_says_it(assistant: Assistant) -> None:
    answer = assistant.ask("Cơ quan nào theo dõi, đôn đốc việc thực hiện chỉ thị?")
    assert {one.province for one in answer.citations} >= {"Hải Dương", "Hà Tĩnh"}
    assert "Sở Nội vụ" in answer.answer


def test_a_summary_of_the_whole_is_given_whatever_else_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("tóm tắt Đề án 04 Nghệ An cho người chưa đọc bao giờ")
    assert answer.strategy == "summary"
    assert len(answer.citations) > 3


def test_what_is_asked_before_a_polite_end_is_read(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Thưa đồng chí, tôi được biết Phú Yên phấn đấu 60% xã đạt chuẩn nông thôn mới đến năm 2025, xin hỏi như vậy có"
        " đúng không?"
    )
    assert "80%" in answer.answer
    assert answer.status == "corrected" or answer.answer.startswith("Không")


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Sơn Hòa của Phú Yên về đích nông thôn mới năm nào?",
        "Trung tâm Hành chính công thành phố Hà Tĩnh nằm ở đường nào?",
        "Báo cáo dân vận sáu tháng đầu năm ở Hải Dương nộp hôm nào?",
        "Huyện nộp báo cáo dân vận trễ hẹn thì Hải Dương xử lý thế nào?",
    ],
)
def test_the_words_of_a_clause_without_its_fact_are_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_found"


def test_a_count_that_is_right_is_not_corrected(assistant: Assistant) -> None:
    answer = assistant.ask("Câu “dân biết, dân bàn” trong chỉ thị Hà Tĩnh có đủ 6 vế nào?")
    assert answer.status == "answered"


def test_a_bare_number_belongs_to_a_directive_of_its_type_only(assistant: Assistant) -> None:
    answer = assistant.ask("Nghị định 04 nói về gì?")
    assert answer.strategy == "references"
    assert "04/2015/NĐ-CP" in answer.answer


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Hải Dương tự thấy những mặt nào còn yếu?", "chưa thường xuyên"),
        ("Vì đâu dân vận ở Phú Yên còn yếu?", "còn xem nhẹ"),
        ("Đề án Đà Nẵng chỉ ra những chỗ yếu nào?", "QCDC ở cơ sở"),
    ],
)
def test_what_is_weak_and_why_is_known_in_other_words(assistant: Assistant, question: str, holds: str) -> None:
    answer = assistant.ask(question)
    assert (answer.strategy, answer.status) == ("appraisal", "answered")
    assert any(holds in citation.quote for citation in answer.citations)
    assert citations_valid(assistant, answer)


def test_of_what_is_weak_the_part_that_is_named_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("Mô hình Dân vận khéo trong cơ quan nhà nước ở Hà Tĩnh còn hạn chế gì?")
    assert answer.status == "answered"
    assert "còn ít và hiệu quả chưa cao" in answer.answer
    assert len(answer.citations) == 1


def test_a_score_is_no_point_of_a_text(assistant: Assistant) -> None:
    assert assistant.ask("Cán bộ Đà Nẵng không làm dân vận bị trừ bao nhiêu điểm thi đua?").status == "not_found"


def test_duties_about_something_are_those_about_it(assistant: Assistant) -> None:
    whole = assistant.ask("UBND các cấp ở Nghệ An phải làm gì?")
    about = assistant.ask("UBND các cấp ở Nghệ An phải làm gì về kiện toàn ban chỉ đạo?")
    assert whole.strategy == about.strategy == "duties"
    assert 0 < len(about.citations) < len(whole.citations)
    assert "ban chỉ đạo" in about.citations[0].quote


def test_what_an_issuer_demands_of_others_is_no_duty_of_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("Thành ủy Hà Tĩnh yêu cầu làm gì với hương ước, quy ước ở thôn, tổ dân phố?")
    assert answer.strategy != "duties"
    assert "hương ước" in answer.answer


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("quyet dinh thang 3 nam 2022 cua ban thuong vu thanh uy ve quy che dan van la so may", "2108"),
        ("Quyết định nào của UBND TP Đà Nẵng quy định công tác dân vận, số bao nhiêu?", "2108"),
    ],
)
def test_another_year_or_issuer_is_of_another_document(assistant: Assistant, question: str, number: str) -> None:
    assert f"Số {number}-" not in assistant.ask(question).answer


def test_a_year_that_a_stored_text_has_is_asked_and_not_said_wrongly(assistant: Assistant) -> None:
    answer = assistant.ask("Thủ tướng có chỉ thị về dân vận cuối năm 2021, cho biết số và tên đầy đủ.")
    assert answer.status != "corrected"


def test_the_day_of_a_cited_document_is_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("quy dinh 101 cua ban bi thu ngay may")
    assert (answer.strategy, "07/6/2012" in answer.answer) == ("references", True)


def test_what_is_asked_of_a_cited_document_is_not_told_of_another(assistant: Assistant) -> None:
    answer = assistant.ask("Quy định 101-QĐ/TW phân công trách nhiệm cho Mặt trận ra sao?")
    assert all("101" in one.quote for one in answer.citations if one.role == "support")


def test_of_two_documents_that_are_asked_for_one_is_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Về cải cách hành chính, chỉ thị Hà Tĩnh viện dẫn nghị quyết nào của Chính phủ và quyết định nào của tỉnh?"
    )
    assert "76/NQ-CP" in answer.answer
    assert "3504/QĐ-UBND" in answer.answer


@pytest.mark.parametrize(
    "question", ["liệt kê đầu mục các nhóm giải pháp trong đề án 04 Nghệ An", "Kể tên các giải pháp của đề án Nghệ An"]
)
def test_what_is_counted_is_listed_without_a_word_that_asks(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.strategy == "outline"
    assert answer.answer.startswith("11 ")


def test_the_units_of_the_whole_are_not_those_of_a_part(assistant: Assistant) -> None:
    assert assistant.ask("Đề án Đà Nẵng có mấy mục?").answer.startswith("4 mục")
    assert "4 mục" not in assistant.ask("Phần giải pháp của đề án Đà Nẵng có mấy mục nhỏ?").answer


def test_what_a_document_is_is_its_title(assistant: Assistant) -> None:
    answer = assistant.ask("QĐ 2108 là gì vậy?")
    assert answer.strategy == "metadata"
    assert "Nâng cao hiệu quả công tác dân vận" in answer.answer


def test_a_document_named_beside_an_abbreviation_is_what_is_asked_about(assistant: Assistant) -> None:
    answer = assistant.ask("Quy định 3056 của UBND thành phố là về chuyện gì?")
    assert "cung cấp thông tin" in answer.answer
    assert assistant.ask("UBND là gì?").strategy == "definitions"


@pytest.mark.parametrize(
    "question", ["khau hieu dan biet dan ban trong chi thi thanh uy la gi", "thanh pho can duoc lam sao theo chi thi"]
)
def test_ordinary_words_are_no_districts(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).strategy != "other_places"


def test_a_district_written_with_its_marks_is_one(assistant: Assistant) -> None:
    assert "Long An" in assistant.ask("Huyện Cần Đước phải báo cáo trước ngày nào?").answer


def test_who_signed_is_asked_in_any_words(assistant: Assistant) -> None:
    answer = assistant.ask("Đồng chí nào thay mặt Ban Thường vụ Tỉnh ủy Phú Yên ký nghị quyết về dân vận?")
    assert answer.status == "not_found"
    assert "người ký" in answer.answer


def test_a_short_qd_is_a_regulation_where_one_of_that_number_is_stored(
    small_corpus: Callable[..., IndexSettings],
) -> None:
    settings = small_corpus({"one": "Các cơ quan báo cáo."})
    (text,) = settings.corpus.glob("*.txt")
    letterhead = "TỈNH ỦY THỬ NGHIỆM\nSố 384-QĐ/TU\n\n"
    page = text.read_text(encoding="utf-8").replace("CHỈ THỊ", "QUY ĐỊNH")
    text.write_text(f"{letterhead}{page}", encoding="utf-8")
    build(settings)
    with Library.open(settings) as library:
        assert named_directives("qd 384 ve viec gi", library) == ["one"]
        assert not cited_documents("qd 384 ve viec gi", library)
        assert cited_documents("qd 385 ve viec gi", library)


def test_words_that_are_quoted_are_meant_letter_by_letter(assistant: Assistant) -> None:
    held = assistant.ask("Văn bản nào đòi “lấy sự hài lòng của người dân, tổ chức, doanh nghiệp làm thước đo”?")
    assert held.status == "answered"
    assert assistant.ask("Văn bản nào đòi “lấy sự vui vẻ của người dân làm thước đo chất lượng”?").status != "answered"


@pytest.mark.parametrize(
    "question",
    ["Tóm cái phần tổ chức thực hiện của đề án Đà Nẵng", "Tổng hợp giúp phần tổ chức thực hiện ở Đề án Đà Nẵng"],
)
def test_a_part_is_known_by_its_whole_heading(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.strategy in ("summary", "items")
    assert "Ban cán sự đảng UBND thành phố" in answer.answer
    assert "Uỷ ban Kiểm tra Thành uỷ" in answer.answer
    assert citations_valid(assistant, answer)


def test_a_target_keeps_its_number_where_a_line_is_cut(assistant: Assistant) -> None:
    answer = assistant.ask("Tóm lược các mục tiêu cụ thể ở Đề án 04 Nghệ An")
    assert "… nằm trong tốp 15" in answer.answer
    assert citations_valid(assistant, answer)


def test_the_decision_that_issued_a_regulation_is_not_the_stored_one(assistant: Assistant) -> None:
    assert "2108" not in assistant.ask("Quy chế dân vận ở tỉnh ta ra theo quyết định số mấy?").answer


def test_a_workplace_is_no_part_of_a_question(assistant: Assistant) -> None:
    answer = assistant.ask("Em làm ở Sở Y tế bên Hải Dương, đánh giá dân vận hằng năm phải gửi cho ai?")
    assert answer.status == "answered"
    assert "Sở Nội vụ" in answer.answer


def test_the_period_of_a_document_is_no_place_in_it(assistant: Assistant) -> None:
    assert assistant.ask("Chương trình tổng thể cải cách hành chính của giai đoạn nào?").strategy != "locate"


@pytest.mark.parametrize(
    ("question", "strategy", "holds"),
    [
        ("Nhiệm vụ xếp cuối cùng ở đề án Nghệ An?", "nth", "Tăng cường công tác kiểm tra, giám sát"),
        ("Trong ba bước dân vận ở Nghệ An, bước 5 làm những việc gì cho dân?", "nth", "3 bước"),
        ("PAPI và PCI viết đầy đủ là gì?", "definitions", "năng lực cạnh tranh cấp tỉnh"),
        ("Chủ trương “4 an” ở Đà Nẵng gồm những an nào, ghi nguyên văn", "definitions", "An sinh xã hội"),
        ("“nhanh - đúng - hiệu quả” ở đâu ra, nói về chuyện gì?", "phrase", "cơ quan hành chính nhà nước"),
        ("Nghị quyết Phú Yên là của HĐND tỉnh hay của Tỉnh ủy?", "metadata", "Ban Thường vụ Tỉnh ủy"),
        ("Chỉ thị Hải Dương được cơ quan nào tiếp nhận, vào sổ số mấy?", "metadata", "số đến 1530"),
        ("Quy định 124 là của Bộ Chính trị hay của Ban Bí thư, ra ngày nào?", "references", "của Ban Bí thư"),
        ("Sếp xin nửa trang về chỉ thị Hà Tĩnh, nêu các ý lớn", "summary", "Đẩy mạnh cải cách hành chính"),
        ("Ban cán sự đảng UBND tỉnh Phú Yên: kể ra các nhiệm vụ", "items", "Chỉ đạo tăng cường công tác phối hợp"),
    ],
)
def test_typed_facts_are_known_in_other_words(assistant: Assistant, question: str, strategy: str, holds: str) -> None:
    answer = assistant.ask(question)
    assert answer.strategy == strategy
    assert answer.status == ("corrected" if "bước 5" in question else "answered")
    assert holds in answer.answer
    assert citations_valid(assistant, answer)


def test_a_district_stands_in_one_piece(assistant: Assistant) -> None:
    answer = assistant.ask("Đảng lãnh đạo, Nhà nước quản lý, Nhân dân làm chủ là cơ chế ở văn bản nào?")
    assert answer.strategy != "other_places"


def test_the_plan_that_carries_out_a_conclusion_is_not_the_conclusion(assistant: Assistant) -> None:
    assert (
        assistant.ask(
            "Phú Yên đã ra kế hoạch nào để thực hiện Kết luận 114 của Ban Bí thư, hôm nào, ngày nào?"
        ).strategy
        != "references"
    )
