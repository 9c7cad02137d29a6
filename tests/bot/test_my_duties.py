""" "Việc của tôi": which duties a filter chooses, and the files that hold exactly those."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pytest

from bot.facts import texts
from bot.facts.duties import DutyFilter, body_read, chosen_duties, is_unnamed
from bot.facts.duty_lines import duty_lines
from bot.facts.export import export, export_duties
from bot.facts.kinds import FormatError
from bot.facts.word import duties_document
from index.directive import Span
from index.errors import UnknownDocumentError
from index.facts.records import Deadline, Duty, Target
from index.library import Library

TODAY = date(2026, 11, 22)


def test_a_body_without_diacritics_is_the_same_body(library: Library) -> None:
    typed = chosen_duties(library, DutyFilter(body="ubnd xa"))
    assert typed
    assert typed == chosen_duties(library, DutyFilter(body="UBND xã"))
    assert body_read(library, "so noi vu") == "sở nội vụ"
    assert body_read(library, "  ") is None


def test_only_duties_with_a_deadline(library: Library) -> None:
    dated = chosen_duties(library, DutyFilter(dated=True))
    assert dated == [duty for duty in library.facts.duties if duty.deadline]


def test_clauses_that_name_no_body_are_not_dropped_in_silence(library: Library) -> None:
    without = chosen_duties(library, DutyFilter(body="UBND xã"))
    having = chosen_duties(library, DutyFilter(body="UBND xã", unnamed=True))
    assert not any(is_unnamed(duty) for duty in without)
    assert [duty for duty in having if not is_unnamed(duty)] == without
    assert [duty for duty in having if is_unnamed(duty)] == [d for d in library.facts.duties if is_unnamed(d)]
    assert chosen_duties(library, DutyFilter()) == list(library.facts.duties)


def test_an_unknown_document_is_refused(library: Library) -> None:
    with pytest.raises(UnknownDocumentError):
        chosen_duties(library, DutyFilter(document="none"))


@pytest.mark.parametrize(
    "chosen", [DutyFilter(), DutyFilter(body="UBND xã", unnamed=True), DutyFilter(body="không ai")]
)
def test_workbook_and_word_document_hold_exactly_the_chosen_rows(library: Library, chosen: DutyFilter) -> None:
    wanted = [duty.span.of(library.directive(duty.document_id).text) for duty in chosen_duties(library, chosen)]
    sheet = openpyxl.load_workbook(io.BytesIO(export_duties(library, "xlsx", chosen))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    quoted = rows[0].index("Lời văn trích") if wanted else 0
    assert [row[quoted] for row in rows[1:]] == wanted
    document = docx.Document(io.BytesIO(export_duties(library, "docx", chosen)))
    table = document.tables[0].rows[1:] if wanted else []
    assert [row.cells[4].paragraphs[0].text for row in table] == [f"“{quote}”" for quote in wanted]
    if not wanted:
        assert texts.NONE_FOUND in [paragraph.text for paragraph in document.paragraphs]


def test_what_has_ended_is_an_outside_note_in_every_file(library: Library) -> None:
    lines = duty_lines(library, library.facts.duties, TODAY)
    over = [line for line in lines if line.ended]
    assert over
    for line in over:
        assert line.outside.endswith(").")
        assert ".." not in line.outside
    document = docx.Document(io.BytesIO(duties_document(over)))
    assert document.tables[0].rows[1].cells[4].paragraphs[-1].text.startswith("Ghi chú ngoài văn bản: ")


def test_only_duties_are_a_word_document(library: Library) -> None:
    with pytest.raises(FormatError):
        export(library, "references", "docx", None, False)


def duty(**values: object) -> Duty:
    fields: dict[str, object] = {
        "document_id": "d",
        "provision_id": "p",
        "actor": "UBND xã",
        "coordinators": (),
        "levels": (),
        "task": "báo cáo",
        "deadline": None,
        "frequency": None,
        "target": None,
        "recipient": None,
        "strength": "mandatory",
        "inferred": False,
        "span": Span(0, 1),
    }
    return Duty(**(fields | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (Deadline("trước ngày 15/11 hằng năm", month_day="11-15", inclusive=False), "trước ngày 15/11 hằng năm"),
        (Deadline("cuối tháng 2 năm 2017", date="2017-02-28"), "cuối tháng 2 năm 2017 (28/02/2017)"),
        (Deadline("trước 30/11/2021", date="2021-11-30"), "trước 30/11/2021"),
    ],
)
def test_deadlines_are_written_as_the_text_and_as_offices_do(deadline: Deadline, said: str) -> None:
    assert texts.deadline(duty(deadline=deadline)) == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target(85, "%", "tỷ lệ hài lòng", ">="), "tỷ lệ hài lòng: ít nhất 85%"),
        (Target(1, "bậc", "báo cáo", "=", 2), "1-2 bậc"),
        (Target(15, "tốp", "báo cáo", "top"), "trong tốp 15"),
        (Target(2.5, "lớp", "UBND xã báo cáo", "<="), "không quá 2,5 lớp"),
    ],
)
def test_targets_are_said_once(target: Target, said: str) -> None:
    assert texts.target(duty(target=target)) == said
