"""What the Telegram bot keeps, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.storage.records import Records, open_records
from bot.storage.telegram.records import TelegramRecords
from bot.storage.telegram.values import Arrived, ChatSettings, Planned
from tests.bot.storage.processes import start

NOW = datetime.now(UTC)
LEADER = """
import time
from bot.settings import load_settings
from bot.storage.records import open_records
with open_records(load_settings()) as records:
    lead = records.telegram(7).lead()
    print(lead.take(), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def kept_by_bot(records: Records) -> TelegramRecords:
    return records.telegram(7)


def update(number: int, chat: int = 1, person: str | None = "telegram:1") -> Arrived:
    payload = {"update_id": number, "message": {"text": "Ai ký? \ud800 \x00 đ"}}
    return Arrived(update_id=number, lane=f"{chat}", person=person, payload=payload)


def planned(text: str = "x", turn: str | None = None) -> Planned:
    return Planned(payload={"kind": "text", "plain": text}, chat_id=2**40, about=5 if turn else None, turn_id=turn)


def test_an_update_waits_until_it_is_done_and_is_known_after(kept_by_bot: TelegramRecords, records: Records) -> None:
    assert kept_by_bot.store([update(3), update(1), update(2, chat=2)]) == 3
    assert kept_by_bot.store([update(2), update(4)]) == 1
    waiting = kept_by_bot.waiting()
    assert [one.update_id for one in waiting] == [1, 2, 3, 4]
    assert waiting[0].payload == update(1).payload
    assert [one.update_id for one in kept_by_bot.waiting({1, 2}, 1)] == [3]
    kept_by_bot.done(3, "u3")
    assert not kept_by_bot.is_waiting(3)
    assert kept_by_bot.store([update(3)]) == 0
    assert [one.update_id for one in kept_by_bot.waiting()] == [1, 2, 4]
    assert records.telegram(8).waiting() == [], "another bot's"


def test_messages_are_planned_once_and_keep_how_far_they_came(kept_by_bot: TelegramRecords) -> None:
    turn = "0" * 32
    first, second = kept_by_bot.plan("u1", "telegram:1", [planned("a", turn), planned("b")])
    assert [one.id for one in kept_by_bot.plan("u1", "telegram:1", [planned("c")])] == [first.id, second.id]
    kept_by_bot.begin(first.id)
    assert [(one.state, one.uncertain) for one in kept_by_bot.of_job("u1")] == [("sending", 1), ("planned", 0)]
    kept_by_bot.refused(first.id)
    kept_by_bot.begin(first.id)
    kept_by_bot.sent(first.id, 9)
    kept_by_bot.give_up(second.id)
    states = [(one.state, one.uncertain, one.message_id, one.payload) for one in kept_by_bot.of_job("u1")]
    assert states == [("sent", 1, 9, {}), ("given_up", 0, None, {})]
    assert kept_by_bot.unfinished("u") == []
    assert [one.message_id for one in kept_by_bot.about(2**40, 5)] == [9]
    kept_by_bot.store([update(1)])
    kept_by_bot.done(1, "u1")
    assert [one.turn_id for one in kept_by_bot.of_job("u1")] == [turn], "only what an edit needs is left"


def test_a_chat_keeps_what_it_chose(kept_by_bot: TelegramRecords) -> None:
    assert kept_by_bot.chat(-5) == ChatSettings()
    kept_by_bot.choose(-5, None, document_id="a", only_admins=True)
    assert kept_by_bot.choose(-5, None, document_id=None).only_admins
    kept_by_bot.plan("u1", "telegram:1", [planned()], (-5, NOW))
    kept_by_bot.move_chat(-5, -100)
    chosen = kept_by_bot.chat(-100)
    assert chosen.only_admins
    assert chosen.declined_at == NOW
    assert kept_by_bot.chat(-5) == ChatSettings()


def test_a_reminder_becomes_its_message_once(kept_by_bot: TelegramRecords) -> None:
    duty = ("d", "0" * 16, date(2030, 5, 1))
    for days in (1, 1, 3):
        assert kept_by_bot.add_reminder("telegram:1", 1, duty, days, NOW + timedelta(days=days))
    first, last = kept_by_bot.reminders("telegram:1")
    assert kept_by_bot.reminders("telegram:2") == []
    assert kept_by_bot.due_reminders(NOW) == []
    assert kept_by_bot.due_reminders(NOW + timedelta(days=2)) == [first]
    for _ in range(2):
        kept_by_bot.hand_over(first.id, [planned("Nhắc")])
    assert [one.payload["plain"] for one in kept_by_bot.unfinished("r")] == ["Nhắc"]
    assert not kept_by_bot.remove_reminder("telegram:2", last.id)
    assert kept_by_bot.remove_reminder("telegram:1", last.id)
    assert kept_by_bot.reminders("telegram:1") == []
    many = [kept_by_bot.add_reminder("telegram:3", 1, ("d", f"{number}", duty[2]), 1, NOW) for number in range(51)]
    assert many == [True] * 50 + [False]


def test_a_person_is_forgotten_here_too(kept_by_bot: TelegramRecords, records: Records) -> None:
    kept_by_bot.store([update(1), update(2, person="telegram:2")])
    kept_by_bot.plan("u1", "telegram:1", [planned()])
    kept_by_bot.choose(1, "telegram:1", document_id="a")
    kept_by_bot.add_reminder("telegram:1", 1, ("d", "x", date(2030, 5, 1)), 1, NOW)
    records.delete_person("telegram:1")
    assert [one.update_id for one in kept_by_bot.waiting()] == [2]
    assert kept_by_bot.store([update(1)]) == 0, "its number is known"
    assert kept_by_bot.of_job("u1") == []
    assert kept_by_bot.chat(1) == ChatSettings()
    assert kept_by_bot.reminders("telegram:1") == []


def test_what_is_older_than_the_period_goes_but_not_what_waits(kept_by_bot: TelegramRecords, records: Records) -> None:
    kept_by_bot.store([update(1), update(2)])
    kept_by_bot.plan("u1", "telegram:1", [planned("a", "0" * 32)])
    kept_by_bot.done(1, "u1")
    kept_by_bot.choose(1, "telegram:1", document_id="a")
    records.purge(NOW + timedelta(days=170))
    assert kept_by_bot.of_job("u1")
    records.purge(NOW + timedelta(days=181))
    assert kept_by_bot.of_job("u1") == []
    assert kept_by_bot.store([update(1)]) == 1
    assert [one.update_id for one in kept_by_bot.waiting()] == [1, 2]
    assert kept_by_bot.chat(1) == ChatSettings()


def test_one_process_leads_until_it_dies(kept: Settings, kept_by_bot: TelegramRecords) -> None:
    other = start(LEADER, kept)
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    lead = kept_by_bot.lead()
    assert not lead.take()
    other.kill()
    other.communicate()
    for _ in range(100):
        if lead.take():
            break
    assert lead.take()
    with open_records(kept) as records:
        second = records.telegram(7).lead()
        assert not second.take()
        lead.leave()
        assert second.take()
        second.leave()
