"""Every command, each with its button."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from bot.messages import NOT_STATED
from bot.telegram import texts
from index.directive import Directive
from tests.telegram.botapi import BotApi, Message, Person, Window
from tests.telegram.conftest import RunningBot
from tests.telegram.test_asking import asked, quotes

SIGNER = "ai ký qđ 2108"


def tap(chat: Window, person: Person, message: Message, label: str) -> Message:
    """Tap a button that changes its message in place."""
    versions = len(message.versions)
    person.taps(message, label).answer()
    return chat.wait_for_edit(message, versions + 1)


def test_start_shows_what_it_can_do(bot: RunningBot, anna: Person, chat: Window) -> None:
    anna.starts(chat)
    hello, examples = chat.wait(2)
    assert hello.text.startswith("Kính chào đồng chí.")
    assert chat.keyboard == [[texts.ASK, texts.DUTIES, texts.CONTENTS]]
    assert len(examples.labels) == 3
    for number, example in enumerate(examples.labels, 3):
        anna.taps(examples, example).answer()
        assert chat.wait(number)[-1].text.startswith(texts.asked(example))
        assert quotes(chat.from_bot[-1])


def test_help_has_a_button_for_every_command(bot: RunningBot, anna: Person, chat: Window, api: BotApi) -> None:
    answer = asked(chat, anna, "/help")
    labels = (
        texts.ASK,
        texts.CONTENTS,
        texts.DUTIES,
        texts.SOURCE_HEAD,
        texts.REMIND,
        texts.SETTINGS,
        texts.FORGET_YES,
    )
    assert set(labels) <= set(answer.labels)
    for count, label in enumerate(labels, 2):
        anna.taps(answer, label).answer()
        assert chat.wait(count)
    assert answer.versions == [answer.text]


def test_commands_are_registered_with_descriptions(bot: RunningBot, api: BotApi) -> None:
    assert api.wait(api.commands) == dict(texts.COMMANDS)
    api.wait(lambda: api.profile.get("description"))


@pytest.mark.parametrize("typed", ["/hạn", "/Han", "/HAN", "/văn_bản", "/vănbản"])
def test_commands_may_be_typed_with_diacritics(bot: RunningBot, anna: Person, chat: Window, typed: str) -> None:
    answer = asked(chat, anna, typed)
    assert (answer.text == texts.UNKNOWN_COMMAND) == (typed == "/văn_bản")


def test_the_keyboard_is_commands(bot: RunningBot, anna: Person, chat: Window) -> None:
    anna.starts(chat)
    chat.wait(2)
    anna.presses(chat, texts.ASK)
    assert chat.wait(3)[-1].text == texts.ASK_NOW
    anna.presses(chat, texts.DUTIES)
    assert chat.wait(4)[-1].text.startswith(texts.DUTIES)
    anna.presses(chat, texts.CONTENTS)
    assert chat.wait(5)[-1].text == texts.CHOOSE_DOCUMENT


def test_hoi_asks(bot: RunningBot, anna: Person, chat: Window) -> None:
    assert asked(chat, anna, "/hoi").text == texts.ASK_NOW
    assert "Võ Công Trí" in asked(chat, anna, "/hoi ai ký qđ 2108").text
    assert asked(chat, anna, "/khonglenh").text == texts.UNKNOWN_COMMAND


def test_a_directive_is_read_clause_by_clause(
    bot: RunningBot, anna: Person, chat: Window, directives: dict[str, Directive]
) -> None:
    shown = asked(chat, anna, "/vanban")
    assert len(shown.labels) == len(directives)
    label = next(label for label in shown.labels if "Hải Dương" in label)
    tap(chat, anna, shown, label)
    assert "Chỉ thị số 18/CT-UBND ngày 01 tháng 8 năm 2016" in shown.text
    tap(chat, anna, shown, texts.ITS_CONTENTS)
    assert shown.labels[-1] == texts.BACK
    unit = shown.labels[1]
    tap(chat, anna, shown, unit)
    text = directives["hai-duong-18-ct-ubnd-2016"].text
    assert all(quote in text for quote in quotes(shown))
    for _ in range(5):
        tap(chat, anna, shown, texts.NEXT)
        assert all(quote in text for quote in quotes(shown))
    assert quotes(shown)
    anna.taps(shown, texts.COPY).answer()
    copy = chat.wait(2)[-1]
    assert quotes(shown)[0] in copy.text
    assert "Chỉ thị số 18/CT-UBND" in copy.text
    tap(chat, anna, shown, texts.UP)
    assert len(chat.from_bot) == 2


def test_every_unit_of_every_directive_can_be_shown(
    bot: RunningBot, anna: Person, chat: Window, directives: dict[str, Directive]
) -> None:
    """All pages are made, and none is refused; as many as there are units would be too many to tap."""
    from bot.telegram.handlers.documents import _unit
    from bot.telegram.keys import short
    from bot.telegram.markup import to_html
    from tests.telegram.test_rendering import seen

    for directive in directives.values():
        for unit in directive.walk():
            found = _unit(directive, short(unit.id), 0)
            assert found is not None
            message, rows = found
            seen(to_html(message))
            assert all(len(data.encode()) <= 64 and label.strip() for row in rows for label, data in row)


def test_questions_may_be_about_one_directive(bot: RunningBot, anna: Person, chat: Window) -> None:
    shown = asked(chat, anna, "/vanban")
    tap(chat, anna, shown, next(label for label in shown.labels if "Hải Dương" in label))
    tap(chat, anna, shown, texts.ASK_IN_IT)
    assert "Hải Dương" in shown.text
    answer = asked(chat, anna, SIGNER)
    assert answer.text.startswith(NOT_STATED)
    assert "Chỉ tìm trong văn bản đã chọn (Hải Dương: Chỉ thị số 18/CT-UBND)." in answer.text
    anna.taps(answer, texts.ASK_IN_ALL).answer()
    assert "Võ Công Trí" in chat.wait(3)[-1].text
    tap(chat, anna, shown, texts.ALL_DOCUMENTS)
    assert "Võ Công Trí" in asked(chat, anna, SIGNER).text


def test_duties_are_listed_with_what_has_ended(bot: RunningBot, anna: Person, chat: Window) -> None:
    shown = asked(chat, anna, "/han")
    assert "114 việc" in shown.text
    tap(chat, anna, shown, texts.CHOOSE_ONE)
    tap(chat, anna, shown, next(label for label in shown.labels if "Hải Dương" in label))
    for _ in range(8):
        if "trước ngày 30 tháng 11" in shown.text or texts.NEXT not in shown.labels:
            break
        tap(chat, anna, shown, texts.NEXT)
    assert "Thời hạn: trước ngày 30 tháng 11" in shown.text
    assert "[Đã kết thúc] Ủy ban nhân dân tỉnh Hải Dương không còn" in shown.text
    assert not [label for label in shown.labels if label.startswith("Nhắc")]
    tap(chat, anna, shown, texts.level("xã"))
    assert "Cấp xã" in shown.text
    assert len(chat.from_bot) == 1


def test_duties_of_a_body(bot: RunningBot, anna: Person, chat: Window) -> None:
    shown = asked(chat, anna, "/han UBND xã")
    assert "UBND xã" in shown.text
    count = int(shown.text.split(": ")[1].split()[0])
    assert 0 < count < 114
    tap(chat, anna, shown, texts.NEXT)
    assert "UBND xã" in shown.text


def test_duties_as_files(bot: RunningBot, anna: Person, chat: Window) -> None:
    shown = asked(chat, anna, "/han")
    anna.taps(shown, "Tệp .xlsx").answer()
    book = chat.wait(2)[-1].document
    assert book is not None
    assert book.name.endswith(".xlsx")
    assert load_workbook(io.BytesIO(book.content)).active.max_row == 115
    anna.taps(shown, "Tệp .ics").answer()
    calendar = chat.wait(3)[-1].document
    assert calendar is not None
    assert len(Calendar.from_ical(calendar.content).walk("VEVENT")) > 5


def test_nguon_gives_all_quotations_whole(bot: RunningBot, anna: Person, chat: Window, api: BotApi) -> None:
    assert asked(chat, anna, "/nguon").text == texts.NO_SOURCES
    asked(chat, anna, "tóm tắt chỉ thị Hà Tĩnh")
    api.idle()
    before = len(chat.from_bot)
    anna.says(chat, "/nguon")
    chat.wait(before + 1)
    api.idle()
    turn = bot.service.records.history(f"telegram:{anna.id}", f"telegram:{chat.id}:0")[-1]
    shown = [quote for message in chat.from_bot[before:] for quote in quotes(message)]
    assert shown == [citation.quote.strip() for citation in turn.answer.citations]


def test_xoa_forgets_everything_after_a_confirmation(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    records, person = bot.service.records, f"telegram:{anna.id}"
    asked(chat, anna, "ai ký qđ 2108")
    shown = asked(chat, anna, "/vanban")
    tap(chat, anna, shown, shown.labels[0])
    tap(chat, anna, shown, texts.ASK_IN_IT)
    question = asked(chat, anna, "/xoa")
    tap(chat, anna, question, texts.FORGET_NO)
    assert question.text == texts.KEPT
    assert records.list_conversations(person)
    again = asked(chat, anna, "/xoa")
    tap(chat, anna, again, texts.FORGET_YES)
    assert again.text == texts.FORGOTTEN
    api.idle()
    assert not records.list_conversations(person)
    kept = records.telegram(api.bot.id)
    assert kept.chat(chat.id).document_id is None
    # Nothing that names the person is left in any table of the bot's.
    hashed = records._people.hashed(person)  # what is left cannot be seen from outside
    with records._database.reading() as session:
        from sqlalchemy import func, select

        from bot.storage.telegram.tables import ChatRow, ReminderRow, SendRow, UpdateRow

        for table in (ChatRow, ReminderRow, SendRow, UpdateRow):
            assert session.scalar(select(func.count()).select_from(table).where(table.person == hashed)) == 0
        assert session.scalar(select(func.count()).select_from(SendRow).where(SendRow.chat_id == chat.id)) == 0
        assert session.scalar(select(func.count()).select_from(UpdateRow).where(UpdateRow.payload.is_not(None))) == 0


def test_only_who_asked_for_it_deletes(bot: RunningBot, api: BotApi, anna: Person) -> None:
    bao = api.user("Bảo")
    group = api.group("Nhóm", members=[anna, bao])
    question = group.wait_for_answer(anna.says(group, f"/xoa@{api.bot.username}"))
    assert bao.taps(question, texts.FORGET_YES).answer()["text"] == texts.NOT_YOURS_TO_DELETE


def test_settings_of_a_private_chat(bot: RunningBot, anna: Person, chat: Window) -> None:
    shown = asked(chat, anna, "/caidat")
    tap(chat, anna, shown, texts.SETTING_SUGGESTIONS)
    assert texts.setting(texts.SETTING_SUGGESTIONS, texts.OFF) in shown.text
    tap(chat, anna, shown, texts.hour_button(14, False))
    assert texts.setting(texts.SETTING_HOUR, "14 giờ") in shown.text


def test_too_many_questions_are_declined_once(
    start: Callable[..., Any], anna: Person, chat: Window, api: BotApi
) -> None:
    with start(telegram_person_limit=3):
        for _ in range(8):
            anna.says(chat, "ai ký qđ 2108")
        api.idle()
        said = [message.text for message in chat.from_bot]
        assert said.count(texts.TOO_MANY) == 1
        assert len(said) in (4, 5)  # a bucket fills a little meanwhile
        other = api.user("Bảo")
        assert asked(api.private(other), other, "ai ký qđ 2108").text != texts.TOO_MANY
