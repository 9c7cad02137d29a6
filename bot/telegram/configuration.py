"""The bot's part of the settings, read once and checked before anything starts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.errors import TokenError, WebhookError

_TOKEN = re.compile(r"(\d{1,19}):[A-Za-z0-9_-]{3,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


@dataclass(frozen=True, slots=True)
class Configuration:
    """Token, the bot's own id, and the way in which updates come."""

    token: str
    bot_id: int
    webhook_url: str | None = None
    webhook_secret: str | None = None

    def __repr__(self) -> str:
        return f"Configuration(bot_id={self.bot_id}, webhook={self.webhook_url is not None})"


def is_configured(settings: Settings) -> bool:
    """Whether the HTTP service is to run the bot: a token and a webhook are set."""
    has_token = settings.telegram_token is not None or settings.telegram_token_file is not None
    return has_token and settings.telegram_webhook_url is not None


def configuration(settings: Settings) -> Configuration:
    """Raises `TokenError` or `WebhookError`."""
    token = _token(settings)
    matched = _TOKEN.fullmatch(token)
    if matched is None:
        raise TokenError(texts.ODD_TOKEN)
    if settings.telegram_webhook_url is None:
        return Configuration(token, int(matched[1]))
    secret = settings.telegram_webhook_secret
    if secret is None or not _SECRET.fullmatch(secret.get_secret_value()):
        raise WebhookError(texts.NO_SECRET)
    return Configuration(token, int(matched[1]), settings.telegram_webhook_url, secret.get_secret_value())


def _token(settings: Settings) -> str:
    if settings.telegram_token is not None:
        return settings.telegram_token.get_secret_value().strip()
    path = settings.telegram_token_file
    if path is None:
        raise TokenError(texts.NO_TOKEN)
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else None
        raise TokenError(texts.token_file_unreadable(str(path), problem or "không phải văn bản UTF-8")) from None
