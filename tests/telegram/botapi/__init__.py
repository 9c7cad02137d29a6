"""A faithful stand-in for Telegram's Bot API server, on loopback, for end-to-end tests of a bot over HTTP.

`BotApi` is the server and the world around it; `Person` acts, `Window` shows a chat; faults stand in `faults`.
What it does and where it is stricter than Telegram is told in the modules: `html` (markup), `texts` (trimming,
lengths), `privacy` (groups).
"""

from tests.telegram.botapi.api import BotApi
from tests.telegram.botapi.calls import Call
from tests.telegram.botapi.entities import Entity
from tests.telegram.botapi.errors import ApiError
from tests.telegram.botapi.faults import (
    Fault,
    FloodLimits,
    blocked,
    chat_migrated,
    chat_not_found,
    delay,
    drop_after,
    drop_before,
    flood,
    refusal,
    server_error,
)
from tests.telegram.botapi.keyboards import Button
from tests.telegram.botapi.model import Chat, Document, Message, User
from tests.telegram.botapi.people import InlineAnswer, Person, Tap
from tests.telegram.botapi.transcript import Block, Bubble, Transcript
from tests.telegram.botapi.window import Window

__all__ = [
    "ApiError",
    "Block",
    "BotApi",
    "Bubble",
    "Button",
    "Call",
    "Chat",
    "Document",
    "Entity",
    "Fault",
    "FloodLimits",
    "InlineAnswer",
    "Message",
    "Person",
    "Tap",
    "Transcript",
    "User",
    "Window",
    "blocked",
    "chat_migrated",
    "chat_not_found",
    "delay",
    "drop_after",
    "drop_before",
    "flood",
    "refusal",
    "server_error",
]
