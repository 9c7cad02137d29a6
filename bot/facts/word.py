"""Duties as a Word document: a table on A4, in the typeface that offices use."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.facts import texts
from bot.facts.duty_lines import DutyLine
from bot.facts.formats import without_controls

# Nghị định 30/2020/NĐ-CP, Phụ lục I: Times New Roman, 13-14 in a text; a table takes less.
_FONT, _TEXT, _TABLE = "Times New Roman", Pt(13), Pt(11)
_LONG, _SHORT, _MARGIN = Mm(297), Mm(210), Mm(18)
_HEADS = ("STT", "Cơ quan thực hiện", "Việc phải làm", "Thời hạn, chỉ tiêu", "Lời văn và nơi trích")
_WIDTHS = (Mm(12), Mm(46), Mm(66), Mm(42), Mm(95))


def duties_document(lines: Sequence[DutyLine]) -> bytes:
    """The bytes of a .docx; each row says who, what, by when, and quotes its clause with the place."""
    document = Document()
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = _FONT, _TEXT
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, _LONG, _SHORT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    document.add_paragraph().add_run(texts.TITLE).bold = True
    if not lines:
        document.add_paragraph(texts.NONE_FOUND)
        return _bytes(document)
    table = document.add_table(rows=1, cols=len(_HEADS), style="Table Grid")
    table.autofit = False
    _repeat(table.rows[0])
    for cell, head in zip(table.rows[0].cells, _HEADS, strict=True):
        _add(cell.paragraphs[0], head, bold=True)
    for number, line in enumerate(lines, 1):
        _fill(table.add_row().cells, number, line)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width
    return _bytes(document)


def _fill(cells: tuple[_Cell, ...], number: int, line: DutyLine) -> None:
    _add(cells[0].paragraphs[0], str(number))
    _say(cells[1], line.actor, f"Phối hợp: {line.coordinators}" if line.coordinators else "")
    _say(cells[2], line.task, f"Nơi nhận báo cáo: {line.recipient}" if line.recipient else "")
    coming = f"Hạn tới: {line.coming}" if line.coming else ""
    _say(cells[3], line.deadline, coming, line.frequency, line.target)
    _say(cells[4], f"“{line.quote}”")
    _add(cells[4].add_paragraph(), line.citation_line, italic=True)
    if line.outside:
        _add(cells[4].add_paragraph(), f"{texts.OUTSIDE}: {line.outside}", bold=True)


def _say(cell: _Cell, *said: str) -> None:
    first, *rest = [text for text in said if text] or [""]
    _add(cell.paragraphs[0], first)
    for text in rest:
        _add(cell.add_paragraph(), text)


def _add(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(without_controls(text))
    run.font.size, run.bold, run.italic = _TABLE, bold, italic
    paragraph.paragraph_format.space_after = Pt(2)


def _repeat(row: _Row) -> None:
    """The head of the table stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _bytes(document: object) -> bytes:
    output = io.BytesIO()
    document.save(output)  # type: ignore[attr-defined]
    return output.getvalue()
