"""Dates as Vietnamese offices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.directive import Span

DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s*(?:[/.-]|\s*tháng\s*)(?P<month>\d{1,2})\s*(?:[/.-]|\s*năm\s*)(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date read from a text, and where it stands."""

    value: date
    span: Span


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[WrittenDate]:
    """The full dates of a text, in order; what is no calendar day is passed over.

    >>> [found.value.isoformat() for found in find_dates("ngày 14 tháng 7 năm 2015, 05-9-2016")]
    ['2015-07-14', '2016-09-05']
    """
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        try:
            value = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        yield WrittenDate(value, Span(*match.span()))
