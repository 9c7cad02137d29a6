"""Restricted: nobody is answered but those who have signed in with a code, by the deep link or typed."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.access.texts import CODE_REFUSED
from bot.messages import CODE_NOT_ASKED
from bot.settings import Settings
from bot.storage.access.records import AccessRecords
from bot.storage.backup.save import save
from bot.storage.records import open_records
from bot.telegram import texts
from bot.telegram.arrival import arrived
from tests.telegram.botapi import BotApi, Person, Window
from tests.telegram.conftest import RunningBot

QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"
DAY = timedelta(days=1)


@pytest.fixture
def access(start: Callable[..., Any]) -> Any:
    with start(access="restricted") as running:
        bot: RunningBot = running
        yield bot.service.records.access


def says(chat: Window, person: Person, text: str) -> str:
    before = len(chat.from_bot)
    person.says(chat, text)
    chat.wait(lambda window: len(window.from_bot) > before)
    return chat.from_bot[-1].text


@pytest.mark.parametrize("said", [QUESTION, "/start", "/vanban", "/start nhac", "/han"])
def test_nobody_else_is_answered(access: AccessRecords, anna: Person, chat: Window, said: str) -> None:
    assert says(chat, anna, said) == texts.NOT_INVITED


@pytest.mark.parametrize("way", ["/start {}", "{}"])
def test_a_code_lets_somebody_in_who_is_answered_until_revoked(
    access: AccessRecords, anna: Person, chat: Window, way: str
) -> None:
    code = access.invite("Anna Nguyễn", "reader", DAY).code
    assert says(chat, anna, way.format(code)) == texts.signed_in("Anna Nguyễn")
    assert "chủ tịch UBND" in chat.wait_for_answer(anna.says(chat, QUESTION)).text
    access.revoke_person("Anna Nguyễn")
    assert says(chat, anna, QUESTION) == texts.NOT_INVITED


def test_a_code_that_waits_stands_nowhere_in_clear_and_lets_somebody_in(
    start: Callable[..., Any], api: BotApi, anna: Person, chat: Window, tmp_path: Path
) -> None:
    data = tmp_path / "waiting"
    restricted = {"data": data, "access": "restricted"}
    with start(**restricted) as running:
        said = chat.wait_for_answer(anna.says(chat, "/start"))  # nobody yet
        assert said.text == texts.NOT_INVITED
        code = running.service.records.access.invite("Anna Chờ", "reader", DAY).code
    for number, text in enumerate((f"/start {code}", f"mã của tôi: {code.lower()}", f"/hoi {code.replace('-', '')}")):
        payload = {
            "update_id": 900_000 + number,
            "message": {
                "message_id": 900_000 + number,
                "date": int(time.time()),
                "chat": {"id": chat.chat.id, "type": "private", "first_name": "Anna"},
                "from": {"id": anna.id, "is_bot": False, "first_name": "Anna"},
                "text": text,
                "reply_to_message": {
                    "message_id": 1,
                    "date": 1,
                    "chat": {"id": chat.chat.id, "type": "private"},
                    "text": f"Mã: {code}",
                },
            },
            "danvan_code": "0" * 64,
        }
        with open_records(Settings(data=data)) as records:
            assert records.telegram(int(api.token.partition(":")[0])).store([arrived(payload)]) == 1
    save(Settings(data=data), tmp_path / "backup")
    with zipfile.ZipFile(tmp_path / "backup") as backup:
        kept = "".join(backup.read(name).decode() for name in backup.namelist())
    kept += "".join(path.read_text(errors="replace") for path in data.glob("records.sqlite*"))
    for clear in (code, code.lower(), code.replace("-", "")):
        assert clear not in kept
    before = len(chat.from_bot)
    with start(**restricted) as running:
        chat.wait(lambda window: len(window.from_bot) >= before + 3)
        answers = [message.text for message in chat.from_bot[before:]]
        assert answers == [texts.signed_in("Anna Chờ"), CODE_NOT_ASKED, CODE_NOT_ASKED]
        assert running.service.records.list_unanswered() == []


def test_a_hash_that_was_read_in_the_database_lets_nobody_in(access: AccessRecords, anna: Person, chat: Window) -> None:
    hashed = access.hashes.of_code(access.invite("Anna", "reader", DAY).code)
    assert says(chat, anna, f"/start {hashed}") == texts.NOT_INVITED
    assert says(chat, anna, hashed) == texts.NOT_INVITED


def test_whoever_is_in_and_sends_a_code_does_not_ask_it(access: AccessRecords, anna: Person, chat: Window) -> None:
    says(chat, anna, access.invite("Anna", "reader", DAY).code)
    assert says(chat, anna, access.code_for("Anna", DAY).code) == texts.signed_in("Anna")
    assert says(chat, anna, access.invite("Bình", "reader", DAY).code.lower()) == texts.signed_in("Bình")
    assert says(chat, anna, "CFGH-2345-JKMN-6789") == CODE_REFUSED


def test_a_wrong_code_and_a_used_one_are_refused(access: AccessRecords, anna: Person, chat: Window) -> None:
    code = access.invite("Anna", "reader", DAY).code
    access.redeem(code, "telegram:1")
    for wrong in (code, "CFGH-2345-JKMN-6789"):
        assert says(chat, anna, f"/start {wrong}") == CODE_REFUSED
    for _ in range(5):
        last = says(chat, anna, "/start CFGH-2345-JKMN-6789")
    assert last.startswith("Đã thử sai nhiều lần. Đề nghị thử lại sau")


def test_buttons_and_inline_mode_are_for_those_who_are_in(access: AccessRecords, anna: Person, chat: Window) -> None:
    assert anna.types_inline(QUESTION).results == []
    says(chat, anna, f"/start {access.invite('Anna', 'reader', DAY).code}")
    assert anna.types_inline(QUESTION).results != []
    answer = chat.wait_for_answer(anna.says(chat, QUESTION))
    access.revoke_person("Anna")
    told = anna.taps(answer, texts.RIGHT).answer()
    assert (told["text"], told["show_alert"]) == (texts.NOT_INVITED, True)
