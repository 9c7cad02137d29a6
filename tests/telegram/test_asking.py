"""Questions and answers over HTTP: what people type, and what they see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.messages import NOT_STATED
from bot.telegram import texts
from index.directive import Directive
from tests.telegram.botapi import BotApi, Message, Person, Window, refusal
from tests.telegram.conftest import RunningBot

QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"
LIST = "tóm tắt chỉ thị Hà Tĩnh"


def quotes(message: Message) -> list[str]:
    """The texts of a message's expandable quotes; all of it is within the Basic Multilingual Plane here."""
    return [
        message.text[entity.offset : entity.offset + entity.length]
        for entity in message.entities
        if entity.type == "expandable_blockquote"
    ]


def asked(chat: Window, person: Person, question: str) -> Message:
    return chat.wait_for_answer(person.says(chat, question))


def test_a_question_is_answered_with_the_verbatim_clause(
    bot: RunningBot, anna: Person, chat: Window, directives: dict[str, Directive]
) -> None:
    question = anna.says(chat, QUESTION)
    answer = chat.wait_for_answer(question)
    assert answer.reply_to is question
    assert "ở cấp xã do đồng chí chủ tịch UBND làm trưởng ban chỉ đạo" in answer.text
    assert [quote in directives["nghe-an-04-da-tu-2021"].text for quote in quotes(answer)] == [True]
    assert "[1] Đề án số 04-ĐA/TU, ngày 01/10/2021" in answer.text
    assert f"{texts.NOTE}: Dẫn theo bài giới thiệu" in answer.text
    assert answer.entities[0].type == "bold"
    assert "typing" in chat.actions


def test_a_conversation_goes_on(bot: RunningBot, anna: Person, chat: Window) -> None:
    asked(chat, anna, "ai ký qđ 2108")
    answer = asked(chat, anna, "ban hành ngày nào?")
    assert "05/9/2016" in answer.text


def test_what_the_texts_do_not_state_is_said_so(bot: RunningBot, anna: Person, chat: Window) -> None:
    assert asked(chat, anna, "giá vàng hôm nay").text.startswith(NOT_STATED)


def test_notes_from_outside_stand_apart(bot: RunningBot, anna: Person, chat: Window) -> None:
    answer = asked(chat, anna, "ban dân vận giờ là ban nào")
    head, _, notes = answer.text.partition(f"\n\n{texts.OUTSIDE}\n")
    assert "Ban Tuyên giáo và Dân vận Trung ương" in notes
    assert "Tuyên giáo và Dân vận" not in head


