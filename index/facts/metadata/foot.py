"""Who signed, who receives, from when it is in force, who wrote the page; the stamp of an office that received it."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile

from index.facts.metadata.stated import Stated
from index.structure.paragraphs import Paragraph, is_person
from index.structure.zones import Part

_EFFECT = re.compile(r"có hiệu lực (?:thi hành )?(?:kể )?từ ")
_STAMP_NUMBER = re.compile(r"số đến\s*:?\s*(\d+)", re.IGNORECASE)
_STAMP_DATE = re.compile(r"ngày\s*:?\s*((\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2,4}))", re.IGNORECASE)


def read_foot(part: Part) -> dict[str, Stated]:
    """Signer and role (two spans where the recipients stand between), effect clause, author."""
    found = _signature(part.signature)
    for line in part.body:
        if _EFFECT.search(line.text) and len(line.text) < 200:
            found.setdefault("effect", Stated(line.text, (line.span,)))
    if part.author:
        found["author"] = Stated(part.author[0].text, (part.author[0].span,))
    return found


def read_recipients(part: Part) -> list[Stated]:
    """The recipients, each without its dash and final mark; a remark in brackets is none."""
    recipients = []
    for line in part.recipients:
        text = line.text.strip(" -–—+•;,.")
        if not line.opens_recipients and text and not line.text.strip(" -–—+•;,.").startswith("("):
            start = line.text.index(text)
            recipients.append(Stated(text, (line.part(start, start + len(text)),)))
    return recipients


def read_stamp(part: Part) -> dict[str, Stated]:
    """The office whose stamp stands on the sheet: the receiver, never the issuer."""
    found: dict[str, Stated] = {}
    for line in part.stamp:
        if match := _STAMP_NUMBER.search(line.text):
            found["received_number"] = Stated(match[1], (line.part(*match.span(1)),))
        if match := _STAMP_DATE.search(line.text):
            year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
            try:
                day = date(year, int(match[3]), int(match[2]))
            except ValueError:
                continue
            found["received_on"] = Stated(day.isoformat(), (line.part(*match.span(1)),))
    if part.stamp and part.stamp[0].is_capitals:
        found["received_by"] = Stated(part.stamp[0].text, (part.stamp[0].span,))
    return found


def _signature(lines: list[Paragraph]) -> dict[str, Stated]:
    """The first person's name, behind a role in the same line or alone, and the roles in capitals above it."""
    roles: list[Stated] = []
    for line in lines:
        capitals = " ".join(takewhile(str.isupper, line.text.split()))
        name = line.text[len(capitals) :].strip()
        if capitals:
            roles.append(Stated(capitals, (line.part(0, len(capitals)),)))
        if is_person(name):
            start = len(line.text) - len(name)
            found = {"signer": Stated(name, (line.part(start, len(line.text)),))}
            if roles:
                spans = tuple(span for role in roles for span in role.spans)
                found["signer_role"] = Stated(" ".join(role.value for role in roles), spans)
            return found
    return {}
