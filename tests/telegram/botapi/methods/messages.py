"""Messages: send, edit, delete, show an action."""

from __future__ import annotations

import time
from typing import Any

from tests.telegram.botapi.entities import Entity
from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.keyboards import Markup, checked, is_inline
from tests.telegram.botapi.links import checked_link
from tests.telegram.botapi.methods.registry import method
from tests.telegram.botapi.model import Chat, Message
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.texts import LONGEST_CAPTION, LONGEST_TEXT, formatted, limited
from tests.telegram.botapi.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def text_of(given: Parameters) -> tuple[str, list[Entity]]:
    """The text of a message to send, and its entities."""
    if not given.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(given.text("text"), given.text("parse_mode"), given.entities("entities"))
    preview = given.structure("link_preview_options") or {}
    if preview.get("url") and not checked_link(preview["url"]):
        raise bad_request("WEBPAGE_URL_INVALID")
    return limited(text, LONGEST_TEXT), entities


def caption_of(given: Parameters) -> tuple[str, list[Entity]]:
    if not given.text("caption").strip():
        return "", []
    text, entities = formatted(given.text("caption"), given.text("parse_mode"), given.entities("caption_entities"))
    return limited(text, LONGEST_CAPTION, "message caption is too long"), entities


def post(world: World, given: Parameters, **content: Any) -> Message:
    """Puts a message of the bot's into the chat that the call names, as a reply or into a topic if it says so."""
    markup = checked(given.structure("reply_markup"))
    chat = world.chat_for_bot(given.values.get("chat_id"))
    reply_to = _replied(world, chat, given)
    thread = given.number("message_thread_id") or (reply_to.thread_id if reply_to else None)
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    message = chat.add(world.bot, markup=markup, reply_to=reply_to, thread_id=thread or None, **content)
    _show_keyboard(chat, markup)
    return message


def _replied(world: World, chat: Chat, given: Parameters) -> Message | None:
    wanted = given.structure("reply_parameters")
    if wanted is None:
        wanted = (
            {"message_id": given.number("reply_to_message_id")} if given.values.get("reply_to_message_id") else None
        )
        wanted = wanted and {**wanted, "allow_sending_without_reply": given.flag("allow_sending_without_reply")}
    if wanted is None:
        return None
    if "message_id" not in wanted:
        raise bad_request('can\'t find field "message_id"')
    replied = chat.get(int(wanted["message_id"]))
    if replied is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return replied


def _show_keyboard(chat: Chat, markup: Markup | None) -> None:
    if markup and "keyboard" in markup:
        chat.keyboard = [[key["text"] for key in row] for row in markup["keyboard"]]
    elif markup and markup.get("remove_keyboard"):
        chat.keyboard = []


@method("sendMessage")
def send_message(world: World, given: Parameters) -> dict[str, Any]:
    text, entities = text_of(given)
    return post(world, given, text=text, entities=entities).as_json()


@method("sendChatAction")
def send_chat_action(world: World, given: Parameters) -> bool:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    if given.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread = given.number("message_thread_id")
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    chat.actions.append(given.text("action"))
    return True


def _edited(world: World, given: Parameters) -> Message:
    """The message that an edit names, when the bot can edit it."""
    if inline_id := given.text("inline_message_id"):
        message = world.inline_messages.get(inline_id)
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return message
    chat = world.chat_for_bot(given.values.get("chat_id"))
    if not given.number("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.get(given.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.service or (message.markup and not is_inline(message.markup)):
        raise bad_request("message can't be edited")
    return message


def _change(message: Message, text: str, entities: list[Entity], markup: Markup | None) -> dict[str, Any] | bool:
    if markup and not is_inline(markup):
        raise bad_request("inline keyboard expected")
    if (message.text, message.entities, message.markup) == (text, entities, markup):
        raise bad_request(SAME)
    if (message.text, message.entities) != (text, entities):
        # A change of the buttons alone leaves no mark "edited".
        message.edit_date = int(time.time())
        message.versions.append(text)
    message.text, message.entities, message.markup = text, entities, markup
    return message.as_json() if message.inline_id is None else True


@method("editMessageText")
def edit_message_text(world: World, given: Parameters) -> dict[str, Any] | bool:
    text, entities = text_of(given)
    markup = checked(given.structure("reply_markup"))
    message = _edited(world, given)
    if message.document is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(message, text, entities, markup)


@method("editMessageCaption")
def edit_message_caption(world: World, given: Parameters) -> dict[str, Any] | bool:
    text, entities = caption_of(given)
    markup = checked(given.structure("reply_markup"))
    message = _edited(world, given)
    if message.document is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(message, text, entities, markup)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, given: Parameters) -> dict[str, Any] | bool:
    markup = checked(given.structure("reply_markup"))
    message = _edited(world, given)
    return _change(message, message.text, message.entities, markup)


@method("deleteMessage")
def delete_message(world: World, given: Parameters) -> bool:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    message = chat.get(given.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not (message.from_bot or chat.is_private or chat.bot_status == "administrator"):
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


@method("deleteMessages")
def delete_messages(world: World, given: Parameters) -> bool:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    for message_id in given.structure("message_ids") or []:
        message = chat.get(int(message_id))
        if message and (message.from_bot or chat.is_private or chat.bot_status == "administrator"):
            message.deleted = True
    return True
