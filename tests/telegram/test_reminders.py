"""Reminders: of duties that are coming, at the hour that was chosen, once; never of what has ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bot.answering.assistant import Assistant
from bot.facts.kinds import HERE
from bot.settings import Settings
from bot.telegram import texts
from index.build import build
from index.structure.address import office_date
from tests.telegram.botapi import BotApi, Person, Window, drop_before, flood
from tests.telegram.test_asking import asked, quotes
from tests.telegram.test_commands import tap

TODAY = datetime.now(HERE).date()
SOON = TODAY + timedelta(days=20)
ENTRY = """
[documents.{id}]
file = "{id}.txt"
province = "Thử Nghiệm"
level = "tỉnh"
issuer = "Ban Thường vụ Tỉnh ủy Thử Nghiệm"
status = "unverified"
provenance = "văn bản thử"
"""
TEXT = """CHỈ THỊ
về công tác thử nghiệm

Để thực hiện tốt công tác này, Ban Thường vụ Tỉnh ủy yêu cầu:

1. Các cơ quan hành chính {what} trước ngày {day.day} tháng {day.month} hằng năm.

2. Ban Dân vận cũ gửi báo cáo kết quả trước ngày {day.day} tháng {day.month} hằng năm.
"""
CONTEXT = """
[[ended]]
document_ids = ["da-het"]
scope = "period"
since = 2020-01-01
dated = 2020-01-01
source = "Nguồn thử"
why = "Thời kỳ thực hiện đã kết thúc."

[[body]]
old = ["Ban Dân vận cũ"]
since = 2020-01-01
dated = 2020-01-01
source = "Nguồn thử"
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two directives with a day that is coming every year: one is in force, of the other the period has ended."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    last = SOON + timedelta(days=1)
    for name, what in (("con-han", "báo cáo kết quả thực hiện"), ("da-het", "gửi báo cáo tổng hợp")):
        (folder / f"{name}.txt").write_text(TEXT.format(what=what, day=last), encoding="utf-8")
    entries = "".join(ENTRY.format(id=name) for name in ("con-han", "da-het"))
    (folder / "catalogue.toml").write_text(entries, encoding="utf-8")
    (folder / "context.toml").write_text(CONTEXT, encoding="utf-8")
    return folder


@pytest.fixture
def small(corpus: Path, tmp_path: Path) -> Iterator[Assistant]:
    chosen = Settings(corpus=corpus, data=tmp_path / "data")
    build(chosen)
    with Assistant(chosen) as opened:
        yield opened


def set_one(chat: Window, person: Person, days: int = 3) -> None:
    shown = asked(chat, person, "/nhac")
    assert texts.COMING_HEAD in shown.text
    person.taps(shown, texts.remind_number(1)).answer()
    choice = chat.wait(lambda window: next((m for m in window.from_bot if texts.CHOOSE_DAYS in m.text), None))
    tap(chat, person, choice, texts.DAYS_BEFORE[days])
    on = SOON - timedelta(days=days)
    assert texts.reminder_set(on.isoformat(), 8) in choice.text


def make_due(bot: Any, api: BotApi, person: Person) -> None:
    """Let the moment of all reminders of a person have come."""
    records = bot.service.records.telegram(api.bot.id)
    for one in records.reminders(f"telegram:{person.id}"):
        records.move_reminder(one.id, datetime.now(UTC) - timedelta(minutes=1))


def test_only_what_is_coming_can_be_reminded_of(
    start: Callable[..., Any], small: Assistant, anna: Person, chat: Window
) -> None:
    with start(small):
        shown = asked(chat, anna, "/nhac")
        assert shown.text.count("Sắp tới: ") == 1
        assert f"Sắp tới: {office_date(SOON.isoformat())}" in shown.text
        assert "Ban Dân vận cũ" not in shown.text
        duties = asked(chat, anna, "/han")
        assert duties.text.count("[Đã kết thúc]") == 3
        assert [label for label in duties.labels if label.startswith("Nhắc")] == [texts.remind_number(1)]


def test_nothing_to_remind_of_is_said(start: Callable[..., Any], anna: Person, chat: Window) -> None:
    """Of the five directives nothing may be due any more: their day, period or issuer has ended."""
    with start():
        assert texts.NO_COMING in asked(chat, anna, "/nhac").text


def test_a_reminder_is_sent_once_and_survives_restarts(
    start: Callable[..., Any], small: Assistant, api: BotApi, anna: Person, chat: Window
) -> None:
    with start(small) as bot:
        set_one(chat, anna)
        kept = bot.service.records.telegram(api.bot.id).reminders(f"telegram:{anna.id}")
        expected = datetime.combine(SOON - timedelta(days=3), datetime.min.time(), HERE).replace(hour=8)
        assert [one.remind_at for one in kept] == [expected]
    before = len(chat.from_bot)
    with start(small) as bot:
        time.sleep(0.5)
        assert len(chat.from_bot) == before
        api.fail("sendMessage", flood(0.3), times=1)
        api.fail("sendMessage", drop_before(), times=1)
        make_due(bot, api, anna)
        said = chat.wait(before + 1)[-1]
        assert said.text.startswith(f"Còn 20 ngày đến hạn ({office_date(SOON.isoformat())})")
        assert "báo cáo kết quả thực hiện" in quotes(said)[0]
        api.idle(1.0)
    with start(small) as bot:
        time.sleep(0.6)
        assert len(chat.from_bot) == before + 1
        assert bot.service.records.telegram(api.bot.id).reminders(f"telegram:{anna.id}") == []


def test_what_has_ended_meanwhile_is_not_reminded_of(
    start: Callable[..., Any], small: Assistant, corpus: Path, api: BotApi, anna: Person, chat: Window
) -> None:
    with start(small) as bot:
        set_one(chat, anna)
        before = len(chat.from_bot)
        (corpus / "context.toml").write_text(CONTEXT.replace('"da-het"', '"da-het", "con-han"'), encoding="utf-8")
        build(Settings(corpus=corpus, data=small._library._settings.data))
        make_due(bot, api, anna)
        records = bot.service.records.telegram(api.bot.id)
        for _ in range(100):
            if not records.reminders(f"telegram:{anna.id}"):
                break
            time.sleep(0.05)
        assert records.reminders(f"telegram:{anna.id}") == []
        api.idle()
        assert len(chat.from_bot) == before


def test_reminders_are_listed_moved_and_dropped(
    start: Callable[..., Any], small: Assistant, api: BotApi, anna: Person, chat: Window
) -> None:
    with start(small) as bot:
        set_one(chat, anna)
        shown = asked(chat, anna, "/nhac")
        assert texts.MY_REMINDERS in shown.text
        tap(chat, anna, shown, texts.hour_button(14, False))
        records = bot.service.records.telegram(api.bot.id)
        assert records.reminders(f"telegram:{anna.id}")[0].remind_at.astimezone(HERE).hour == 14
        tap(chat, anna, shown, texts.remove_number(1))
        assert texts.MY_REMINDERS not in shown.text
        assert records.reminders(f"telegram:{anna.id}") == []


def test_the_calendar_file_of_the_bot_is_a_calendar(
    start: Callable[..., Any], small: Assistant, anna: Person, chat: Window
) -> None:
    with start(small):
        shown = asked(chat, anna, "/han")
        anna.taps(shown, "Tệp .ics").answer()
        document = chat.wait(2)[-1].document
        assert document is not None
        assert len(Calendar.from_ical(document.content).walk("VEVENT")) == 4
