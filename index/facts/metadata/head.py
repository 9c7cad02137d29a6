"""Type, number, date, subject: from letterhead, title and the caption of an attachment, or from an announcement."""

from __future__ import annotations

import re

from index.directive import Span
from index.facts.dates import find_dates
from index.facts.metadata.stated import Stated
from index.facts.numbers import NUMBER, normal_number
from index.normalise.keys import fold
from index.structure.paragraphs import Paragraph
from index.structure.zones import Part

_NUMBERED = re.compile(r"\W*Số\s*:?\s*", re.IGNORECASE)
# A page that introduces a directive: "Ngày 01/10/2021, Ban Thường vụ … đã ban hành Đề án số …".
_ANNOUNCED = re.compile(
    r"Ngày\s+(?P<date>\d[^,]{5,25}?),\s*(?P<issuer>[^,]{3,80}?)\s+(?:đã\s+)?ban hành\s+"
    r"(?P<type>[A-ZĐ][\w ]{2,25}?)\s+số\s+"
)
_QUOTED = re.compile(r"“([^“”]+)”")


def read_head(parts: tuple[Part, ...]) -> dict[str, Stated]:
    """What stands above the body of the main document, and what captions of its attachments say of it."""
    main = parts[0]
    found: dict[str, Stated] = {}
    type_line = next((line for line in main.title if line.type_name), None)
    if type_line and main.type_name:
        found["type"] = Stated(main.type_name, (type_line.span,))
    for line in main.title:
        if not line.text.startswith("("):
            _read_line(found, line)
    for part in parts[1:]:
        for line in part.title:
            text = fold(line.text)
            if text.startswith("(ban hanh kem theo") and main.type_name and fold(main.type_name) in text:
                _add_number(found, line, 0)
                _add_date(found, line)
    if title := _title(main):
        found["title"] = title
    attached = next((part for part in parts[1:] if part.type_name), None)
    if attached and attached.type_name and (title := _title(attached)):
        found["attached"] = title
        found["attached_type"] = Stated(attached.type_name, title.spans)
    return found


def read_announcement(part: Part) -> dict[str, Stated]:
    """The same from the sentence of a page that says which document was issued, when and by whom."""
    for line in part.body:
        match = _ANNOUNCED.search(line.text)
        if match is None:
            continue
        found = {name: Stated(match[name], (line.part(*match.span(name)),)) for name in ("issuer", "type")}
        date = next(find_dates(line.text, *match.span("date")), None)
        if date:
            found["issued_on"] = Stated(date.value.isoformat(), (line.part(date.span.start, date.span.end),))
        _add_number(found, line, match.end())
        if quoted := _QUOTED.search(line.text, match.end()):
            found["title"] = Stated(quoted[1], (line.part(*quoted.span(1)),))
        return found
    return {}


def _read_line(found: dict[str, Stated], line: Paragraph) -> None:
    if labelled := _NUMBERED.match(line.text):
        _add_number(found, line, labelled.end())
    if "ngày" in line.text:
        _add_date(found, line)


def _add_number(found: dict[str, Stated], line: Paragraph, start: int) -> None:
    if match := NUMBER.search(line.text, start):
        found.setdefault("number", Stated(normal_number(match.group()), (line.part(*match.span()),)))


def _add_date(found: dict[str, Stated], line: Paragraph) -> None:
    if date := next(find_dates(line.text), None):
        found.setdefault("issued_on", Stated(date.value.isoformat(), (line.part(date.span.start, date.span.end),)))


def _title(part: Part) -> Stated | None:
    """The subject below the type's name, without issuer lines ("CỦA BAN …") and caption."""
    below = False
    lines: list[Paragraph] = []
    for line in part.title:
        if line.type_name:
            below = True
        elif below and not line.text.startswith("(") and not fold(line.text).startswith("cua "):
            lines.append(line)
    if not lines:
        return None
    return Stated(" ".join(line.text for line in lines), tuple(Span(line.start, line.span.end) for line in lines))
