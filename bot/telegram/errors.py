"""What keeps the bot from running; each message is a complete Vietnamese sentence without the token."""

from __future__ import annotations

from index.errors import DanvanError


class TelegramError(DanvanError):
    """The bot cannot run."""


class TokenError(TelegramError):
    """The token is missing, is none, or is refused by Telegram."""


class WebhookError(TelegramError):
    """The settings of the webhook do not fit the way in which the bot is started."""
