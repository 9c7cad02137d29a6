"""Every question gets exactly one answer, whatever the network does; what nobody can know costs a duplicate at most."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.telegram import texts
from tests.telegram.botapi import (
    BotApi,
    Fault,
    Message,
    Person,
    Window,
    chat_migrated,
    chat_not_found,
    delay,
    drop_after,
    drop_before,
    flood,
    refusal,
    server_error,
)
from tests.telegram.conftest import RunningBot

QUESTION = "ai ký qđ 2108"


def answers(chat: Window, question: Message) -> list[str]:
    return [message.text for message in chat.answers_to(question)]


def test_five_hundred_questions_of_a_hundred_people_get_one_answer_each(start: Callable[..., Any], api: BotApi) -> None:
    people = [(person, api.private(person)) for person in (api.user(f"Người {number}") for number in range(100))]
    with start():
        faults = [flood(0.2), server_error(500), server_error(502)]
        rule = api.fail_randomly(faults, share=0.12, methods=["sendMessage", "getUpdates", "sendChatAction"], seed=6)
        drops = [
            api.fail("sendMessage", drop_before(), skip=number % 5, chat=chat)
            for number, (_, chat) in enumerate(people)
        ]
        asked = [(chat, person.says(chat, QUESTION)) for _ in range(5) for person, chat in people]
        api.wait(lambda: all(chat.answers_to(question) for chat, question in asked), timeout=150)
        api.idle(1.0)
    counted = Counter(len(chat.answers_to(question)) for chat, question in asked)
    assert counted == {1: 500}
    assert all("Võ Công Trí" in answers(chat, question)[0] for chat, question in asked)
    assert all(len(chat.from_bot) == 5 for _, chat in people)
    assert rule.struck > 30
    assert sum(drop.struck for drop in drops) == 100


@pytest.mark.parametrize("fault", [drop_after(), server_error(504, accepted=True)])
def test_an_answer_that_was_accepted_unheard_is_repeated_once_at_most(
    bot: RunningBot, api: BotApi, fault: Fault
) -> None:
    people = [(person, api.private(person)) for person in (api.user(f"Người {number}") for number in range(10))]
    for _, chat in people:
        api.fail("sendMessage", fault, chat=chat)
    asked = [(chat, person.says(chat, QUESTION)) for person, chat in people]
    api.wait(lambda: all(len(chat.answers_to(question)) == 2 for chat, question in asked), timeout=30)
    api.idle(1.0)
    for chat, question in asked:
        first, *more = answers(chat, question)
        assert more == [first], "one duplicate, of the same wording"


def test_an_answer_that_may_be_there_twice_is_not_sent_a_third_time(
    bot: RunningBot, api: BotApi, anna: Person, chat: Window
) -> None:
    api.fail("sendMessage", drop_after(), times=2)
    question = anna.says(chat, QUESTION)
    chat.wait(2, timeout=20)
    api.idle(1.5)
    assert len(answers(chat, question)) == 2
    assert "Võ Công Trí" in chat.wait_for_answer(anna.says(chat, QUESTION)).text


def test_few_messages_are_on_their_way_at_a_time(bot: RunningBot, api: BotApi) -> None:
    """All that are when the process dies are uncertain, and may be given up after the next time."""
    people = [(person, api.private(person)) for person in (api.user(f"Người {number}") for number in range(12))]
    api.fail("sendMessage", delay(0.3), times=None)
    asked = [(chat, person.says(chat, QUESTION)) for person, chat in people]
    api.wait(lambda: all(chat.answers_to(question) for chat, question in asked), timeout=60)
    arrived = [call.at for call in api.calls("sendMessage")]
    assert len(arrived) == 12
    # The fifth leaves when one of the four before it has been answered, which takes so long.
    assert all(later - earlier >= 0.3 for earlier, later in zip(arrived, arrived[4:], strict=False))


def test_an_outage_is_waited_out(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    api.wait(lambda: bot.told)
    api.stop()
    time.sleep(0.5)
    api.start()
    questions = [anna.says(chat, QUESTION) for _ in range(3)]
    chat.wait(3, timeout=40)
    api.idle()
    assert [len(answers(chat, question)) for question in questions] == [1, 1, 1]
    assert any("Chưa kết nối được máy chủ Telegram" in said for said in bot.told)


def test_a_late_answer_of_telegrams_is_waited_for(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    api.fail("sendMessage", delay(3))
    question = anna.says(chat, QUESTION)
    chat.wait_for_answer(question)
    api.idle(4)
    assert len(answers(chat, question)) == 1


def test_the_same_update_twice_is_one_question(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    api.fail("getUpdates", drop_after(), times=1)
    question = anna.says(chat, QUESTION)
    chat.wait_for_answer(question, timeout=20)
    api.idle(1)
    assert len(answers(chat, question)) == 1


def test_who_has_blocked_the_bot_stops_nobody_else(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    anna.says(chat, QUESTION)
    anna.blocks(chat)
    other = api.user("Bảo")
    theirs = api.private(other)
    assert theirs.wait_for_answer(other.says(theirs, QUESTION))
    api.idle()
    anna.unblocks(chat)
    assert chat.wait_for_answer(anna.says(chat, QUESTION))


@pytest.mark.parametrize("fault", [chat_not_found(), refusal(403, "Forbidden: user is deactivated")])
def test_a_chat_that_is_gone_is_given_up(
    bot: RunningBot, api: BotApi, anna: Person, chat: Window, fault: Fault
) -> None:
    api.fail("sendMessage", fault)
    anna.says(chat, QUESTION)
    api.idle()
    assert chat.from_bot == []
    assert chat.wait_for_answer(anna.says(chat, QUESTION))


def test_a_group_that_moved_gets_its_answer(bot: RunningBot, api: BotApi, anna: Person) -> None:
    old = api.group("Nhóm", admins=[anna], kind="group")
    new = api.group("Nhóm", admins=[anna])
    api.fail("sendMessage", chat_migrated(new.id), chat=old)
    anna.says(old, f"/hoi@{api.bot.username} {QUESTION}")
    assert "Võ Công Trí" in new.wait(1)[0].text


def test_late_questions_are_declined_once_a_chat(
    start: Callable[..., Any], api: BotApi, anna: Person, chat: Window
) -> None:
    group = api.group("Nhóm", members=[anna])
    old = timedelta(hours=13).total_seconds()
    for number in range(4):
        anna.says(chat, QUESTION, ago=old - number)
    anna.says(group, "chuyện riêng", ago=old)
    soon = anna.says(chat, QUESTION, ago=timedelta(hours=11).total_seconds())
    with start():
        chat.wait(2)
        api.idle()
    assert [message.text for message in chat.from_bot].count(texts.LATE) == 1
    assert len(chat.answers_to(soon)) == 1
    assert group.from_bot == []
    anna.says(chat, QUESTION, ago=old)
    with start():
        api.wait_until_confirmed()
        api.idle()
    assert len(chat.from_bot) == 2, "sent before the chat was told"


def test_full_records_lose_no_question(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    """The records cannot be written for a while: Telegram keeps the question until they can."""
    database = bot.service.records._database
    lock = database._lock
    database._lock = lock.parent / "missing" / "records.lock"  # type: ignore[union-attr]
    question = anna.says(chat, QUESTION)
    time.sleep(1)
    assert api.updates_pending == 1
    assert chat.from_bot == []
    database._lock = lock
    chat.wait_for_answer(question, timeout=20)
