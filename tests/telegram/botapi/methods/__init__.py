"""What the Bot API can do, one module a subject."""

from tests.telegram.botapi.methods import callbacks, chats, documents, inline, messages, profile, updating
from tests.telegram.botapi.methods.registry import METHODS

__all__ = ["METHODS", "callbacks", "chats", "documents", "inline", "messages", "profile", "updating"]
