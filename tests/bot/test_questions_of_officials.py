"""Questions as officials put them: yes or no, lists, premises, mottos, English, districts, follow-ups."""

from __future__ import annotations

import pytest

from bot import Assistant
from bot.answering.answer import Conversation
from bot.answering.asked import asks_list, asks_yes_no
from bot.question.english import in_vietnamese, is_english
from bot.question.gazetteer import provinces_of_districts
from bot.question.synonyms import synonyms
from bot.question.targets import named_provinces
from evaluation.answers import citations_valid
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold


def talk(assistant: Assistant, *questions: str) -> list[str]:
    """The answers of a conversation."""
    conversation = Conversation(id="test")
    for question in questions:
        answer = assistant.ask(question, conversation=conversation)
        conversation = conversation.model_copy(update={"turns": (*conversation.turns, answer)})
    return [answer.answer for answer in conversation.turns]


@pytest.mark.parametrize(
    ("question", "begins", "holds"),
    [
        ("Phó chủ tịch UBND xã có được làm trưởng ban chỉ đạo dân vận ở Nghệ An không?", "Không.", "chủ tịch UBND làm"),
        (
            "Phó chủ tịch UBND huyện làm trưởng ban chỉ đạo dân vận được không, theo Nghệ An?",
            "Có.",
            "phó chủ tịch UBND",
        ),
        ("Văn bản mật ở Phú Yên có phải ký số không?", "Không.", "trừ nội dung mật"),
        ("Các sở ở Hải Dương gửi báo cáo thẳng lên Ban Thường vụ Tỉnh ủy à?", "Không.", "qua Sở Nội vụ"),
        ("Quyết định 2108 có gửi cho các sở không?", "Có.", "Các sở, ban, ngành thành phố"),
    ],
)
def test_yes_or_no_stands_before_the_clause(assistant: Assistant, question: str, begins: str, holds: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.answer.startswith(begins)
    assert holds in answer.answer
    assert citations_valid(assistant, answer)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Vì sao Phú Yên chỉ đặt mục tiêu 60% xã đạt chuẩn nông thôn mới?", "80% xã"),
        (
            "Vì sao Nghệ An giao phó chủ tịch UBND xã làm trưởng ban chỉ đạo dân vận?",
            "ở cấp xã do đồng chí chủ tịch UBND",
        ),
        ("Hải Dương yêu cầu gửi báo cáo qua Sở Tài chính thì mẫu thế nào?", "qua Sở Nội vụ"),
        ("Tại sao huyện Tuy An phải đến 2025 mới đạt chuẩn nông thôn mới?", "vào năm 2023"),
        ("Chỉ thị 18 Hải Dương ban hành năm 2018 nói gì về báo cáo?", "01/8/2016"),
    ],
)
def test_what_a_question_takes_for_granted_is_corrected_with_the_clause(
    assistant: Assistant, question: str, holds: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "corrected"
    assert holds in answer.answer
    assert {citation.role for citation in answer.citations} == {"correction"}


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("3 bước dân vận khi giải phóng mặt bằng là những bước nào?", ("Bước 1", "bước 2", "bước 3")),
        ("Phú Yên nêu những nguyên nhân nào của hạn chế, yếu kém?", ("Nhận thức", "Trình độ")),
        ("Nghị quyết Phú Yên chia làm mấy phần, tên từng phần là gì?", ("3 phần", "TÌNH HÌNH", "MỤC TIÊU")),
        ("Phương châm của Nghệ An gồm những gì?", ("chân thành", "tế nhị")),
    ],
)
def test_a_list_is_given_whole(assistant: Assistant, question: str, parts: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert not [part for part in parts if part not in answer.answer]


@pytest.mark.parametrize(
    "question",
    [
        "Ban Dân vận Tỉnh ủy Hải Dương được giao việc gì trong Chỉ thị 18?",
        "Giám đốc Sở Nội vụ Hải Dương tên là gì?",
        "Địa chỉ Trung tâm Hành chính công thành phố Hà Tĩnh?",
        "Mô hình dân vận khéo ở Nghệ An được thưởng bao nhiêu tiền?",
        "ai la truong ban dan van tinh uy nghe an",
        "TPHCM phấn đấu mức độ hài lòng bao nhiêu %?",
        "Huyện Mộc Châu có mấy lớp tập huấn dân vận?",
    ],
)
def test_words_without_the_fact_are_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert not [citation for citation in answer.citations if citation.role != "nearest"]


def test_a_sentence_without_its_subject_is_given_with_the_paragraph_that_names_the_body(assistant: Assistant) -> None:
    answer = assistant.ask("Ở Phú Yên cơ quan nào chủ trì khảo sát sự hài lòng của người dân, doanh nghiệp?")
    assert answer.answer.startswith("Ban Tuyên giáo Tỉnh ủy ")
    assert "khảo sát sự hài lòng của người dân, doanh nghiệp" in answer.answer


def test_a_cited_document_is_found_by_what_it_is_for(assistant: Assistant) -> None:
    answer = assistant.ask("Phú Yên thực hiện Kết luận 114 bằng kế hoạch số mấy?")
    assert (answer.strategy, "116-KH/TU" in answer.answer) == ("which_document", True)


def test_a_wrong_date_in_a_quotation_has_a_notice(assistant: Assistant) -> None:
    answer = assistant.ask("Nghị định 04/2015/NĐ-CP về dân chủ được Hải Dương nhắc thế nào?")
    assert any("09 tháng 01 năm 2015" in notice.text for notice in answer.notices)
    assert "09 tháng 01 năm 2015" not in answer.answer


def test_a_district_stands_for_its_province() -> None:
    assert provinces_of_districts("Tuy An phải đạt chuẩn năm nào?") == ["Phú Yên"]
    assert provinces_of_districts("huyen hoa vang dat chuan nam nao") == ["Đà Nẵng"]
    assert provinces_of_districts("phú hòa bình yên") == []


def test_an_english_question_is_answered_in_english_with_the_vietnamese_clause(assistant: Assistant) -> None:
    answer = assistant.ask("What share of communes in Phu Yen should meet the new rural standard by 2025?")
    assert (answer.status, answer.question.language) == ("answered", "en")
    assert "80% xã đạt chuẩn nông thôn mới" in answer.answer
    refused = assistant.ask("What is the telephone number of the department of home affairs in Hai Duong?")
    assert refused.answer.startswith("The stored texts do not state")


@pytest.mark.parametrize("text", ["nghe an papi pci phai vao top may", "de an da nang co may nhom giai phap"])
def test_vietnamese_without_diacritics_is_not_english(text: str) -> None:
    assert not is_english(text)


def test_a_number_in_an_english_question_stays() -> None:
    assert in_vietnamese('What does "4 an" stand for?') == '"4 an" là viết tắt của cụm từ gì?'


@pytest.mark.parametrize(
    ("questions", "holds"),
    [
        (
            ("Ai làm trưởng ban chỉ đạo dân vận cấp tỉnh ở Nghệ An?", "Thế còn cấp xã?"),
            "ở cấp xã do đồng chí chủ tịch UBND",
        ),
        (("Ai ký Quyết định 2108?", "ban hành ngày nào"), "05/9/2016"),
        (("Ai ký Quyết định 2108?", "chức vụ gì"), "Phó Bí thư"),
        (("Phương châm dân vận của Hải Dương là gì?", "Nghệ An có giống không?"), "tế nhị"),
        (("Cho hỏi QĐ 217-QĐ/TW ngày nào?", "của ai ban hành?"), "Bộ Chính trị"),
        (("Đề án Đà Nẵng có mấy nhóm giải pháp?", "Nhóm thứ 7 nói về gì?"), "Dân vận khéo"),
        (("Đề án Đà Nẵng có mấy nhóm giải pháp?", "cảm ơn", "Nhóm 12 thì sao?"), "chỉ có 9 nhóm giải pháp"),
    ],
)
def test_a_follow_up_takes_over_what_it_leaves_out(
    assistant: Assistant, questions: tuple[str, ...], holds: str
) -> None:
    assert holds in talk(assistant, *questions)[-1]


def test_another_subject_takes_over_nothing(assistant: Assistant) -> None:
    said = talk(assistant, "Đà Nẵng phải tổng kết đề án năm nào?", "Thời tiết Đà Nẵng hôm nay thế nào?")
    assert "không nêu" in said[-1]


def test_another_place_never_gets_the_last_ones_rule(assistant: Assistant) -> None:
    said = talk(assistant, "Ai làm trưởng ban chỉ đạo dân vận cấp xã ở Nghệ An?", "Thế Cà Mau?")
    assert "chưa có văn bản nào của Cà Mau" in said[-1]


def test_a_conversation_never_leads_out_of_the_filters(assistant: Assistant) -> None:
    first = assistant.ask("Ai ký Quyết định 2108?")
    conversation = Conversation(id="test", turns=(first,))
    only = Filters(document_ids=("hai-duong-18-ct-ubnd-2016",))
    for question in ("chức vụ gì", "ban hành năm 2019 à", "Nguyễn Văn An ký Quyết định 2108 ngày nào?", "2108"):
        answer = assistant.ask(question, conversation=conversation, filters=only)
        assert {citation.document_id for citation in answer.citations} <= set(only.document_ids)


def test_the_end_of_a_word_is_no_province(library: Library) -> None:
    assert named_provinces("vụ tai nạn lao động do ai điều tra", library) == []
    assert named_provinces("dnang co may nhom giai phap", library) == ["Đà Nẵng"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("có bắt buộc hỏi Mặt trận trước không?", True),
        ("được không (đề án 04)?", True),
        ("hằng năm phải báo cáo, đúng không?", True),
        ("ai ký?", False),
        ("không nêu thì sao?", False),
    ],
)
def test_what_wants_a_yes_or_no(question: str, expected: bool) -> None:
    assert asks_yes_no(fold(question)) is expected


def test_what_wants_a_list() -> None:
    assert asks_list(fold("gồm những gì?"))
    assert not asks_list(fold("ai ký?"))


def test_synonyms_are_whole_words() -> None:
    found = synonyms("hằng năm nộp báo cáo")
    assert any(" gui " in one.others for one in found)
    assert not synonyms("dannop")


def test_a_database_command_behind_a_question_asks_nothing(assistant: Assistant) -> None:
    plain = assistant.ask("Phú Yên bao nhiêu % xã đạt chuẩn nông thôn mới?")
    glued = assistant.ask("Phú Yên bao nhiêu % xã đạt chuẩn nông thôn mới'; DROP TABLE documents;--")
    assert (glued.answer, glued.citations) == (plain.answer, plain.citations)
