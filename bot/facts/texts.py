"""The words in which people read duties: on the page, in workbooks and in Word documents."""

from __future__ import annotations

from index.facts.records import Duty
from index.structure.address import office_date

TITLE = "Việc phải làm theo các văn bản đang lưu"
OUTSIDE = "Ghi chú ngoài văn bản"
NO_BODY = "không ghi rõ cơ quan thực hiện"
NONE_FOUND = "Không có việc nào theo điều kiện đã chọn."
_FREQUENCY = {"year": "hằng năm", "quarter": "hằng quý", "month": "hằng tháng", "regular": "thường xuyên"}
_COMPARED = {">=": "ít nhất", ">": "trên", "=": "", "<=": "không quá", "<": "dưới"}


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


def target(duty: Duty) -> str:
    """A number to reach: "tỷ lệ hài lòng: ít nhất 85%"; what is measured is left out where the task says it."""
    found = duty.target
    if found is None:
        return ""
    amount = _number(found.value) + (f"-{_number(found.value_max)}" if found.value_max is not None else "")
    if found.comparator == "top":
        said = f"trong {found.unit} {amount}"
    else:
        unit = found.unit if found.unit == "%" else f" {found.unit}"
        said = f"{_COMPARED[found.comparator]} {amount}{unit}".strip()
    is_said = found.measure in duty.task or duty.task in found.measure
    return said if is_said else f"{found.measure}: {said}"


def strength(duty: Duty) -> str:
    """How binding it is."""
    return {"mandatory": "phải thực hiện", "target": "chỉ tiêu", "encouraged": "khuyến khích"}[duty.strength]


def outside(why: str, source: str) -> str:
    """Why a duty no longer runs: not the directive's words."""
    return f"{why} (nguồn: {source.rstrip('. ')})."


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
