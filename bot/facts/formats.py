"""Rows as text, CSV or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from rich.console import Console
from rich.table import Table

from bot.facts.rows import Row

# Shown in a terminal; the files hold all columns.
_TERMINAL = {
    "metadata": ("document_id", "type", "number", "issued_on", "issuer", "signer"),
    "references": ("document_id", "type", "number", "date", "issuer", "title"),
    "definitions": ("document_id", "kind", "term", "meaning"),
    "outline": ("document_id", "address", "heading", "what", "count"),
    "duties": ("document_id", "actor", "task", "deadline_written", "frequency", "target_value", "target_unit"),
    "inconsistencies": ("type", "number", "field", "readings"),
}
_WIDEST = 60


def as_jsonl(rows: Sequence[Row]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: Sequence[Row]) -> str:
    """Comma-separated, with a byte order mark, so that spreadsheets read Vietnamese; what could be a formula gets an
    apostrophe, so JSON Lines is the format for programs.
    """
    flat = [flatten(row) for row in rows]
    columns = list(dict.fromkeys(column for row in flat for column in row))
    output = io.StringIO()
    output.write("\ufeff")
    writer = csv.DictWriter(output, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: _guarded(value) for column, value in row.items()} for row in flat)
    return output.getvalue()


def as_xlsx(rows: Sequence[Row], title: str) -> bytes:
    """A workbook of one sheet: a bold first row that stays in view, filters, wrapped text."""
    flat = [flatten(row) for row in rows]
    columns = list(dict.fromkeys(column for row in flat for column in row))
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = title
    sheet.append(columns)
    for row in flat:
        sheet.append([without_controls(row.get(column)) for column in columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(columns, 1):
        longest = max([len(column), *(len(str(row.get(column) or "")) for row in flat)])
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, _WIDEST)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"  # text that begins with "=" is text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    if columns:
        sheet.auto_filter.ref = sheet.dimensions
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def as_table(rows: Sequence[Row], kind: str) -> str:
    """A table for a terminal, of the columns that a person looks at first."""
    flat = [flatten(row) for row in rows]
    wanted = (
        _TERMINAL[kind] if not rows or "basis" not in rows[0] else ("document_id", "name", "value", "basis", "quote")
    )
    table = Table(*wanted, show_lines=True)
    for row in flat:
        table.add_row(*(str(row.get(column) if row.get(column) is not None else "") for column in wanted))
    output = io.StringIO()
    Console(width=160, file=output, markup=False).print(table)
    return output.getvalue()


def flatten(row: Row) -> dict[str, Any]:
    """Nested values as columns of their own (`deadline_written`); lists as text, one item a line."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{inner}": _text(item) for inner, item in value.items()}
        else:
            flat[key] = _text(value)
    return flat


def _text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return "\n".join(_item(item) for item in value)
    return value


def _item(item: Any) -> str:
    if isinstance(item, dict):
        return ": ".join(
            str(item[key]) for key in ("document_id", "value", "text", "quote") if item.get(key) is not None
        )
    return str(item)


def _guarded(value: Any) -> Any:
    """A CSV value that a spreadsheet does not take for a formula: a quotation may begin with a dash or a plus."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "@", "+", "-", "\t")) else value


def without_controls(value: Any) -> Any:
    """A value without the control characters that workbooks and Word documents forbid."""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
