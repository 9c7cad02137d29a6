"""What a number measures, in the text's words."""

from __future__ import annotations

import re

from index.directive import Span
from index.facts.duties.clauses import trim
from index.facts.duties.wording import Wording, either, words

_COMPARED = either("at_least", "more_than", "at_most", "less_than")
_MEASURE = re.compile(either("measures"))
_REACHED = re.compile(rf"(?<!\w)(?:đạt|tăng|giảm|còn|xuống|lên)\s+(?:(?:{_COMPARED}|từ)\s+)?$")
_STATED = re.compile(r"[\s,]+(?:nằm|xếp|đứng|đạt|tăng|giảm|thuộc|lọt|vào|trong|mức|lên|xuống|còn|có|từ)$")
_CUT = re.compile(r",\s+(?=trong đó|\d)|\s+và\s+(?=\d)|[;:]")
_NEXT_ACTION = re.compile(rf"\s+và\s+(?={either('action_verbs')})")
_INTRODUCED = re.compile(
    rf"\s*(?:(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần)|trong đó|{either('at_least')}|phấn đấu"
    r"|(?:đến|vào|trong) năm \d{4}|và|,|\+|-|\s)+"
)
_TRAILING = re.compile(r"\s*/\s*(?:năm|quý|tháng)$|\s+(?:ít nhất|tối thiểu|trên|hằng năm|và)$")


def share_of(wording: Wording, between: Span, number: Span) -> str:
    """Of what a percentage is: the words behind it, or in front of it where they name an index that reaches it."""
    named = _MEASURE.search(wording.open, between.start, number.start)
    reached = _REACHED.search(wording.open[between.start : number.start])
    rest = wording.raw[number.end : between.end].strip()
    if not rest or not rest[0].isalpha() or (named and reached):
        return before(wording, Span(named.start() if named else between.start, between.end), number)
    return _behind(wording, number.end, between.end)


def counted(wording: Wording, between: Span, number: Span, unit: int) -> str:
    """What is counted: the unit (at `unit`) and the words behind it; of "lần" and the like the verb before it."""
    if wording.plain[unit : number.end] in words("scale_units"):
        return before(wording, between, number) or _behind(wording, number.end, between.end)
    action = _NEXT_ACTION.search(wording.bare, number.end, between.end)
    return _behind(wording, unit, action.start() if action else between.end)


def _behind(wording: Wording, start: int, end: int) -> str:
    """The words behind a number, up to the next number of the list."""
    cut = _CUT.search(wording.bare, start, end)
    span = trim(wording.raw, Span(start, cut.start() if cut else end), ",.;:")
    return _TRAILING.sub("", span.of(wording.raw))


def before(wording: Wording, between: Span, number: Span) -> str:
    """The words before a number: its subject, or the verb that it counts; without what introduces them."""
    introduced = _INTRODUCED.match(wording.open, between.start, number.start)
    begin = introduced.end() if introduced else between.start
    for action in _NEXT_ACTION.finditer(wording.open, begin, number.start):
        if wording.open[between.start - 1 : between.start].strip():  # behind another number of the clause
            begin = action.end()
    text = wording.raw[begin : number.start]
    while cut := _STATED.search(text.rstrip()):
        text = text[: cut.start()]
    return text.strip(" ,.;:")
