"""Conversations: what goes on from the last answer, what points at it, what drops it."""

from __future__ import annotations

import pytest

from bot import Assistant
from bot.answering.answer import Answer, Conversation
from evaluation.answers import citations_valid
from index.filters import Filters


def converse(assistant: Assistant, *questions: str, filters: Filters | None = None) -> list[Answer]:
    """The answers of a conversation; every citation of each must be valid."""
    conversation = Conversation(id="test")
    for question in questions:
        answer = assistant.ask(question, conversation=conversation, filters=filters)
        assert citations_valid(assistant, answer)
        conversation = conversation.model_copy(update={"turns": (*conversation.turns, answer)})
    return list(conversation.turns)


REPORT = "Ở Hải Dương, kết quả dân vận hằng năm phải gửi trước ngày nào?"


@pytest.mark.parametrize("question", ["mục đó nằm ở đâu trong văn bản?", "ở mục nào vậy", "muc nay o cho nao"])
def test_where_the_last_answer_stands(assistant: Assistant, question: str) -> None:
    first, where = converse(assistant, REPORT, question)
    assert where.strategy == "again"
    assert where.answer.startswith(first.citations[0].citation_line)
    assert where.citations[0].quote == first.citations[0].quote


@pytest.mark.parametrize("question", ["nói rõ hơn mục đó", "cụ thể hơn đi", "noi them ve muc do"])
def test_more_of_the_unit_of_the_last_answer(assistant: Assistant, question: str) -> None:
    first, more = converse(assistant, REPORT, question)
    assert more.status == "answered"
    assert more.strategy == "again"
    assert more.citations[0].document_id == first.citations[0].document_id
    assert sum(len(one.quote) for one in more.citations) >= len(first.citations[0].quote)


def test_a_doubt_is_met_with_the_clause(assistant: Assistant) -> None:
    first, again = converse(assistant, REPORT, "chắc không?")
    assert again.status == "answered"
    assert again.citations[0].quote == first.citations[0].quote


def test_what_else_never_repeats_what_was_said(assistant: Assistant) -> None:
    first, other = converse(assistant, REPORT, "còn gì nữa không?")
    assert other.strategy == "again"
    assert all(one.start >= first.citations[0].end for one in other.citations if one.role != "nearest")


def test_pointing_questions_without_a_last_answer_point_at_nothing(assistant: Assistant) -> None:
    (alone,) = converse(assistant, "nói rõ hơn mục đó")
    assert alone.status in ("not_found", "clarify")
    thanks, after = converse(assistant, "xin chào", "chắc không?")
    assert thanks.status == "smalltalk"
    assert after.status in ("not_found", "clarify")


def test_a_question_without_a_name_is_asked_of_the_directive_spoken_of(assistant: Assistant) -> None:
    alone = assistant.ask("Sở Nội vụ phải làm gì?")
    _, scoped = converse(assistant, REPORT, "Sở Nội vụ phải làm gì?")
    assert {one.province for one in scoped.citations} == {"Hải Dương"}
    assert scoped.status == "answered"
    assert alone.status in ("answered", "clarify")


def test_thanks_do_not_end_a_subject(assistant: Assistant) -> None:
    _, thanks, other = converse(
        assistant,
        "Ai làm trưởng ban chỉ đạo dân vận ở cấp xã của Nghệ An?",
        "vâng, cảm ơn nhé",
        "còn cấp huyện thì sao?",
    )
    assert thanks.status == "smalltalk"
    assert "cấp huyện" in other.answer


def test_another_body_takes_the_place_of_the_last(assistant: Assistant) -> None:
    _, other = converse(assistant, "Ban Tuyên giáo Tỉnh ủy Phú Yên được giao việc gì?", "Ban Dân vận thì sao?")
    assert "Ban Dân vận" in other.question.understood_as
    assert "Phú Yên" in other.question.understood_as


def test_a_bare_body_is_asked_for_what_it_has_to_do(assistant: Assistant) -> None:
    _, second, third = converse(
        assistant,
        "Trưởng các đoàn công tác ở thành phố Hà Tĩnh lo việc gì?",
        "còn Ban Tuyên giáo?",
        "Ban Dân vận nữa",
    )
    assert "thông tin, tuyên truyền" in second.answer
    assert "theo dõi, đôn đốc, giám sát thực hiện Chỉ thị" in third.answer
    assert {one.province for one in third.citations} == {"Hà Tĩnh"}


def test_a_document_that_was_quoted_is_pointed_at_by_its_type(assistant: Assistant) -> None:
    _, decree = converse(assistant, "Ở Đà Nẵng doanh nghiệp làm dân chủ theo nghị định nào?", "nghị định ấy nói về gì")
    assert decree.strategy == "references"
    assert "60/2013/NĐ-CP" in decree.answer


def test_this_text_is_the_one_spoken_of(assistant: Assistant) -> None:
    _, here = converse(
        assistant,
        "Phú Yên giao ai cụ thể hóa nghị quyết thành văn bản quy phạm pháp luật?",
        "trong này có quy định hạn nộp báo cáo là trước ngày nào không",
    )
    assert here.status == "not_found"


def test_another_subject_drops_what_was_said(assistant: Assistant) -> None:
    _, fresh = converse(assistant, REPORT, "Thôi hỏi chuyện khác, ai ký Quyết định 2108?")
    assert {one.province for one in fresh.citations} == {"Đà Nẵng"}


def test_a_callers_filter_holds_for_pointing_questions(assistant: Assistant) -> None:
    conversation = Conversation(id="test", turns=(assistant.ask(REPORT),))
    answer = assistant.ask("nói rõ hơn mục đó", conversation=conversation, filters=Filters(province="Phú Yên"))
    assert all(one.province == "Phú Yên" for one in answer.citations)


def test_what_the_directive_no_longer_says_is_not_pointed_at(assistant: Assistant) -> None:
    """A conversation may outlive the index that answered it."""
    said = assistant.ask(REPORT)
    moved = tuple(one.model_copy(update={"quote": f"{one.quote}, lời cũ"}) for one in said.citations)
    conversation = Conversation(id="test", turns=(said.model_copy(update={"citations": moved}),))
    answer = assistant.ask("chắc không?", conversation=conversation)
    assert answer.strategy != "again"
    assert all("lời cũ" not in one.quote for one in answer.citations)
    assert citations_valid(assistant, answer)


def test_words_that_no_directive_holds_say_nothing(assistant: Assistant) -> None:
    assert assistant.ask("ok ok ok ok x").status in ("not_found", "clarify")
