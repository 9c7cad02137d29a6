"""Facts of one kind in one form."""

from __future__ import annotations

from datetime import datetime

from bot.facts.calendar import duties_calendar
from bot.facts.duties import DutyFilter, chosen_duties
from bot.facts.duty_lines import duty_lines, duty_table
from bot.facts.formats import as_csv, as_jsonl, as_table, as_xlsx
from bot.facts.kinds import HERE, Format, FormatError, Kind
from bot.facts.rows import Row, duty_rows, fact_rows
from index.library import Library


def export(library: Library, kind: Kind, form: Format, document_id: str | None, spans: bool) -> bytes:
    """The facts as UTF-8 text or as a file's bytes; raises `FormatError` or `UnknownDocumentError`."""
    if kind == "duties":
        return export_duties(library, form, DutyFilter(document=document_id))
    return _written(fact_rows(library, kind, document_id, spans), kind, form)


def export_duties(library: Library, form: Format, chosen: DutyFilter) -> bytes:
    """Chosen duties, also as a calendar or a Word document; raises `UnknownDocumentError`.

    A workbook and a Word document are for people: Vietnamese headings, days as offices write them.
    """
    duties, today = chosen_duties(library, chosen), datetime.now(HERE).date()
    if form == "ics":
        return duties_calendar(library, duties, today)
    if form == "xlsx":
        return as_xlsx(duty_table(duty_lines(library, duties, today)), "Việc phải làm")
    if form == "docx":
        from bot.facts.word import duties_document

        return duties_document(duty_lines(library, duties, today))
    return _written(list(duty_rows(library, duties, today)), "duties", form)


def _written(rows: list[Row], kind: Kind, form: Format) -> bytes:
    if form in ("ics", "docx"):
        raise FormatError(kind, form)
    if form == "xlsx":
        return as_xlsx(rows, kind)
    text = {"jsonl": as_jsonl, "csv": as_csv}[form](rows) if form in ("jsonl", "csv") else as_table(rows, kind)
    return text.encode("utf-8")
