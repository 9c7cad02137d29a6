"""By when: a date, a day of every year, a month, a quarter, a year, a period, a number of days, an event."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from index.data import strings
from index.directive import Span
from index.facts.duties.wording import FILE, Wording
from index.facts.records import Deadline

_BY = (
    r"(?:(?:chậm nhất|muộn nhất)(?: (?:là|đến|vào|trong|trước))?"
    r"|trước|đến hết|đến cuối|đến|hết|vào cuối|vào|trong|xong)"
)
_DAY = r"(?P<d>\d{1,2})"
_MONTH = r"(?P<m>\d{1,2})"
_OF_YEAR = r"(?:[/.-]| năm )(?P<y>\d{4})"
_NUMBER = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_EVERY_YEAR = r"(?: (?:hằng|hàng|mỗi) năm)"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_START = r"(?:^|(?<=[;:(] )|(?<=phấn đấu )|(?<=hoàn thành )|(?<=xong ))"
_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(strings(FILE, 'named_documents'))})(?!\w)")
# The age of a thing, not a time by which: "các văn bản ban hành trước ngày …".
_PAST = re.compile(
    r"(?<!\w)(?:có hiệu lực|(?:văn bản|quyết định|quy định|dự án|hồ sơ) (?:được )?(?:ban hành|tiếp nhận))\s+$"
)
_MODAL = re.compile(r"\s(?:cần|phải)(?!\w)")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A deadline and where it stands; an `event` ("trước khi ban hành") is no calendar time."""

    deadline: Deadline
    span: Span
    event: bool = False


Reading = Callable[[re.Match[str], str], Deadline | None]


def _inclusive(match: re.Match[str]) -> bool:
    return "trước" not in match.group().split(" ngày")[0].split(" tháng")[0].split(" năm")[0]


def _full_date(match: re.Match[str], written: str) -> Deadline | None:
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return Deadline(written, date=day.isoformat(), inclusive=_inclusive(match))


def _day_of_year(match: re.Match[str], written: str) -> Deadline | None:
    month, day = int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]):
        return None
    return Deadline(written, month_day=f"{month:02}-{day:02}", inclusive=_inclusive(match))


def _month(match: re.Match[str], written: str) -> Deadline | None:
    """A month of a year ends on its last day; "trước tháng 9" excludes its first."""
    if not 1 <= int(match["m"]) <= 12:
        return None
    inclusive = _inclusive(match)
    if match["y"] is None:
        return Deadline(written, inclusive=inclusive)
    year, month = int(match["y"]), int(match["m"])
    day = calendar.monthrange(year, month)[1] if inclusive else 1
    return Deadline(written, date=date(year, month, day).isoformat(), inclusive=inclusive)


def _quarter(match: re.Match[str], written: str) -> Deadline | None:
    number = _QUARTERS[match["q"]]
    quarter = f"{match['y']}-Q{number}" if match["y"] else None
    return Deadline(written, quarter=quarter, inclusive=_inclusive(match))


def _year(match: re.Match[str], written: str) -> Deadline | None:
    return Deadline(written, year=int(match["y"]), inclusive=_inclusive(match))


def _written_only(match: re.Match[str], written: str) -> Deadline | None:
    return Deadline(written, inclusive=_inclusive(match))


