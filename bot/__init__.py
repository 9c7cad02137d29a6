"""The assistant as people meet it: command line, HTTP, page, Telegram."""

from bot.answering.assistant import Assistant

__all__ = ["Assistant"]
