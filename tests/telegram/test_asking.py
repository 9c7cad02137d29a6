"""Questions and answers over HTTP: what people type, and what they see."""

from __future__ import annotations

from tests.telegram.botapi import BotApi, Person, Window
from tests.telegram.conftest import RunningBot

QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"


def test_a_question_is_answered_with_the_verbatim_clause(bot: RunningBot, anna: Person, chat: Window) -> None:
    question = anna.says(chat, QUESTION)
    answer = chat.wait_for_answer(question)
    assert answer.reply_to is question
    assert "ở cấp xã do đồng chí chủ tịch UBND làm trưởng ban chỉ đạo" in answer.text
    kinds = [entity.type for entity in answer.entities]
    assert "bold" in kinds
    assert "expandable_blockquote" in kinds
    print(answer.text, answer.rows)
