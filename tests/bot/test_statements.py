"""Statements: how sentences are scored, and how much they are trusted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import Assistant
from bot.answering.confidence import confidence
from bot.answering.features import Features
from bot.answering.statements import statements
from bot.answering.telling import telling
from bot.question.question import understand
from index.filters import Filters
from index.library import Library

PLAIN = Features(
    share=0.2,
    own=0.5,
    rest=0.5,
    around=0.6,
    missing=2.0,
    gap=0.05,
    margin=0.0,
    similarity=0.88,
    nearness=1.0,
    lacks_noun=0.0,
    lacks_meaning=0.0,
    known=0.8,
    words=8.0,
    length=10.0,
    asks_list=0.0,
    asks_who=0.0,
    asks_number=0.0,
)


def test_more_of_the_question_in_a_sentence_is_trusted_more() -> None:
    assert 0 < confidence(PLAIN) < 1
    for better in (replace(PLAIN, own=0.9), replace(PLAIN, gap=0.3), replace(PLAIN, known=1.0)):
        assert confidence(better) > confidence(PLAIN)
    assert confidence(replace(PLAIN, margin=-0.1)) < confidence(PLAIN)


def test_the_best_statement_holds_what_is_asked_for(library: Library) -> None:
    question = understand("Nghệ An mỗi năm mở ít nhất mấy lớp tập huấn?", library)
    best = statements(question, telling(question, library), library, Filters(province="Nghệ An"))[0]
    assert best.fits
    assert "2 lớp/năm" in best.text


def test_words_that_name_the_document_tell_little(library: Library) -> None:
    question = understand("Đề án 2108 của Đà Nẵng tổng kết năm nào?", library)
    told = telling(question, library)
    about = told.about("Đề án 2108 Đà Nẵng")
    assert about.words["2108"] < told.words["2108"]
    assert about.words["tông3"] == told.words["tông3"]


@pytest.mark.parametrize(
    "question",
    ["Giá xăng hôm nay?", "Lịch thi đấu bóng đá tối nay?", "Bằng lái xe hạng B1 thi mấy câu?", "ty gia do la hom nay"],
)
def test_questions_of_daily_life_are_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_found"
