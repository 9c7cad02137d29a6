"""What each method takes, answers and refuses, over plain HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.telegram.botapi import BotApi, Person, Window
from tests.telegram.botapi.conftest import Ask

Refused = Callable[..., str]


def buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


ONE = buttons([{"text": "Nguồn", "callback_data": "n:1"}])


def test_tokens_and_methods_that_are_none(api: BotApi, client: httpx.Client) -> None:
    wrong = client.post(f"{api.base_url}123:abc/getMe")
    malformed = client.post(f"{api.base_url}abc/getMe")
    unknown = client.post(f"{api.base_url}{api.token}/tellFortune")
    assert (wrong.status_code, wrong.json()) == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    for answer in (malformed, unknown):
        assert (answer.status_code, answer.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )
    assert client.get(f"{api.file_url}123:abc/documents/x").status_code == 401


def test_every_form_of_body_is_read(api: BotApi, chat: Window, client: httpx.Client) -> None:
    url = f"{api.base_url}{api.token}/sendmessage"
    values = {"chat_id": str(chat.id), "text": "Đồng chí", "reply_markup": json.dumps(ONE)}
    client.post(url, json={"chat_id": chat.id, "text": "Đồng chí", "reply_markup": ONE})
    client.post(url, data=values)
    client.post(url, data=values, files={"none": ("x.txt", b"x")})
    client.get(url, params=values)
    assert [(message.text, message.labels) for message in chat.from_bot] == [("Đồng chí", ["Nguồn"])] * 4
    assert client.post(url, content="{", headers={"Content-Type": "application/json"}).status_code == 400


def test_a_sent_message_in_full(ask: Ask, api: BotApi, anna: Person, chat: Window) -> None:
    question = anna.says(chat, "Ai ký?")
    sent = ask(
        "sendMessage",
        chat_id=chat.id,
        text="<b>Đ/c 😀 A</b> ký",
        parse_mode="HTML",
        reply_parameters={"message_id": question.id},
        reply_markup=ONE,
    )["result"]
    assert sent.pop("reply_to_message")["text"] == "Ai ký?"
    assert sent == {
        "message_id": question.id + 1,
        "date": sent["date"],
        "chat": {"id": anna.id, "type": "private", "first_name": "Anna", "username": "anna_pham"},
        "from": {"id": api.bot.id, "is_bot": True, "first_name": "Dân vận", "username": "danvan_bot"},
        "text": "Đ/c 😀 A ký",
        "entities": [{"type": "bold", "offset": 0, "length": 8}],
        "reply_markup": ONE,
    }
    answer = chat.last
    assert (answer.from_bot, answer.reply_to, answer.edited) == (True, question, False)
    assert answer.html == "<b>Đ/c 😀 A</b> ký"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "   "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "INVALID"}, "unsupported parse_mode"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": 0}, "chat not found"),
        ({"chat_id": "@this_channel_does_not_exist"}, "chat not found"),
        ({"chat_id": "not_a_chat"}, "chat not found"),
        ({"message_thread_id": 999}, "message thread not found"),
        ({"reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
        (
            {"entities": [{"type": "bold", "offset": 100, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 100",
        ),
        ({"link_preview_options": {"url": "not-a-url"}}, "WEBPAGE_URL_INVALID"),
        ({"reply_markup": {"inline_keyboard": "bad"}}, 'field "inline_keyboard" must be of type Array'),
        ({"reply_markup": {"keyboard": "bad"}}, 'field "keyboard" must be of type Array'),
        (
            {"reply_markup": {"keyboard": [["A"]], "resize_keyboard": "yes"}},
            'field "resize_keyboard" must be of type Boolean',
        ),
        ({"reply_markup": {"remove_keyboard": "yes"}}, 'field "remove_keyboard" must be of type Boolean'),
    ],
)
def test_what_send_message_refuses(refused: Refused, chat: Window, values: dict[str, Any], reason: str) -> None:
    """The sentences are those of the live server, but for the one of the emoji (see `texts`)."""
    assert refused("sendMessage", **({"chat_id": chat.id, "text": "x"} | values)) == f"Bad Request: {reason}"
    assert chat.messages == []


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": " ", "callback_data": "x"}, "can't parse inline keyboard button: Text must be non-empty"),
        ({"text": "a"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            {"text": "a", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "a", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "đ" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "url": "not-a-url"}, "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
        (
            {"text": "a", "url": "http://localhost:8000/"},
            "inline keyboard button URL 'http://localhost:8000/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "a", "url": "ftp://vd.vn"},
            "inline keyboard button URL 'ftp://vd.vn' is invalid: Unsupported URL protocol",
        ),
        ({"text": "a", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "pay": True}, "BUTTON_TYPE_INVALID"),
    ],
)
def test_what_buttons_are_refused(refused: Refused, chat: Window, button: dict[str, Any], reason: str) -> None:
    markup = buttons([button])
    assert refused("sendMessage", chat_id=chat.id, text="x", reply_markup=markup) == f"Bad Request: {reason}"


def test_the_longest_that_is_taken(ask: Ask, refused: Refused, chat: Window) -> None:
    assert ask("sendMessage", chat_id=chat.id, text=f"<b>{'x' * 4096}</b>   ", parse_mode="HTML")["ok"]
    row: list[dict[str, Any]] = [
        {"text": "a", "callback_data": "đ" * 32},
        {"text": "b", "copy_text": {"text": "đ" * 256}},
        {"text": "c", "url": "vd.vn"},
    ]
    assert ask("sendMessage", chat_id=chat.id, text="x", reply_markup=buttons(row))["ok"]
    assert [button.url for button in chat.last.buttons] == [None, None, "http://vd.vn/"]
    hundred = [[{"text": "a", "callback_data": "x"}] * 5] * 20
    assert ask("sendMessage", chat_id=chat.id, text="x", reply_markup=buttons(*hundred))["ok"]
    more = buttons(*hundred, [{"text": "a", "callback_data": "x"}])
    assert refused("sendMessage", chat_id=chat.id, text="x", reply_markup=more) == "Bad Request: REPLY_MARKUP_TOO_LONG"


def test_a_missing_message_may_be_replied_to_when_the_call_allows(ask: Ask, anna: Person, chat: Window) -> None:
    question = anna.says(chat, "Hỏi")
    anna.deletes(question)
    reply = {"message_id": question.id, "allow_sending_without_reply": True}
    assert "reply_to_message" not in ask("sendMessage", chat_id=chat.id, text="x", reply_parameters=reply)["result"]


def test_edits(ask: Ask, refused: Refused, anna: Person, chat: Window) -> None:
    question = anna.says(chat, "Hỏi")
    sent = ask("sendMessage", chat_id=chat.id, text="một", reply_markup=ONE)["result"]
    where = {"chat_id": chat.id, "message_id": sent["message_id"]}
    same = refused("editMessageText", **where, text="<b></b>một", parse_mode="HTML", reply_markup=ONE)
    assert same.startswith("Bad Request: message is not modified: ")
    edited = ask("editMessageText", **where, text="hai")["result"]
    assert edited["edit_date"]
    assert "reply_markup" not in edited, "an edit without buttons takes them away"
    assert (chat.last.text, chat.last.edited, chat.last.versions) == ("hai", True, ["một", "hai"])
    assert ask("editMessageReplyMarkup", **where, reply_markup=ONE)["result"]["reply_markup"] == ONE
    assert refused("editMessageReplyMarkup", **where, reply_markup=ONE).startswith(
        "Bad Request: message is not modified"
    )
    missing = where | {"message_id": 999}
    assert refused("editMessageText", **missing, text="x") == "Bad Request: message to edit not found"
    others = where | {"message_id": question.id}
    assert refused("editMessageText", **others, text="x") == "Bad Request: message can't be edited"
    assert refused("editMessageText", **where, text="x" * 4097) == "Bad Request: message is too long"
    ask("deleteMessage", **where)
    assert refused("editMessageText", **where, text="ba") == "Bad Request: message to edit not found"


def test_a_message_with_a_reply_keyboard_cannot_be_edited(
    ask: Ask, refused: Refused, anna: Person, chat: Window
) -> None:
    keyboard = {"keyboard": [["Hỏi", {"text": "Mục lục"}]], "resize_keyboard": True}
    sent = ask("sendMessage", chat_id=chat.id, text="x", reply_markup=keyboard)["result"]
    assert "reply_markup" not in sent, "the Bot API gives back inline keyboards only"
    assert chat.keyboard == [["Hỏi", "Mục lục"]]
    refusal = refused("editMessageText", chat_id=chat.id, message_id=sent["message_id"], text="y")
    assert refusal == "Bad Request: message can't be edited"
    assert anna.presses(chat, "Mục lục").text == "Mục lục"
    ask("sendMessage", chat_id=chat.id, text="x", reply_markup={"remove_keyboard": True})
    with pytest.raises(LookupError):
        anna.presses(chat, "Mục lục")


def test_deletes(ask: Ask, refused: Refused, api: BotApi, anna: Person, chat: Window) -> None:
    question = anna.says(chat, "Hỏi")
    assert ask("deleteMessage", chat_id=chat.id, message_id=question.id)["ok"], "in a private chat, the person's too"
    again = refused("deleteMessage", chat_id=chat.id, message_id=question.id)
    assert again == "Bad Request: message to delete not found"
    group = api.group("Nhóm", members=[anna])
    foreign = refused("deleteMessage", chat_id=group.id, message_id=anna.says(group, "x").id)
    assert foreign == "Bad Request: message can't be deleted"


def test_documents_are_stored_and_fetched(api: BotApi, chat: Window, client: httpx.Client, ask: Ask) -> None:
    content = bytes(range(256)) * 40
    sent = client.post(
        f"{api.base_url}{api.token}/sendDocument",
        data={"chat_id": chat.id, "caption": "<b>Việc</b>", "parse_mode": "HTML"},
        files={"document": ("Việc phải làm.ics", content, "text/calendar")},
    ).json()["result"]
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("Việc", "bold")
    document = chat.last.document
    assert document is not None
    assert (document.name, document.mime, document.content) == ("Việc phải làm.ics", "text/calendar", content)
    path = ask("getFile", file_id=sent["document"]["file_id"])["result"]["file_path"]
    assert client.get(f"{api.file_url}{api.token}/{path}").content == content
    assert client.get(f"{api.file_url}{api.token}/documents/none").status_code == 404
    again = ask("sendDocument", chat_id=chat.id, document=sent["document"]["file_id"])["result"]
    assert again["document"] == sent["document"]


def test_what_send_document_refuses(api: BotApi, chat: Window, client: httpx.Client, refused: Refused) -> None:
    def send(content: bytes, **values: str) -> str:
        url = f"{api.base_url}{api.token}/sendDocument"
        answer = client.post(url, data={"chat_id": chat.id, **values}, files={"document": ("a.txt", content)}).json()
        return str(answer["description"])

    assert send(b"") == "Bad Request: file must be non-empty"
    assert send(b"x", caption="x" * 1025) == "Bad Request: message caption is too long"
    assert send(b"x" * (50 * 2**20 + 1)) == "Request Entity Too Large"
    assert refused("sendDocument", chat_id=chat.id) == "Bad Request: there is no document in the request"
    assert (
        refused("sendDocument", chat_id=chat.id, document="x")
        == "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert refused("getFile", file_id="x") == "Bad Request: invalid file_id"
    assert chat.messages == []


def test_captions_are_edited_apart_from_texts(ask: Ask, refused: Refused, anna: Person, chat: Window) -> None:
    stored = anna.sends_document(chat, "a.txt", b"abc").document
    assert stored
    file = ask("sendDocument", chat_id=chat.id, document=stored.file_id, caption="một")["result"]
    text = ask("sendMessage", chat_id=chat.id, text="x")["result"]
    of_file = {"chat_id": chat.id, "message_id": file["message_id"]}
    of_text = {"chat_id": chat.id, "message_id": text["message_id"]}
    assert ask("editMessageCaption", **of_file, caption="<b>hai</b>", parse_mode="HTML")["result"]["caption"] == "hai"
    assert refused("editMessageText", **of_file, text="x") == "Bad Request: there is no text in the message to edit"
    no_caption = refused("editMessageCaption", **of_text, caption="x")
    assert no_caption == "Bad Request: there is no caption in the message to edit"
    assert refused("editMessageCaption", **of_file, caption="x" * 1025) == "Bad Request: message caption is too long"
    assert ask("deleteMessages", chat_id=chat.id, message_ids=[of_file["message_id"], of_text["message_id"], 999])["ok"]
    assert [message.from_bot for message in chat.messages] == [False]


def test_half_a_character_is_no_text(api: BotApi, chat: Window, client: httpx.Client) -> None:
    body = f'{{"chat_id": {chat.id}, "text": "\\ud83d"}}'
    headers = {"Content-Type": "application/json"}
    answer = client.post(f"{api.base_url}{api.token}/sendMessage", content=body, headers=headers).json()
    assert answer["description"] == "Bad Request: strings must be encoded in UTF-8"


def test_commands_by_scope_and_language(ask: Ask, refused: Refused, api: BotApi) -> None:
    commands = [{"command": "hoi", "description": "Đặt câu hỏi"}]
    ask("setMyCommands", commands=commands, language_code="vi")
    ask("setMyCommands", commands=[], scope={"type": "chat", "chat_id": 5})
    assert ask("getMyCommands", language_code="vi")["result"] == commands
    assert ask("getMyCommands")["result"] == []
    assert api.commands(language_code="vi") == {"hoi": "Đặt câu hỏi"}
    ask("deleteMyCommands", language_code="vi")
    assert api.commands(language_code="vi") == {}
    for command, reason in [
        ({"command": "Hỏi", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "hoi", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ]:
        assert refused("setMyCommands", commands=[command]) == f"Bad Request: {reason}"
    assert refused("setMyCommands", commands=[], language_code="vie") == "Bad Request: invalid language code specified"


def test_profile_and_actions(ask: Ask, refused: Refused, api: BotApi, chat: Window) -> None:
    assert ask("setMyDescription", description="Trợ lý", language_code="vi")["result"] is True
    assert ask("setMyShortDescription", short_description="Ngắn")["result"] is True
    assert ask("setChatMenuButton", menu_button={"type": "commands"})["result"] is True
    assert ask("getMyDescription", language_code="vi")["result"] == {"description": "Trợ lý"}
    assert api.profile["description vi"] == "Trợ lý"
    assert refused("setMyShortDescription", short_description="x" * 121).startswith("Bad Request")
    assert ask("sendChatAction", chat_id=chat.id, action="typing")["result"] is True
    assert chat.actions == ["typing"]
    assert (
        refused("sendChatAction", chat_id=chat.id, action="dancing") == "Bad Request: wrong parameter action in request"
    )


def test_chats_and_their_administrators(ask: Ask, refused: Refused, api: BotApi, anna: Person, chat: Window) -> None:
    binh, other = api.user("Bình"), api.user("Người ngoài")
    group = api.group("Phòng Dân vận", members=[binh], admins=[anna], username="phong_dan_van")
    assert ask("getChat", chat_id="@phong_dan_van")["result"]["title"] == "Phòng Dân vận"
    statuses = [
        ask("getChatMember", chat_id=group.id, user_id=person.id)["result"]["status"] for person in (anna, binh, other)
    ]
    assert statuses == ["creator", "member", "left"]
    admins = ask("getChatAdministrators", chat_id=group.id)["result"]
    assert [admin["user"]["first_name"] for admin in admins] == ["Anna"]
    assert ask("getChatMemberCount", chat_id=group.id)["result"] == 3
    private = refused("getChatAdministrators", chat_id=chat.id)
    assert private == "Bad Request: there are no administrators in the private chat"


def test_blocked_left_and_migrated(ask: Ask, refused: Refused, api: BotApi, anna: Person, chat: Window) -> None:
    anna.blocks(chat)
    assert refused("sendMessage", chat_id=chat.id, text="x") == "Forbidden: bot was blocked by the user"
    anna.unblocks(chat)
    assert ask("sendMessage", chat_id=chat.id, text="x")["ok"]
    group = api.group("Nhóm", admins=[anna], kind="group")
    new = group.migrates()
    answer = ask("sendMessage", chat_id=group.id, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert ask("sendMessage", chat_id=new.id, text="x")["ok"]
    new.sets_bot("kicked", by=anna)
    assert refused("sendMessage", chat_id=new.id, text="x") == "Forbidden: bot was kicked from the supergroup chat"
    new.sets_bot("left", by=anna)
    assert refused("sendMessage", chat_id=new.id, text="x") == "Forbidden: bot is not a member of the supergroup chat"