def test_an_edited_question_edits_its_answer(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    question = anna.says(chat, "ai ký qđ 2108")
    answer = chat.wait_for_answer(question)
    before = answer.text
    anna.edits(question, "4 an là gì")
    chat.wait_for_edit(answer)
    assert before != answer.text
    assert "An ninh trật tự" in answer.text
    assert len(chat.from_bot) == 1
    anna.taps(answer, texts.COPY).answer()
    assert chat.wait(2)[-1].text.startswith("“")
    assert "An ninh trật tự" in chat.from_bot[1].text
    calls = len(api.calls("editMessageText"))
    anna.edits(question, "4 an là gì")
    api.idle()
    assert len(api.calls("editMessageText")) == calls


def test_an_edit_that_needs_fewer_or_more_messages(bot: RunningBot, anna: Person, chat: Window, api: BotApi) -> None:
    question = anna.says(chat, "UBND xã phải làm những gì theo ĐA 04")
    first = chat.wait_for_answer(question)
    api.idle()
    shown = [message.id for message in chat.from_bot]
    assert shown
    anna.edits(question, "ai ký qđ 2108")
    chat.wait(lambda window: "Võ Công Trí" in window.from_bot[0].text)
    api.idle()
    assert [message.id for message in chat.from_bot] == [first.id]
    anna.edits(question, "UBND xã phải làm những gì theo ĐA 04?")
    chat.wait(lambda window: "dân vận chính quyền" in window.from_bot[0].text)
    api.idle()
    assert len(chat.from_bot) == len(shown)


def test_quotations_are_leafed_through_in_place(bot: RunningBot, anna: Person, chat: Window) -> None:
    answer = asked(chat, anna, "4 an là gì")
    first = quotes(answer)
    assert "An ninh trật tự" in first[0], "the note that explains comes before the two words"
    anna.taps(answer, "1").answer()
    chat.wait_for_edit(answer)
    assert quotes(answer) == ["4 an"]
    assert len(chat.from_bot) == 1
    assert "• 1 •" in answer.labels
    anna.taps(answer, texts.WRONG).answer()
    chat.wait(lambda _: texts.BACK in answer.labels)
    anna.taps(answer, texts.BACK).answer()
    chat.wait(lambda _: "• 1 •" in answer.labels)


def test_many_quotations_have_a_pager(bot: RunningBot, anna: Person, chat: Window) -> None:
    answer = asked(chat, anna, LIST)
    last = chat.from_bot[-1]
    anna.taps(last, texts.NEXT).answer()
    chat.wait_for_edit(last)
    assert "2/9" in last.labels
    anna.taps(last, "2/9").answer()
    assert answer.text


def test_a_copied_quotation_is_just_that(
    bot: RunningBot, anna: Person, chat: Window, directives: dict[str, Directive]
) -> None:
    answer = asked(chat, anna, QUESTION)
    anna.taps(answer, texts.COPY).answer()
    copy = chat.wait(2)[-1]
    quote, line = copy.text.split("\n")
    assert quote.strip("“”") in directives["nghe-an-04-da-tu-2021"].text
    assert line.startswith("Đề án số 04-ĐA/TU, ngày 01/10/2021 của Ban Thường vụ Tỉnh ủy Nghệ An")
    assert not [entity for entity in copy.entities if entity.type in ("bold", "italic", "expandable_blockquote")]


def test_the_page_is_a_button_where_it_has_an_address(bot: RunningBot, anna: Person, chat: Window) -> None:
    answer = asked(chat, anna, QUESTION)
    page = next(button for button in answer.buttons if button.text == texts.PAGE)
    assert page.value.startswith("https://danvan.example/documents/nghe-an-04-da-tu-2021#")


def test_feedback_is_kept_and_shown(bot: RunningBot, api: BotApi, anna: Person, chat: Window) -> None:
    answer = asked(chat, anna, QUESTION)
    assert anna.taps(answer, texts.WRONG).answer()["text"] == texts.WHY_WRONG
    chat.wait(lambda _: texts.REASONS[1] in answer.labels)
    assert anna.taps(answer, texts.REASONS[1]).answer()["text"] == texts.NOTED
    kept = bot.service.records.list_feedback()[0]
    assert (kept.verdict, kept.reason, kept.question) == ("wrong", texts.REASONS[1], QUESTION)
    chat.wait(lambda _: texts.RIGHT not in answer.labels)
    right = asked(chat, anna, "ai ký qđ 2108")
    anna.taps(right, texts.RIGHT).answer()
    assert bot.service.records.list_feedback()[0].verdict == "right"


def test_only_who_asked_gives_feedback(bot: RunningBot, api: BotApi, anna: Person) -> None:
    bao = api.user("Bảo")
    group = api.group("Nhóm", members=[anna, bao])
    answer = group.wait_for_answer(anna.says(group, f"/hoi@{api.bot.username} ai ký qđ 2108"))
    assert bao.taps(answer, texts.RIGHT).answer()["text"] == texts.NOT_YOURS
    assert bot.service.records.list_feedback() == []


def test_choices_of_an_ambiguous_question_are_buttons(bot: RunningBot, anna: Person, chat: Window) -> None:
    answer = asked(chat, anna, "văn bản này có mấy phần")
    label = next(label for label in answer.labels if label not in (texts.COPY, texts.PAGE, texts.RIGHT, texts.WRONG))
    anna.taps(answer, label).answer()
    said = chat.wait(2)[-1]
    assert said.text.startswith("Câu hỏi: ")


def test_buttons_work_after_a_restart_and_expire_politely(
    start: Callable[..., Any], api: BotApi, anna: Person, chat: Window
) -> None:
    with start():
        answer = asked(chat, anna, "4 an là gì")
    with start() as bot:
        anna.taps(answer, "1").answer()
        chat.wait_for_edit(answer)
        bot.service.records.delete_person(f"telegram:{anna.id}")
        assert anna.taps(answer, "2").answer()["text"] == texts.MOVED_ON


def test_optional_methods_that_fail_stop_no_answer(
    start: Callable[..., Any], api: BotApi, anna: Person, chat: Window
) -> None:
    for method in (
        "sendChatAction",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "answerCallbackQuery",
    ):
        api.fail(method, refusal(400, "Bad Request: method is not known"), times=None)
    with start():
        answer = asked(chat, anna, QUESTION)
        anna.taps(answer, texts.COPY)
        assert chat.wait(2)


def test_a_message_that_telegram_cannot_parse_is_sent_as_plain_text(
    bot: RunningBot, api: BotApi, anna: Person, chat: Window
) -> None:
    api.fail("sendMessage", refusal(400, "Bad Request: can't parse entities: whatever"))
    answer = asked(chat, anna, QUESTION)
    assert "chủ tịch UBND" in answer.text
    assert not [entity for entity in answer.entities if entity.type == "bold"]


def test_a_sticker_is_answered_in_words(bot: RunningBot, anna: Person, chat: Window) -> None:
    assert chat.wait_for_answer(anna.sends_sticker(chat)).text == texts.TEXT_ONLY


def test_questions_are_answered_in_order_in_a_chat_and_side_by_side_in_others(
    bot: RunningBot, api: BotApi, anna: Person, chat: Window
) -> None:
    others = [api.user(f"Người {number}") for number in range(5)]
    questions = [anna.says(chat, QUESTION) for _ in range(4)]
    theirs = [(api.private(one), one.says(api.private(one), QUESTION)) for one in others]
    for window, question in theirs:
        window.wait_for_answer(question)
    chat.wait(4)
    assert [message.reply_to for message in chat.from_bot] == questions


def test_what_people_type_is_text(bot: RunningBot, anna: Person, chat: Window) -> None:
    for text in ("<b>ai</b> ký & gì </blockquote> [1]", "_*[]()~`>#+-=|{}.!", "😀" * 300, "x" * 4096):
        assert asked(chat, anna, text).text