_FORMS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (
            rf"(?<!\w){_BY} (?:ngày )?{_DAY}(?:[/.-]| tháng ){_MONTH}{_OF_YEAR}(?!\d)",
            _full_date,
        ),
        (
            rf"(?<!\w){_BY} ngày {_DAY}(?:[/-]| tháng ){_MONTH}(?!\d|[/-]\d){_EVERY_YEAR}?",
            _day_of_year,
        ),
        (
            rf"(?<!\w)(?:trước|chậm nhất) {_DAY}/{_MONTH}(?!\d|/\d){_EVERY_YEAR}?",
            _day_of_year,
        ),
        (
            rf"(?<!\w)(?:{_BY} )?(?:ngày|mồng|mùng) \d{{1,2}} "
            r"(?:của tháng(?: trước| sau| cuối quý| đầu quý| kế tiếp)?|(?:hằng|hàng|mỗi) tháng)(?!\w)",
            _written_only,
        ),
        (
            rf"(?<!\w){_BY} (?:cuối |đầu |giữa )?tháng {_MONTH}(?:{_OF_YEAR})?(?!\d){_EVERY_YEAR}?",
            _month,
        ),
        (rf"(?<!\w)ngày {_DAY}(?:[/-]| tháng ){_MONTH}(?:{_EVERY_YEAR}|(?=\)))", _day_of_year),
        (rf"(?<!\w)(?<!\d )tháng {_MONTH}(?P<y>(?!))?{_EVERY_YEAR}", _month),
        (
            rf"(?:(?<!\w){_BY} |{_START})quý (?P<q>iv|i{{1,3}}|[1-4])(?!\w)(?:(?:\s*[-/]\s*| năm | )(?P<y>\d{{4}}))?",
            _quarter,
        ),
        (rf"(?:(?<!\w){_BY} |{_START})(?:hết |cuối |đầu |giữa )?năm (?P<y>\d{{4}})(?!\d|\s*-\s*\d)", _year),
        (rf"(?:(?<!\w)trong |{_START})giai đoạn \d{{4}}\s*[-–]\s*(?P<y>\d{{4}})(?!\d)", _year),
        (
            r"(?<!\w)(?:đến (?:hết|cuối)|trong(?: cả)?) nhiệm kỳ \d{4}\s*[-–]\s*(?P<y>\d{4})(?!\d)",
            _year,
        ),
        (
            rf"(?<!\w)(?:trong (?:vòng|thời hạn|thời gian)|chậm nhất|không quá)(?: là)? {_NUMBER} "
            r"(?:ngày|giờ|tuần|tháng|năm)(?: làm việc)?(?!\w)(?: kể từ [^,;.()]{3,60})?",
            _written_only,
        ),
    )
)
_EVENT = re.compile(r"(?<!\w)(?:ngay )?(?:trước khi|sau khi|ngay khi|từ khi)(?!\w)")
_LIST_END = re.compile(r"\s(?:cần|phải|có liên quan|liên quan)(?!\w)")
_EVENT_END = re.compile(r"[,;:.]|\s(?:cần|phải|thì|có liên quan|liên quan)(?!\w)|$")
# Forms that also occur in the name of a document.
_IN_NAMES = re.compile(r"đến (?:hết |cuối )?năm|giai đoạn|năm")


def find_deadlines(wording: Wording, clause: Span) -> list[TimeLimit]:
    """The time limits of a clause, in order; dates of cited documents and periods in their names are none."""
    found: list[TimeLimit] = []
    text = wording.open[clause.start : clause.end]
    for pattern, reading in _FORMS:
        for match in pattern.finditer(text):
            if _PAST.search(text[: match.start()]):
                continue
            span = Span(clause.start + match.start(), clause.start + match.end())
            taken = any(span.overlaps(limit.span) for limit in found)
            deadline = None if taken else reading(match, wording.raw[span.start : span.end])
            if deadline is not None and not _belongs_to_name(wording, clause, match):
                found.append(TimeLimit(deadline, span))
    found += [event for event in _events(wording, clause) if not any(event.span.overlaps(f.span) for f in found)]
    return _joined(wording, sorted(found, key=lambda limit: limit.span.start))


def _joined(wording: Wording, limits: list[TimeLimit]) -> list[TimeLimit]:
    """ "Trước ngày … và ngày …": the preposition governs both."""
    for index in range(1, len(limits)):
        last, limit = limits[index - 1], limits[index]
        between = wording.plain[last.span.end : limit.span.start].strip()
        if between in ("và", ",") and limit.deadline.written.startswith("ngày"):
            deadline = replace(limit.deadline, inclusive=last.deadline.inclusive)
            limits[index] = replace(limit, deadline=deadline)
    return limits


def _belongs_to_name(wording: Wording, clause: Span, match: re.Match[str]) -> bool:
    """Whether a document's name runs up to the period: no comma between the two."""
    if not _IN_NAMES.match(match.group()):
        return False
    before = wording.raw[clause.start : clause.start + match.start()]
    return _NAMED.search(before.rsplit(",", 1)[-1]) is not None or before.rstrip().endswith("tầm nhìn")


def _events(wording: Wording, clause: Span) -> list[TimeLimit]:
    """Events outside brackets, up to the comma, or where a clause begins with one and a modal follows, up to that."""
    found: list[TimeLimit] = []
    for match in _EVENT.finditer(wording.bare, clause.start, clause.end):
        initial = match.start() == clause.start
        listed = initial and _MODAL.search(wording.bare, match.end(), clause.end) is not None
        ending = (_LIST_END if listed else _EVENT_END).search(wording.bare, match.end(), clause.end)
        end = ending.start() if ending else clause.end
        span = Span(match.start(), min(end, clause.end))
        written = wording.raw[span.start : span.end].rstrip(" .;,")
        span = Span(span.start, span.start + len(written))
        if listed and (modal := _MODAL.search(wording.bare, match.end(), clause.end)):
            span = Span(span.start, modal.start())  # all that stands before the order tells the event
        found.append(TimeLimit(Deadline(written, inclusive="trước" not in match.group()), span, event=True))
    return found
