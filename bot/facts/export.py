"""Facts of one kind in one form."""

from __future__ import annotations

from datetime import datetime

from bot.facts.calendar import duties_calendar
from bot.facts.formats import as_csv, as_jsonl, as_table, as_xlsx
from bot.facts.kinds import HERE, Format, FormatError, Kind
from bot.facts.rows import fact_rows
from index.library import Library


def export(library: Library, kind: Kind, form: Format, document_id: str | None, spans: bool) -> bytes:
    """The facts as UTF-8 text or as a workbook's bytes; raises `FormatError` or `UnknownDocumentError`."""
    if form == "ics":
        if kind != "duties":
            raise FormatError(kind, form)
        if document_id is not None:
            library.directive(document_id)
        duties = [duty for duty in library.facts.duties if document_id in (None, duty.document_id)]
        return duties_calendar(library, duties, datetime.now(HERE).date())
    rows = fact_rows(library, kind, document_id, spans)
    if form == "xlsx":
        return as_xlsx(rows, kind)
    text = {"jsonl": as_jsonl, "csv": as_csv}[form](rows) if form in ("jsonl", "csv") else as_table(rows, kind)
    return text.encode("utf-8")
