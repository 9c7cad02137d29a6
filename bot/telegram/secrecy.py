"""The token stands in every URL of the Bot API: it is kept out of all logs, tracebacks included."""

from __future__ import annotations

import logging

# What these tell of a network that is away, with a traceback for each request, the bot tells once in a sentence.
_TALKATIVE = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.WARNING}
_TALKATIVE |= {"telegram.request": logging.CRITICAL, "telegram.ext.AIORateLimiter": logging.CRITICAL}


class _Redacting(logging.Formatter):
    """Another formatter's text without the secrets."""

    def __init__(self, inner: logging.Formatter | None, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._inner, self._secrets = inner or logging.Formatter(), secrets

    def add(self, secrets: tuple[str, ...]) -> None:
        """Keep these out as well."""
        self._secrets = tuple(dict.fromkeys((*self._secrets, *secrets)))

    def format(self, record: logging.LogRecord) -> str:
        """Redacted at the very end, so that arguments and tracebacks are covered."""
        text = self._inner.format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def keep_secret(*secrets: str) -> None:
    """Keep secrets out of everything that is logged from now on."""
    for name, level in _TALKATIVE.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, level))
    if not logging.getLogger().handlers:
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    loggers = [logging.getLogger(), *(one for one in logging.root.manager.loggerDict.values())]
    for found in loggers:
        for handler in getattr(found, "handlers", ()):
            formatter = handler.formatter
            if isinstance(formatter, _Redacting):  # of a bot that ran here before: one formatter keeps all secrets
                formatter.add(secrets)
            else:
                handler.setFormatter(_Redacting(formatter, secrets))
