"""Groups: silent unless meant; topics; what a group has chosen and who may choose it. Inline mode in any chat."""

from __future__ import annotations

import pytest

from bot.messages import NOT_STATED
from bot.telegram import texts
from tests.telegram.botapi import BotApi, Person, Window
from tests.telegram.conftest import RunningBot
from tests.telegram.test_asking import quotes
from tests.telegram.test_commands import tap

QUESTION = "ai ký qđ 2108"


@pytest.fixture
def bao(api: BotApi) -> Person:
    return api.user("Bảo")


@pytest.fixture
def group(api: BotApi, anna: Person, bao: Person) -> Window:
    """A group whose administrator is Anna; the bot sees everything that is written there."""
    api.privacy = False
    return api.group("Nhóm dân vận", members=[bao], admins=[anna], forum=True)


def test_silent_unless_meant(bot: RunningBot, api: BotApi, group: Window, bao: Person, anna: Person) -> None:
    for said in (QUESTION, "/start@other_bot", "/weather", "@other_bot " + QUESTION, "cảm ơn danvan_bot"):
        bao.says(group, said)
    theirs = anna.says(group, "ngày mai họp")
    bao.says(group, QUESTION, reply_to=theirs)
    bao.sends_sticker(group)
    api.idle()
    assert group.from_bot == []
    for said in (f"@{api.bot.username} {QUESTION}", f"{QUESTION} @{api.bot.username.upper()}", f"/hoi {QUESTION}"):
        answer = group.wait_for_answer(bao.says(group, said))
        assert "Võ Công Trí" in answer.text
    follow = bao.says(group, "ban hành ngày nào?", reply_to=answer)
    assert "05/9/2016" in group.wait_for_answer(follow).text


def test_a_mention_in_reply_asks_what_is_replied_to(
    bot: RunningBot, api: BotApi, group: Window, bao: Person, anna: Person
) -> None:
    question = anna.says(group, QUESTION)
    mention = bao.says(group, f"@{api.bot.username}", reply_to=question)
    assert "Võ Công Trí" in group.wait_for_answer(mention).text


def test_answers_stay_in_their_topic(bot: RunningBot, api: BotApi, group: Window, bao: Person) -> None:
    one, other = group.topic("Hỏi đáp"), group.topic("Khác")
    answer = group.wait_for_answer(bao.says(group, f"@{api.bot.username} {QUESTION}", thread=one))
    assert answer.thread_id == one
    # Another topic is another conversation: nothing is known there of what was asked here.
    lost = group.wait_for_answer(bao.says(group, f"@{api.bot.username} ban hành ngày nào?", thread=other))
    assert lost.thread_id == other
    bao.taps(answer, texts.COPY).answer()
    copy = group.wait(lambda window: next((m for m in window.from_bot if m.id > lost.id), None))
    assert copy.thread_id == one


def test_the_group_chooses_its_directive(
    bot: RunningBot, api: BotApi, group: Window, anna: Person, bao: Person
) -> None:
    refused = group.wait_for_answer(bao.says(group, f"/caidat@{api.bot.username}"))
    assert refused.text == texts.ONLY_ADMINS
    settings = group.wait_for_answer(anna.says(group, f"/caidat@{api.bot.username}"))
    tap(group, anna, settings, texts.SETTING_ADMINS)
    assert texts.setting(texts.SETTING_ADMINS, texts.ADMINS_ONLY) in settings.text
    assert bao.taps(settings, texts.SETTING_ADMINS).answer()["text"] == texts.ONLY_ADMINS
    shown = group.wait_for_answer(bao.says(group, f"/vanban@{api.bot.username}"))
    tap(group, bao, shown, next(label for label in shown.labels if "Hải Dương" in label))
    assert bao.taps(shown, texts.ASK_IN_IT).answer()["text"] == texts.ONLY_ADMINS
    tap(group, anna, shown, texts.ASK_IN_IT)
    answer = group.wait_for_answer(bao.says(group, f"@{api.bot.username} {QUESTION}"))
    assert answer.text.startswith(NOT_STATED)
    private = api.private(bao)
    assert "Võ Công Trí" in private.wait_for_answer(bao.says(private, QUESTION)).text


def test_reminders_are_private(bot: RunningBot, api: BotApi, group: Window, bao: Person) -> None:
    answer = group.wait_for_answer(bao.says(group, f"/nhac@{api.bot.username}"))
    assert answer.text == texts.PRIVATE_ONLY
    assert answer.buttons[0].value == f"https://t.me/{api.bot.username}?start=nhac"


def test_a_group_that_becomes_a_supergroup_keeps_its_choice(bot: RunningBot, api: BotApi, anna: Person) -> None:
    group = api.group("Nhóm", admins=[anna], kind="group")
    shown = group.wait_for_answer(anna.says(group, f"/vanban@{api.bot.username}"))
    tap(group, anna, shown, next(label for label in shown.labels if "Hải Dương" in label))
    tap(group, anna, shown, texts.ASK_IN_IT)
    new = group.migrates()
    answer = new.wait_for_answer(anna.says(new, f"@{api.bot.username} {QUESTION}"))
    assert answer.text.startswith(NOT_STATED)


def test_inline_mode_offers_the_answer_and_its_quotations(
    bot: RunningBot, api: BotApi, anna: Person, bao: Person
) -> None:
    offered = anna.types_inline(QUESTION)
    assert "Võ Công Trí" in offered.results[0].title
    assert len(offered.results) == 2
    assert offered.cache_time > 0
    window = api.between(anna, bao)
    sent = anna.chooses(offered.results[0], window)
    assert "Võ Công Trí" in sent.text
    assert quotes(sent)
    assert "Quyết định số 2108-QĐ/TU" in anna.chooses(offered.results[1], window).text
    assert anna.types_inline("a").results == []
    assert anna.types_inline("x" * 256).results
    # What is offered while somebody types is no conversation.
    assert bot.service.records.list_conversations(f"telegram:{anna.id}") == []


def test_an_inline_answer_sent_to_the_bot_itself_is_no_question(
    bot: RunningBot, api: BotApi, anna: Person, chat: Window
) -> None:
    offered = anna.types_inline(QUESTION)
    anna.chooses(offered.results[0], chat)
    api.idle()
    assert chat.from_bot == []
