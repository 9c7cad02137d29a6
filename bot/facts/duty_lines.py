"""Duties as people read them: one line each, with the clause and the place it is cited by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.facts import texts
from index.context import ended, next_date
from index.directive import Span
from index.facts.records import Duty
from index.library import Library
from index.structure.address import citation_line, office_date


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty in words; empty where its clause says nothing of it."""

    document_id: str
    span: Span
    has_body: bool
    actor: str
    coordinators: str
    task: str
    deadline: str
    coming: str  # the next last day of a yearly deadline
    frequency: str
    target: str
    recipient: str
    strength: str
    quote: str
    citation_line: str
    ended: str  # why it no longer runs: an outside fact
    source: str  # of that

    @property
    def outside(self) -> str:
        """Why it no longer runs, with the source."""
        return texts.outside(self.ended, self.source) if self.ended else ""


# Heading of a column and the field it shows, in files that people open.
COLUMNS = (
    ("Cơ quan thực hiện", "actor"),
    ("Cơ quan phối hợp", "coordinators"),
    ("Việc phải làm", "task"),
    ("Thời hạn", "deadline"),
    ("Hạn tới", "coming"),
    ("Định kỳ", "frequency"),
    ("Chỉ tiêu", "target"),
    ("Nơi nhận báo cáo", "recipient"),
    ("Mức độ", "strength"),
    ("Lời văn trích", "quote"),
    ("Nơi trích", "citation_line"),
    (texts.OUTSIDE, "outside"),
)


def duty_lines(library: Library, duties: Iterable[Duty], today: date) -> list[DutyLine]:
    """A line a duty, in their order."""
    return [_line(library, duty, today) for duty in duties]


def duty_table(lines: Iterable[DutyLine]) -> list[dict[str, str | int]]:
    """The lines as rows of a workbook, with Vietnamese headings."""
    return [
        {"STT": number} | {head: getattr(line, name) for head, name in COLUMNS} for number, line in enumerate(lines, 1)
    ]


def _line(library: Library, duty: Duty, today: date) -> DutyLine:
    directive = library.directive(duty.document_id)
    end = ended(library.context, directive, today)
    day = next_date(duty.deadline, today, end) if duty.deadline else None
    return DutyLine(
        document_id=duty.document_id,
        span=duty.span,
        has_body=duty.actor is not None,
        actor=texts.actor(duty),
        coordinators=", ".join(duty.coordinators),
        task=duty.task,
        deadline=texts.deadline(duty),
        coming=office_date(day.isoformat()) if day else "",
        frequency=texts.frequency(duty),
        target=texts.target(duty),
        recipient=duty.recipient or "",
        strength=texts.strength(duty),
        quote=duty.span.of(directive.text),
        citation_line=citation_line(directive, directive.provision(duty.provision_id)),
        ended=end.why.rstrip(". ") if end else "",
        source=end.source if end else "",
    )
