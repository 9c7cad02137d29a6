from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot import Assistant
from bot.answering.answer import Conversation
from evaluation.answers import citations_valid
from index.filters import Filters


def test_the_answer_carries_its_clause_verbatim(assistant: Assistant) -> None:
    answer = assistant.ask("Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?")
    assert answer.status == "answered"
    assert answer.basis == "text"
    assert "chủ tịch UBND" in answer.answer
    assert answer.citations[0].document_id == "nghe-an-04-da-tu-2021"
    assert answer.citations[0].quote in answer.answer
    assert citations_valid(assistant, answer)
    assert any("không phải toàn văn" in notice.text for notice in answer.notices)


@pytest.mark.parametrize("question", ["", "  \n", "?!…", "\ud800", "\x00\x07", "\u200b\u200b"])
def test_a_question_without_content_is_rejected(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "rejected"
    assert answer.answer
    answer.model_dump_json()


def test_a_question_over_the_limit_is_rejected_and_one_at_it_is_read(assistant: Assistant) -> None:
    assert assistant.ask("x" * 100_000).status == "rejected"
    assert assistant.ask("a " * 2000).status == "not_found"


def test_odd_characters_do_not_hide_a_question(assistant: Assistant) -> None:
    plain = assistant.ask("Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?")
    odd = assistant.ask("Ai\x00 làm\u200b trưởng\tban chỉ đạo\r\ncông tác dân vận ở cấp xã?\ud800")
    assert odd.citations == plain.citations


def test_what_is_not_in_the_texts_is_refused_with_the_nearest_passage(assistant: Assistant) -> None:
    answer = assistant.ask("Giá vàng hôm nay bao nhiêu?")
    assert answer.status == "not_found"
    assert "không nêu" in answer.answer
    assert answer.basis is None
    assert [citation.role for citation in answer.citations] in ([], ["nearest"])


def test_the_place_asked_for_is_the_place_cited(assistant: Assistant) -> None:
    for place in ("Đà Nẵng", "Phú Yên", "Hà Tĩnh", "Hải Dương", "Nghệ An"):
        answer = assistant.ask(f"Ở {place}, phong trào thi đua Dân vận khéo được quy định thế nào?")
        assert {citation.province for citation in answer.citations} <= {place}
        assert answer.question.province == place


def test_filters_hold(assistant: Assistant) -> None:
    answer = assistant.ask("công tác dân vận", filters=Filters(document_ids=("phu-yen-nq-btv-tinh-uy",)))
    assert {citation.document_id for citation in answer.citations} <= {"phu-yen-nq-btv-tinh-uy"}


def test_a_conversation_gives_its_id(assistant: Assistant) -> None:
    assert assistant.ask("4 an là gì?", conversation=Conversation(id="c-1")).conversation_id == "c-1"


@given(st.text(max_size=300))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_makes_it_fail_or_invent(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert citations_valid(assistant, answer)
    answer.model_dump_json()


def test_what_goes_by_its_number_is_not_told_by_a_clause_that_only_holds_the_words(assistant: Assistant) -> None:
    asked = "4 an là gì?"
    assert assistant.ask(asked).status == "answered"
    answer = assistant.ask(asked, filters=Filters(document_ids=("hai-duong-18-ct-ubnd-2016",)))
    assert answer.status == "not_found"


def test_a_short_question_in_english_is_understood(assistant: Assistant) -> None:
    answer = assistant.ask("who signed Decision 2108?")
    assert answer.question.language == "en"
    assert "Võ Công Trí" in answer.answer
