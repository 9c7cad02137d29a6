"""What an administrator reads of the records, as a table, CSV or JSON Lines."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from bot import command_texts
from bot.facts.formats import as_csv, as_jsonl
from bot.facts.kinds import HERE
from bot.storage.values import Feedback, Unanswered

ListFormat = Literal["table", "jsonl", "csv"]
Row = dict[str, Any]

_WIDTH = 140  # characters


def unanswered_rows(items: Sequence[Unanswered]) -> list[Row]:
    """A row for each question; moments as ISO 8601 in UTC."""
    return [
        item.model_dump(mode="json", include={"count", "question", "province", "first_asked", "last_asked"})
        for item in items
    ]


def feedback_rows(items: Sequence[Feedback]) -> list[Row]:
    """A row for each verdict, with the short answer that it is about; who gave it is not told."""
    return [
        {
            **item.model_dump(mode="json", include={"given_at", "verdict", "reason", "question"}),
            "answer": item.answer.answer,
            "turn_id": item.turn_id,
            "generation": item.generation,
        }
        for item in items
    ]


def listed(rows: Sequence[Row], form: ListFormat) -> bytes:
    """Rows as UTF-8 text."""
    if form == "jsonl":
        return as_jsonl(rows).encode("utf-8", "replace")
    if form == "csv":
        return as_csv(rows).encode("utf-8", "replace")
    return _table(rows).encode("utf-8", "replace")


def _table(rows: Sequence[Row]) -> str:
    if not rows:
        return f"{command_texts.NO_RECORDS}\n"
    columns = [column for column in rows[0] if column in command_texts.COLUMNS]
    table = Table(*(command_texts.COLUMNS[column] for column in columns), show_lines=True)
    for row in rows:
        table.add_row(*(_cell(column, row[column]) for column in columns))
    output = io.StringIO()
    Console(width=_WIDTH, file=output, markup=False).print(table)
    return output.getvalue()


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column == "verdict":
        return command_texts.VERDICTS[value]
    if column.endswith(("_asked", "_at")):
        return datetime.fromisoformat(value).astimezone(HERE).strftime("%d/%m/%Y %H:%M")
    # What people type could otherwise move the cursor of an administrator's terminal, or worse.
    return "".join(" " if unicodedata.category(one) in ("Cc", "Cf") and one != "\n" else one for one in str(value))
