"""What people do, what the bot learns of it, and what they see."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest

from tests.telegram.botapi import Block, BotApi, InlineAnswer, Message, Person, Window
from tests.telegram.botapi.conftest import Ask

Seen = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def seen(ask: Ask) -> Seen:
    """What the bot has got since it was asked last: the one field of each update, with its kind."""

    def fetch() -> list[dict[str, Any]]:
        updates = ask("getUpdates")["result"]
        if updates:
            ask("getUpdates", offset=updates[-1]["update_id"] + 1)
        return [{"kind": list(update)[1]} | update[list(update)[1]] for update in updates]

    return fetch


def test_a_message_of_a_person(anna: Person, chat: Window, seen: Seen) -> None:
    first = anna.says(chat, " /hoi@danvan_bot Ai ký? ")
    anna.says(chat, "Còn gì nữa?", reply_to=first, ago=3600)
    one, two = seen()
    assert (one["text"], one["from"]["language_code"]) == ("/hoi@danvan_bot Ai ký?", "vi")
    assert one["entities"] == [{"type": "bot_command", "offset": 0, "length": 15}]
    assert two["reply_to_message"]["message_id"] == first.id
    assert one["date"] - two["date"] in (3599, 3600)


def test_edits_and_other_kinds_of_messages(anna: Person, chat: Window, seen: Seen) -> None:
    message = anna.says(chat, "một")
    anna.edits(message, "hai")
    anna.sends_sticker(chat)
    anna.sends_document(chat, "a.txt", b"abc", caption="Tệp")
    _, edited, sticker, document = seen()
    assert (edited["kind"], edited["text"], edited["message_id"]) == ("edited_message", "hai", message.id)
    assert edited["edit_date"]
    assert "text" not in sticker
    assert sticker["sticker"]["emoji"]
    assert (document["caption"], document["document"]["file_size"]) == ("Tệp", 3)


def test_group_privacy(api: BotApi, anna: Person, ask: Ask, seen: Seen) -> None:
    binh = api.user("Bình")
    group = api.group("Phòng", members=[anna, binh])
    ours = ask("sendMessage", chat_id=group.id, text="Chào")["result"]["message_id"]
    for text, reply in [
        ("Chuyện riêng", None),
        ("/hoi việc", None),
        ("/hoi@danvan_bot việc", None),
        ("/hoi@khac_bot việc", None),
        ("Hỏi @danvan_bot việc", None),
        ("Hỏi @danvan_bots việc", None),
        ("Trả lời", group.chat.everything[ours]),
    ]:
        anna.says(group, text, reply_to=reply)
    heard = ["/hoi việc", "/hoi@danvan_bot việc", "Hỏi @danvan_bot việc", "Trả lời"]
    assert [message["text"] for message in seen()] == heard
    api.privacy = False
    anna.says(group, "Chuyện riêng")
    assert len(seen()) == 1
    api.privacy = True
    group.sets_bot("administrator", by=anna)
    anna.says(group, "Chuyện riêng")
    change, message = seen()
    assert change["new_chat_member"]["status"] == "administrator"
    assert message["text"] == "Chuyện riêng"
    with pytest.raises(ValueError, match="not in"):
        api.user("Người ngoài").says(group, "x")


def test_topics(api: BotApi, anna: Person, ask: Ask, seen: Seen) -> None:
    group = api.group("Phòng", admins=[anna], forum=True, bot="administrator")
    thread = group.topic("Đề án 04")
    question = anna.says(group, "Ai ký?", thread=thread)
    opened, asked = seen()
    assert opened["forum_topic_created"]["name"] == "Đề án 04"
    assert (asked["message_thread_id"], asked["is_topic_message"], asked["chat"]["is_forum"]) == (thread, True, True)
    assert asked["reply_to_message"]["message_id"] == thread, "as the Bot API does: the topic's opening"
    sent = ask("sendMessage", chat_id=group.id, text="x", reply_parameters={"message_id": question.id})["result"]
    assert sent["message_thread_id"] == thread
    assert group.answers_to(question) == [group.last]


def test_taps(api: BotApi, anna: Person, chat: Window, ask: Ask, seen: Seen) -> None:
    row = [
        {"text": "Nguồn", "callback_data": "n:1"},
        {"text": "Trang", "url": "https://vd.vn/"},
        {"text": "Chép", "copy_text": {"text": "trích dẫn"}},
    ]
    ask("sendMessage", chat_id=chat.id, text="x", reply_markup={"inline_keyboard": [row]})
    tap = anna.taps(chat.last, "Nguồn")
    (query,) = seen()
    assert (query["kind"], query["data"], query["message"]["message_id"]) == ("callback_query", "n:1", chat.last.id)
    assert not tap.answered
    assert ask("answerCallbackQuery", callback_query_id=query["id"], text="Đã chép", show_alert=True)["result"] is True
    assert (tap.answer()["text"], tap.answer()["show_alert"]) == ("Đã chép", True)
    again = ask("answerCallbackQuery", callback_query_id=query["id"])
    assert again["description"].startswith("Bad Request: query is too old and response timeout expired")
    late = anna.taps(chat.last, lambda button: button.data == "n:1")
    late.expires()
    assert not ask("answerCallbackQuery", callback_query_id=late.query.id)["ok"]
    assert not ask("answerCallbackQuery", callback_query_id="none")["ok"]
    long = anna.taps(chat.last, "Nguồn")
    assert ask("answerCallbackQuery", callback_query_id=long.query.id, text="x" * 201)["error_code"] == 400
    assert anna.copies(chat.last, "Chép") == "trích dẫn"
    for absent in ("Không có", "Trang", "Chép"):
        with pytest.raises(LookupError):
            anna.taps(chat.last, absent)


def article(number: int | str, text: str = "<b>Đáp</b>", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": str(number), "title": "Đáp", "input_message_content": content} | more


def inline_query(api: BotApi, anna: Person, ask: Ask, results: list[dict[str, Any]], **more: Any) -> InlineAnswer | str:
    """Types a query, answers it as a bot would; what the person is offered, or why the answer was refused."""
    asked = anna.starts_typing("ai ký")
    answer = ask("answerInlineQuery", inline_query_id=asked.id, results=results, **more)
    return InlineAnswer(asked) if answer["ok"] else str(answer["description"])


def test_inline_mode(api: BotApi, anna: Person, ask: Ask, seen: Seen) -> None:
    markup = {"inline_keyboard": [[{"text": "Nguồn", "callback_data": "n"}]]}
    friends = api.between(anna, api.user("Bình"))
    found: list[InlineAnswer] = []
    typing = Thread(target=lambda: found.append(anna.types_inline("ai ký")))
    typing.start()
    api.wait(lambda: api.updates_pending)
    (query,) = seen()
    assert (query["kind"], query["query"]) == ("inline_query", "ai ký")
    ask("answerInlineQuery", inline_query_id=query["id"], results=[article(1, reply_markup=markup)], cache_time=5)
    typing.join()
    (offered,) = found
    assert (offered.results[0].title, offered.results[0].text, offered.cache_time) == ("Đáp", "Đáp", 5)
    sent = anna.chooses(offered.results[0], friends)
    (chosen,) = seen()
    assert (chosen["kind"], chosen["result_id"], chosen["inline_message_id"]) == (
        "chosen_inline_result",
        "1",
        sent.inline_id,
    )
    assert (sent.from_bot, sent.via_bot, sent.html) == (False, api.bot, "<b>Đáp</b>")
    anna.taps(sent, "Nguồn")
    (tapped,) = seen()
    assert tapped["inline_message_id"] == sent.inline_id
    assert "message" not in tapped
    assert ask("editMessageText", inline_message_id=sent.inline_id, text="Mới")["result"] is True
    assert sent.text == "Mới"
    assert ask("sendMessage", chat_id=friends.id, text="x")["description"] == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("results", "more", "reason"),
    [
        ([article(number) for number in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([article(1), article(1)], {}, "RESULT_ID_DUPLICATE"),
        ([article("")], {}, "RESULT_ID_INVALID"),
        ([article("đ" * 33)], {}, "RESULT_ID_INVALID"),
        ([article(1, "x" * 4097)], {}, "message is too long"),
        ([article(1, "")], {}, "message text is empty"),
        ([article(1, "<b>")], {}, "can't parse entities"),
        ([article(1, title="")], {}, "ARTICLE_TITLE_EMPTY"),
        ([], {"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ([], {"button": {"text": "Mở", "start_parameter": "hỏi"}}, "START_PARAM_INVALID"),
    ],
)
def test_what_inline_answers_are_refused(
    api: BotApi, anna: Person, ask: Ask, results: list[dict[str, Any]], more: dict[str, Any], reason: str
) -> None:
    refusal = inline_query(api, anna, ask, results, **more)
    assert isinstance(refusal, str)
    assert reason in refusal


def test_waiting_says_what_was_there_instead(ask: Ask, anna: Person, chat: Window) -> None:
    question = anna.says(chat, "Hỏi")
    with pytest.raises(TimeoutError, match=r"2 messages of the bot's: not within 0.2 s(.|\n)*Hỏi"):
        chat.wait(2, timeout=0.2)
    sending = Thread(target=lambda: ask("sendMessage", chat_id=chat.id, text="Đáp"))
    sending.start()
    answer = chat.wait_for_answer(question)
    sending.join()
    assert (answer.text, chat.wait(1), chat.wait(lambda window: window.last)) == ("Đáp", [answer], answer)


def test_a_transcript_shows_what_a_client_shows(ask: Ask, anna: Person, chat: Window) -> None:
    question = anna.says(chat, "Ai ký?")
    html = (
        "<b>Đ/c A</b> ký:\n<blockquote expandable>Nguyên <i>văn</i></blockquote>\n<a href='https://vd.vn/'>Điều 1</a>"
    )
    markup = {"inline_keyboard": [[{"text": "Nguồn", "callback_data": "n"}]]}
    ask(
        "sendMessage",
        chat_id=chat.id,
        text=html,
        parse_mode="HTML",
        reply_markup=markup,
        reply_parameters={"message_id": question.id},
    )
    asked, answered = chat.transcript().bubbles
    assert (asked.side, asked.who, answered.side, answered.who) == ("person", "Anna", "bot", "Dân vận")
    assert answered.reply_to == ("Anna", "Ai ký?")
    assert [(block.kind, block.text) for block in answered.blocks] == [
        ("text", "Đ/c A ký:"),
        ("expandable_blockquote", "Nguyên văn"),
        ("text", "Điều 1"),
    ]
    assert [(run.text, set(run.styles)) for run in answered.blocks[0].runs] == [("Đ/c A", {"bold"}), (" ký:", set())]
    assert answered.blocks[2].runs[0].url == "https://vd.vn/"
    assert [[button.text for button in row] for row in answered.buttons] == [["Nguồn"]]
    assert isinstance(answered.blocks[0], Block)
    assert isinstance(chat.last, Message)
