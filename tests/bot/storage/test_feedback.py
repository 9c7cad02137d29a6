from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.errors import UnknownTurnError
from bot.storage.records import Records
from tests.bot.storage.samples import answer_to


def test_feedback_is_kept_with_question_answer_and_generation(records: Records) -> None:
    answer = answer_to("Hạn báo cáo?")
    turn = records.append_turn("web:1", "c", answer, generation="g1")
    given = records.add_feedback("web:1", turn.id, "wrong", "thiếu thời hạn")
    (listed,) = records.list_feedback()
    assert listed == given
    assert (listed.question, listed.answer, listed.generation) == ("Hạn báo cáo?", answer, "g1")
    assert (listed.verdict, listed.reason, listed.asked_at) == ("wrong", "thiếu thời hạn", turn.asked_at)


def test_a_second_verdict_replaces_the_first(records: Records) -> None:
    turn = records.append_turn("web:1", "c", answer_to("Hạn báo cáo?"))
    records.add_feedback("web:1", turn.id, "wrong", "thiếu")
    records.add_feedback("web:1", turn.id, "right")
    assert [(one.verdict, one.reason) for one in records.list_feedback()] == [("right", None)]
    assert records.history("web:1", "c")[0].verdict == "right"


def test_feedback_on_no_own_turn_is_refused(records: Records) -> None:
    turn = records.append_turn("web:1", "c", answer_to("Hạn báo cáo?"))
    for person, turn_id in (("web:2", turn.id), ("web:1", "0" * 32), ("web:1", ""), ("web:1", "\0")):
        with pytest.raises(UnknownTurnError):
            records.add_feedback(person, turn_id, "right")
    assert records.list_feedback() == []


def test_feedback_is_listed_by_verdict_time_and_page(records: Records) -> None:
    before = datetime.now(UTC)
    for number in range(4):
        turn = records.append_turn("web:1", "c", answer_to(f"Câu {number}?"))
        records.add_feedback("web:1", turn.id, "right" if number % 2 else "wrong")
    assert [one.question for one in records.list_feedback()] == ["Câu 3?", "Câu 2?", "Câu 1?", "Câu 0?"]
    assert [one.question for one in records.list_feedback(verdict="right")] == ["Câu 3?", "Câu 1?"]
    assert [one.question for one in records.list_feedback(limit=2, offset=1)] == ["Câu 2?", "Câu 1?"]
    hanoi = before.astimezone().replace(tzinfo=None).astimezone()
    assert len(records.list_feedback(since=hanoi)) == 4
    assert records.list_feedback(since=datetime.now(UTC) + timedelta(seconds=1)) == []
