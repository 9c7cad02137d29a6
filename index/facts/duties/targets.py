"""How much: percentages, counted things and ranks to reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.directive import Span
from index.facts.duties.measures import before, counted, share_of
from index.facts.duties.wording import Wording, either, whole, words
from index.facts.records import Target

Comparator = Literal[">=", ">", "=", "<=", "<", "top"]

_LISTS: tuple[tuple[str, Comparator], ...] = (
    ("at_least", ">="),
    ("more_than", ">"),
    ("at_most", "<="),
    ("less_than", "<"),
)
_COMPARATORS: dict[str, Comparator] = {word: sign for key, sign in _LISTS for word in words(key)}
_COMPARED = re.compile(rf"{either('at_least', 'more_than', 'at_most', 'less_than')}\s+$")
_BOUND = re.compile(either("at_least", "at_most"))
_ONLY_BOUND = re.compile(rf"{either('at_least', 'at_most')}\s+$")
_VALUE = r"\d{1,3}(?:\.\d{3})+|\d+(?:[,.]\d+)?"
_PERCENT = re.compile(rf"(?<![\d,.])(?P<n>{_VALUE})\s*%?(?:\s*(?:-|–|đến)\s*(?P<m>{_VALUE}))?\s*%(?P<up>\s+trở lên)?")
_DIGITS = {
    word: index for index, word in enumerate(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), 1)
}
_TIME = whole(words("time_units"))
_COUNTED = re.compile(
    rf"(?<![\w,./-])(?P<n>{_VALUE}|{'|'.join(_DIGITS)})(?:(?:\s*[-–]\s*|\s+đến\s+)(?P<m>{_VALUE}))?\s+(?P<unit>{whole(words('units'))})"
    r"(?!\s+thứ)(?P<up>\s+trở lên)?"
)
# Behind "ít nhất" any noun is counted; a noun has two syllables, or one before a quotation or a stop.
_BOUNDED = re.compile(
    rf"{either('at_least', 'at_most')}\s+(?P<n>{_VALUE})(?P<m>(?!))?(?P<up>(?!))?\s+"
    rf"(?!{_TIME})(?P<unit>[^\W\d]+(?:\s+[^\W\d]+)?)"
)
_RANK = re.compile(
    rf"(?P<unit>{whole(words('ranks'))}|nhóm(?=\s+\d+\s+{either('ranked')}))\s+(?P<n>\d+)(?!\d)|"
    rf"(?P<place>(?:xếp|đứng)(?: vị trí| hạng)? thứ)\s+(?P<p>\d+)"
)
_LIST_GAP = 90  # characters between two things of one list that share "ít nhất"


@dataclass(frozen=True, slots=True)
class Number:
    """A target and where it stands; `span` holds its comparator, number and unit."""

    target: Target
    span: Span


def find_targets(wording: Wording, clause: Span) -> list[Number]:
    """The targets of a clause, in order."""
    raws: list[re.Match[str]] = []
    for pattern in (_PERCENT, _RANK, _COUNTED, _BOUNDED):
        matches = pattern.finditer(wording.open, clause.start, clause.end)
        raws += [
            match
            for match in matches
            if not any(match.end() > old.start() and match.start() < old.end() for old in raws)
        ]
    raws.sort(key=lambda match: match.start())
    found: list[Number] = []
    for index, match in enumerate(raws):
        if match.re is _COUNTED and match["n"] in _DIGITS and not _counts(wording, match):
            continue
        later = [other.start() for other in raws[index + 1 :] if match.re is not _PERCENT or other.re is _PERCENT]
        between = Span(found[-1].span.end if found else clause.start, later[0] if later else clause.end)
        found.append(_number(wording, match, between, found[-1] if found else None))
    return found


def _counts(wording: Wording, match: re.Match[str]) -> bool:
    """Whether a number in words is meant as one: "ít nhất một mô hình", "hai lần"."""
    bound = _ONLY_BOUND.search(wording.open[max(0, match.start() - 20) : match.start()])
    return bound is not None or match["unit"] == "lần"


def _number(wording: Wording, match: re.Match[str], between: Span, last: Number | None) -> Number:
    """The target of a match; `between` reaches from the number before it to the one behind it."""
    compared = _COMPARED.search(wording.open[between.start : match.start()])
    span = Span(between.start + compared.start() if compared else match.start(), match.end())
    if match.re is _RANK:
        unit = wording.plain[match.start() : match.end()].split()[0] if match["n"] else "thứ"
        return Number(Target(float(match["n"] or match["p"]), unit, before(wording, between, span), "top"), span)
    highest = _value(match["m"]) if match["m"] else None
    if match.re is _PERCENT:
        unit, measure = "%", share_of(wording, between, span)
    else:
        unit, measure = match["unit"], counted(wording, between, span, match.start("unit"))
    sign = _comparator(wording, match, between, last)
    return Number(Target(_value(match["n"]), unit, measure, sign, highest), span)


def _comparator(wording: Wording, match: re.Match[str], between: Span, last: Number | None) -> Comparator:
    """The word before the number; else "ít nhất" before its verb; else that of the list it stands in."""
    if match["up"]:
        return ">="
    inside = _BOUND.match(wording.open, match.start()) if match.re is _BOUNDED else None
    compared = inside or _COMPARED.search(wording.open[between.start : match.start()])
    if compared:
        return _COMPARATORS[compared.group().strip()]
    if match.re is _PERCENT:
        return "="
    bound = _BOUND.search(wording.open, between.start, match.start())
    if bound:
        return _COMPARATORS[bound.group()]
    listed = last is not None and last.target.unit != "%" and match.start() - last.span.end < _LIST_GAP
    return last.target.comparator if last and listed and last.target.comparator != "top" else "="


def _value(written: str) -> float:
    """A decimal comma, or points between thousands; "98.5" is taken as a decimal."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        return float(written.replace(".", ""))
    return float(_DIGITS.get(written, 0) or written.replace(",", "."))
