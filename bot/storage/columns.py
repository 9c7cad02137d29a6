"""Kinds of column that read and write the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from bot.answering.answer import Answer

# SQLite numbers rows by itself only where the key is called INTEGER.
RowNumber = BigInteger().with_variant(Integer(), "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """A moment: UTC in the database, aware in Python. Raises `ValueError` for one without a time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite drops the zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives no zone, PostgreSQL the session's."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """What people type. A lone surrogate and NUL, which databases refuse, become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Only characters that UTF-8 and PostgreSQL can hold."""
        return None if value is None else _whole(value).replace("\0", "\ufffd")


class AnswerJson(TypeDecorator[Answer]):
    """An `Answer` as JSON text; a change of `Answer` that drops a field needs a migration of stored ones."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Answer | None, dialect: Dialect) -> str | None:
        """The contract's own JSON; pydantic's writer would fail at a lone surrogate in a question."""
        return None if value is None else _whole(json.dumps(value.model_dump(), ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Answer | None:
        """Raises pydantic's `ValidationError` where the text is no `Answer`."""
        return None if value is None else Answer.model_validate_json(value)


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
