"""Facts as they leave the program: rows, files, calendar, HTTP."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import get_args

import icalendar
import openpyxl
import pytest

from bot.facts.calendar import duties_calendar, last_day
from bot.facts.export import export
from bot.facts.formats import as_csv, as_xlsx, flatten
from bot.facts.kinds import FormatError, Kind
from bot.facts.rows import fact_rows
from index.errors import UnknownDocumentError
from index.facts.records import Deadline
from index.library import Library

KINDS: tuple[Kind, ...] = get_args(Kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_quotes_its_directive_verbatim(library: Library, kind: Kind) -> None:
    rows = fact_rows(library, kind)
    assert rows
    readings = [reading for row in rows for reading in row.get("readings", ())]
    for row in [*rows, *readings]:
        assert list(row)[:4] == ["document_id", "quote", "start", "end"]
        if row["quote"] is not None:
            assert row["quote"] == library.directive(row["document_id"]).text[row["start"] : row["end"]]


@pytest.mark.parametrize("kind", KINDS)
def test_one_document_is_chosen_and_an_unknown_one_refused(library: Library, kind: Kind) -> None:
    for row in fact_rows(library, kind, "hai-duong-18-ct-ubnd-2016"):
        named = {row["document_id"], *(reading["document_id"] for reading in row.get("readings", ()))}
        assert "hai-duong-18-ct-ubnd-2016" in named
    with pytest.raises(UnknownDocumentError):
        fact_rows(library, kind, "none")


def test_metadata_is_one_flat_row_a_directive_and_with_spans_a_row_a_field(library: Library) -> None:
    rows = {row["document_id"]: row for row in fact_rows(library, "metadata")}
    assert len(rows) == 5
    signed = rows["da-nang-2108-qd-tu-2016"]
    assert (signed["number"], signed["issued_on"], signed["signer"]) == ("2108-QĐ/TU", "2016-09-05", "Võ Công Trí")
    assert signed["issuer"] == "Ban Thường vụ Thành ủy Đà Nẵng"
    assert rows["hai-duong-18-ct-ubnd-2016"]["received"]["number"] == "1530"
    assert rows["nghe-an-04-da-tu-2021"]["signer"] is None
    fields = fact_rows(library, "metadata", "ha-tinh-ct-btv-thanh-uy", spans=True)
    bases = {(row["name"], row["basis"]) for row in fields}
    assert ("signer", "text") in bases
    assert ("province", "catalogue") in bases
    assert ("number", "text") not in bases


def test_jsonl_csv_and_xlsx_hold_the_same_rows(library: Library) -> None:
    rows = fact_rows(library, "duties")
    lines = export(library, "duties", "jsonl", None, False).decode().splitlines()
    assert [json.loads(line) for line in lines] == json.loads(json.dumps(rows))
    table = list(csv.DictReader(io.StringIO(export(library, "duties", "csv", None, False).decode("utf-8-sig"))))
    assert [row["document_id"] for row in table] == [row["document_id"] for row in rows]
    sheet = openpyxl.load_workbook(io.BytesIO(export(library, "duties", "xlsx", None, False))).active
    assert sheet is not None
    columns = [cell.value for cell in sheet[1]]
    assert sheet.max_row == len(rows) + 1
    for cells, row in zip(sheet.iter_rows(min_row=2, values_only=True), rows, strict=True):
        assert cells[columns.index("Lời văn trích")] == row["quote"]


def test_no_cell_is_a_formula_and_no_character_breaks_a_workbook() -> None:
    rows = [{"document_id": "x", "quote": "=1+1\x07", "start": 0, "end": 5, "list": ["a", "b"], "deep": {"one": 1}}]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows, "t"))).active
    assert sheet is not None
    assert sheet["B2"].value == "=1+1"
    assert sheet["B2"].data_type == "s"
    assert ",'=1+1" in as_csv(rows)
    assert flatten(rows[0])["deep_one"] == 1


def test_the_table_of_an_empty_kind_and_of_all_kinds_prints(library: Library) -> None:
    for kind in KINDS:
        assert export(library, kind, "table", None, False)
    assert as_xlsx([], "empty")
    assert as_csv([])


def test_the_calendar_is_valid_and_what_has_ended_is_cancelled(library: Library) -> None:
    content = duties_calendar(library, library.facts.duties, date(2026, 11, 22))
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert events
    for event in events:
        assert event["uid"]
        assert event["dtstart"].dt < event["dtend"].dt
    yearly = [event for event in events if "30 tháng 11" in str(event["description"])]
    assert [str(event["status"]) for event in yearly] == ["CANCELLED"]
    assert all("rrule" not in event for event in yearly), "no reminder for a duty whose issuer has ended"
    earlier = duties_calendar(library, library.facts.duties, date(2020, 1, 1))
    alive = [e for e in icalendar.Calendar.from_ical(earlier).walk("VEVENT") if "30 tháng 11" in str(e["description"])]
    assert alive[0]["rrule"]["FREQ"] == ["YEARLY"]
    assert alive[0]["dtstart"].dt == date(2020, 11, 29), "before the 30th"


def test_a_yearly_deadline_has_a_next_date_until_its_issuer_has_ended(library: Library) -> None:
    def yearly(today: date) -> dict[str, object]:
        rows = fact_rows(library, "duties", "hai-duong-18-ct-ubnd-2016", today=today)
        return next(row for row in rows if row["deadline"] and row["deadline"]["month_day"])

    assert yearly(date(2020, 5, 1))["next_date"] == "2020-11-29"
    assert yearly(date(2020, 11, 30))["next_date"] == "2021-11-29"
    after = yearly(date(2026, 11, 22))
    assert after["next_date"] is None
    assert after["ended"]


def test_only_duties_make_a_calendar(library: Library) -> None:
    with pytest.raises(FormatError):
        export(library, "references", "ics", None, False)


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        (Deadline("trong quý IV-2016", quarter="2016-Q4"), date(2016, 12, 31)),
        (Deadline("đến năm 2025", year=2025), date(2025, 12, 31)),
        (Deadline("trước ngày 30 tháng 11", month_day="11-30", inclusive=False), date(2026, 11, 29)),
        (Deadline("29/02 hằng năm", month_day="02-29"), date(2026, 2, 28)),
        (Deadline("ngày 05/9/2030", date="2030-09-05"), date(2030, 9, 5)),
        (Deadline("khi tổng kết"), None),
    ],
)
def test_the_last_day_of_a_deadline(deadline: Deadline, day: date | None) -> None:
    assert last_day(deadline, date(2026, 1, 15)) == day
