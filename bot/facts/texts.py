"""The words in which people read duties: on the page, in workbooks and in Word documents."""

from __future__ import annotations

from index.facts.records import Duty, Target
from index.structure.address import office_date

TITLE = "Việc phải làm theo các văn bản đang lưu"
NO_BODY = "không ghi rõ cơ quan thực hiện"
NONE_FOUND = "Không có việc nào theo điều kiện đã chọn."
_FREQUENCY = {"year": "hằng năm", "quarter": "hằng quý", "month": "hằng tháng", "regular": "thường xuyên"}
_COMPARED = {">=": "ít nhất", ">": "trên", "=": "", "<=": "không quá", "<": "dưới", "top": "trong nhóm"}


def actor(duty: Duty) -> str:
    """Who must do it, as written; a body that stands outside the clause is said to."""
    if duty.actor is None:
        return NO_BODY
    return f"{duty.actor} (nêu ở đoạn dẫn)" if duty.inferred else duty.actor


def deadline(duty: Duty) -> str:
    """The time as the text writes it, and its day as offices write it where the text has it in other words."""
    if duty.deadline is None:
        return ""
    written = duty.deadline.written
    day = office_date(duty.deadline.date) if duty.deadline.date else ""
    return f"{written} ({day})" if day and day not in written else written


def frequency(duty: Duty) -> str:
    """How often."""
    return _FREQUENCY[duty.frequency] if duty.frequency else ""


def target(found: Target | None) -> str:
    """A number to reach: "tỷ lệ hài lòng: ít nhất 85%"."""
    if found is None:
        return ""
    amount = _number(found.value) + (f"-{_number(found.value_max)}" if found.value_max is not None else "")
    amount += found.unit if found.unit == "%" else f" {found.unit}"
    said = f"{_COMPARED[found.comparator]} {amount}".strip()
    return f"{found.measure}: {said}" if found.measure else said


def strength(duty: Duty) -> str:
    """How binding it is."""
    return {"mandatory": "phải thực hiện", "target": "chỉ tiêu", "encouraged": "khuyến khích"}[duty.strength]


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
