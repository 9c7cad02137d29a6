"""Values of columns as JSON and back, the same for both kinds of database."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column

_AS_THEY_ARE = (bool, int, float, str)


def to_json(value: Any) -> Any:
    """A value as a database gave it; a moment in UTC, which is what SQLite's moments without a zone are.

    Raises `TypeError` for a kind that no table has had so far; a test goes over the kinds of all columns.
    """
    if value is None or isinstance(value, _AS_THEY_ARE):
        return value
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in a backup")


def from_json(value: Any, column: Column[Any]) -> Any:
    """The value for a column. Raises `ValueError` or `TypeError` where it is none."""
    if value is None:
        return None
    kind = column.type.python_type
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is bytes:
        return base64.b64decode(value, validate=True)
    if kind is Decimal:
        return Decimal(value)
    if not isinstance(value, kind) and not (kind is float and isinstance(value, int)):
        raise TypeError(f"{column.name}: {kind.__name__} expected")
    return value
