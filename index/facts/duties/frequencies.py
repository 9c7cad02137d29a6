"""How often: "hằng năm", "mỗi quý", "định kỳ"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.directive import Span
from index.facts.duties.bodies import describes
from index.facts.duties.wording import Wording, whole, words

Rate = Literal["year", "quarter", "month", "regular"]

_LISTS: tuple[tuple[str, Rate], ...] = (
    ("yearly", "year"),
    ("quarterly", "quarter"),
    ("monthly", "month"),
    ("regularly", "regular"),
)
_RATES: dict[str, Rate] = {word: rate for key, rate in _LISTS for word in words(key)}
_PER = [word for word in _RATES if word.startswith("/")]
_WORDS = [word for word in _RATES if not word.startswith("/")]
# "6 tháng" is how often in a list of periods ("6 tháng, một năm"), and how long elsewhere.
_HALF = r"(?:6|06|sáu) tháng(?: đầu năm| một lần|/lần)?(?=\s*[,(]|\s+(?:và|báo cáo|sơ kết)(?!\w))"
_HALF_FIRST = re.compile(_HALF)
_HALF_LISTED = rf"(?:(?<=định kỳ )|(?<=, )|(?<=và )|(?<=hằng )|(?<=hàng )){_HALF}"
_FREQUENCY = re.compile(rf"{_HALF_LISTED}|{whole(sorted(_WORDS, key=len, reverse=True))}|(?:{'|'.join(_PER)})(?!\w)")
# "hằng tháng, quý, năm": the later nouns go without their "hằng".
_FURTHER = re.compile(r"(?:,| và|, và)\s+(?P<noun>quý|năm|tháng|6 tháng|06 tháng)(?!\w|\s+\d)")
_NOUNS: dict[str, Rate] = {"quý": "quarter", "năm": "year", "tháng": "month"}
_THING = re.compile(rf"{whole(words('regular_things'))}\s+$")


@dataclass(frozen=True, slots=True)
class Frequency:
    """One word of frequency and where it stands."""

    rate: Rate
    span: Span


def find_frequencies(wording: Wording, clause: Span) -> list[Frequency]:
    """The frequencies of a clause, in order; "định kỳ" beside a definite one ("định kỳ hằng quý") is one with it."""
    found: list[Frequency] = []
    for match in _FREQUENCY.finditer(wording.open[: clause.end], clause.start):
        if match.group() == "thường xuyên" and _is_attribute(wording, clause, match):
            continue
        if found and match.start() < found[-1].span.end:
            continue
        found.append(Frequency(_RATES.get(match.group(), "regular"), Span(*match.span())))
        found += _further(wording, match.end(), clause.end) if match.group()[:4] in ("hằng", "hàng") else []
    half = _HALF_FIRST.match(wording.open, clause.start, clause.end)
    if half:
        found.insert(0, Frequency("regular", Span(*half.span())))
    return _merged(wording, found)


def _further(wording: Wording, start: int, end: int) -> list[Frequency]:
    found: list[Frequency] = []
    while match := _FURTHER.match(wording.open, start, end):
        found.append(Frequency(_NOUNS.get(match["noun"], "regular"), Span(*match.span("noun"))))
        start = match.end()
    return found


def _is_attribute(wording: Wording, clause: Span, match: re.Match[str]) -> bool:
    if _THING.search(wording.open[clause.start : match.start()]):
        return True
    return describes(wording, clause.start, match, clause.end)


def _merged(wording: Wording, found: list[Frequency]) -> list[Frequency]:
    """One of two neighbours, the definite one; "thường xuyên, định kỳ" are one as well."""
    merged: list[Frequency] = []
    for frequency in found:
        last = merged[-1] if merged else None
        beside = last and not wording.open[last.span.end : frequency.span.start].strip(" ,")
        vague = last and last.rate == "regular" and "tháng" not in last.span.of(wording.plain)
        if last and beside and (vague or frequency.rate == last.rate):
            merged[-1] = Frequency(frequency.rate, Span(merged[-1].span.start, frequency.span.end))
        else:
            merged.append(frequency)
    return merged
