"""What the bot says of itself: commands, descriptions, menu button."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.methods.registry import method
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.world import World

SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
LONGEST = {"name": 64, "description": 512, "short_description": 120}


def scope_key(scope: Any) -> str:
    """A command scope in one form, so that equal scopes meet."""
    scope = scope or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return json.dumps(scope, sort_keys=True)


def _language(given: Parameters) -> str:
    code = given.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


@method("setMyCommands")
def set_my_commands(world: World, given: Parameters) -> bool:
    commands = given.structure("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if isinstance(commands, list) else "can't parse commands")
    for command in commands:
        if not re.fullmatch("/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[scope_key(given.structure("scope")), _language(given)] = commands
    return True


@method("getMyCommands")
def get_my_commands(world: World, given: Parameters) -> list[dict[str, str]]:
    return world.commands.get((scope_key(given.structure("scope")), _language(given)), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, given: Parameters) -> bool:
    world.commands.pop((scope_key(given.structure("scope")), _language(given)), None)
    return True


def _set(world: World, given: Parameters, name: str) -> bool:
    if len(given.text(name)) > LONGEST[name]:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    world.profile[f"{name} {_language(given)}".strip()] = given.text(name)
    return True


def _get(world: World, given: Parameters, name: str) -> dict[str, str]:
    return {name: world.profile.get(f"{name} {_language(given)}".strip(), world.profile.get(name, ""))}


@method("setMyName")
def set_my_name(world: World, given: Parameters) -> bool:
    return _set(world, given, "name")


@method("getMyName")
def get_my_name(world: World, given: Parameters) -> dict[str, str]:
    return {"name": _get(world, given, "name")["name"] or world.bot.first_name}


@method("setMyDescription")
def set_my_description(world: World, given: Parameters) -> bool:
    return _set(world, given, "description")


@method("getMyDescription")
def get_my_description(world: World, given: Parameters) -> dict[str, str]:
    return _get(world, given, "description")


@method("setMyShortDescription")
def set_my_short_description(world: World, given: Parameters) -> bool:
    return _set(world, given, "short_description")


@method("getMyShortDescription")
def get_my_short_description(world: World, given: Parameters) -> dict[str, str]:
    return _get(world, given, "short_description")


@method("setChatMenuButton")
def set_chat_menu_button(world: World, given: Parameters) -> bool:
    world.profile[f"menu_button {given.text('chat_id')}".strip()] = given.structure("menu_button") or {
        "type": "default"
    }
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, given: Parameters) -> dict[str, Any]:
    default = world.profile.get("menu_button", {"type": "default"})
    button: dict[str, Any] = world.profile.get(f"menu_button {given.text('chat_id')}".strip(), default)
    return button


@method("setMyDefaultAdministratorRights")
def set_my_default_administrator_rights(world: World, given: Parameters) -> bool:
    world.profile["administrator_rights"] = given.structure("rights")
    return True


@method("logOut")
def log_out(_: World, __: Parameters) -> bool:
    return True


@method("close")
def close(_: World, __: Parameters) -> bool:
    return True
