from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.storage import retention
from bot.storage.records import Records, open_records
from tests.bot.storage.samples import answer_to

LATER = datetime.now(UTC) + timedelta(days=181)


def fill(records: Records, turns: int) -> None:
    for number in range(turns):
        turn = records.append_turn("web:1", f"c{number % 2}", answer_to(f"Câu {number}?", "not_found"))
        records.record("asked", "web:1", f"lượt {number}")
    records.add_feedback("web:1", turn.id, "right")


def test_events_are_kept_with_a_hash_of_the_person(records: Records) -> None:
    records.record("exported", "web:1", "hỏi đáp")
    records.record("purged")
    records.record("exported", "web:1")
    purged = records.list_audit("purged")
    assert [(one.person, one.detail) for one in purged] == [(None, "")]
    last, first = records.list_audit("exported")
    assert first.person == last.person
    assert first.person is not None
    assert len(first.person) == 64
    assert (first.detail, first.at.tzinfo) == ("hỏi đáp", UTC)
    assert records.list_audit(limit=1, offset=1) == purged


def test_the_audit_trail_can_be_switched_off(kept: Settings) -> None:
    with open_records(kept.model_copy(update={"audit": False})) as records:
        records.record("exported", "web:1")
        assert records.list_audit() == []


def test_a_purge_deletes_what_is_older_than_the_period(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    fill(records, 7)
    assert not any(records.purge().model_dump().values())
    assert not any(records.purge(LATER - timedelta(days=2)).model_dump().values())
    assert records.purge(LATER).model_dump() == {"conversations": 2, "turns": 7, "feedback": 1, "audit": 7}
    assert records.list_conversations("web:1") == []
    assert records.list_unanswered() == []
    assert records.list_audit() == []


def test_a_purge_keeps_the_newer_part_of_a_conversation_and_its_count(records: Records) -> None:
    records.append_turn("web:1", "c", answer_to("Cũ?"))
    cut = datetime.now(UTC)
    new = records.append_turn("web:1", "c", answer_to("Mới?"))
    assert records.purge(cut + timedelta(days=180)).model_dump() == {
        "conversations": 0,
        "turns": 1,
        "feedback": 0,
        "audit": 0,
    }
    assert records.history("web:1", "c") == [new]
    assert records.append_turn("web:1", "c", answer_to("Nữa?")).ordinal == 3
    assert records.list_conversations("web:1")[0].first_question == "Mới?"


def test_a_period_of_no_days_keeps_everything(kept: Settings) -> None:
    with open_records(kept.model_copy(update={"retention_days": 0})) as records:
        fill(records, 2)
        assert not any(records.purge(LATER).model_dump().values())
        assert len(records.list_audit()) == 2


def test_a_moment_without_a_time_zone_is_refused(records: Records) -> None:
    with pytest.raises(Exception, match="time zone"):
        records.purge(datetime(2026, 1, 1))
