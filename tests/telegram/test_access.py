"""Restricted: nobody is answered but those who have signed in with a code, by the deep link or typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.access.texts import CODE_REFUSED
from bot.storage.access.records import AccessRecords
from bot.telegram import texts
from tests.telegram.botapi import Person, Window
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
