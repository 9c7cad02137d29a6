"""Chats and who is in them."""

from __future__ import annotations

from typing import Any

from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.methods.registry import method
from tests.telegram.botapi.model import Chat, User
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.world import World

RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
]


def member_json(user: User, status: str) -> dict[str, Any]:
    """A ChatMember."""
    member: dict[str, Any] = {"user": user.as_json(), "status": status}
    match status:
        case "creator":
            member["is_anonymous"] = False
        case "administrator":
            member |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(RIGHTS, True)
        case "kicked":
            member["until_date"] = 0
    return member


def _bot(world: World, chat: Chat) -> dict[str, Any]:
    return member_json(world.bot, chat.bot_status)


@method("getMe")
def get_me(world: World, _: Parameters) -> dict[str, Any]:
    return world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getChat")
def get_chat(world: World, given: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


@method("getChatMember")
def get_chat_member(world: World, given: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    user = world.users.get(given.number("user_id"))
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if user is world.bot:
        return _bot(world, chat)
    if chat.is_private:
        return member_json(user, "member")
    return member_json(*chat.members.get(user.id, (user, "left")))


@method("getChatAdministrators")
def get_chat_administrators(world: World, given: Parameters) -> list[dict[str, Any]]:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    found = [
        member_json(user, status) for user, status in chat.members.values() if status != "member" and not user.is_bot
    ]
    return found + ([_bot(world, chat)] if chat.bot_status == "administrator" else [])


@method("getChatMemberCount")
def get_chat_member_count(world: World, given: Parameters) -> int:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    return 2 if chat.is_private else len(chat.members) + 1


@method("leaveChat")
def leave_chat(world: World, given: Parameters) -> bool:
    chat = world.chat_for_bot(given.values.get("chat_id"))
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True
