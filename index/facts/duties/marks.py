"""What a clause says of time and number, and which records that makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from index.directive import Span
from index.facts.duties.bodies import FURTHER, has_action
from index.facts.duties.deadlines import TimeLimit, find_deadlines
from index.facts.duties.frequencies import Frequency, Rate, find_frequencies
from index.facts.duties.targets import Number, find_targets
from index.facts.duties.wording import Wording, either
from index.facts.records import Deadline

_Mark = TypeVar("_Mark", Frequency, TimeLimit)
_COMMA_BEFORE = re.compile(r",\s+(?:và\s+|đồng thời\s+)?$")
_DIVIDES = re.compile(
    r"(?P<mark>,\s+(?:và\s+)?|\s+và\s+)"
    rf"(?:(?:(?:trong đó|có|và|đạt)\s+)*(?:$|{either('measures')})|trong đó|{either('action_verbs')})"
)
_VERB_AFTER = re.compile(rf"(?:,\s+(?:và\s+)?|\s+và\s+)(?={either('action_verbs')})")
_FINISHED = re.compile(r"(?:hoàn thành|xong|kết thúc)\s*(?:việc này\s*)?$")


@dataclass(frozen=True, slots=True)
class Marks:
    """The frequencies, time limits and numbers of a clause, each in order."""

    frequencies: list[Frequency]
    limits: list[TimeLimit]
    numbers: list[Number]

    @classmethod
    def of(cls, wording: Wording, clause: Span) -> Marks:
        """Find them; a number or a limit inside another mark is none of its own."""
        limits = find_deadlines(wording, clause)
        numbers = [
            number
            for number in find_targets(wording, clause)
            if not any(number.span.overlaps(limit.span) for limit in limits)
        ]
        frequencies = find_frequencies(wording, clause)
        return cls(frequencies, limits, numbers)

    def spans(self) -> list[Span]:
        """Where they stand, in order."""
        marks: list[Frequency | TimeLimit | Number] = [*self.frequencies, *self.limits, *self.numbers]
        return sorted(mark.span for mark in marks)

    def __bool__(self) -> bool:
        return bool(self.frequencies or self.limits or self.numbers)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a clause with its own time or number; with neither, an action."""

    span: Span
    rate: Rate | None = None
    deadline: Deadline | None = None
    number: Number | None = None
    share: Span | None = None  # of several numbers in a list, the part that holds this one

    @property
    def is_quantified(self) -> bool:
        """Whether it has a time or a number."""
        return bool(self.rate or self.deadline or self.number)


def pieces(wording: Wording, clause: Span, marks: Marks) -> Iterator[Piece]:
    """One for each number; without numbers, one for each frequency or time limit with the verbs that it governs."""
    if marks.numbers:
        for number in marks.numbers:
            rate = _nearest([rate for rate in marks.frequencies if _applies(wording, rate, number)], number.span)
            limit = _nearest(marks.limits, number.span)
            share = _share(wording, clause, marks.numbers, number)
            yield Piece(clause, rate.rate if rate else None, limit.deadline if limit else None, number, share)
        return
    cuts = [clause.start, *_cuts(wording, clause, marks), clause.end]
    for first, last in pairwise(cuts):
        part = Span(first, last)
        rates = [frequency for frequency in marks.frequencies if part.contains(frequency.span)]
        limits = [limit for limit in marks.limits if part.contains(limit.span)]
        for rate, limit in _paired(rates, limits):
            yield Piece(part, rate.rate if rate else None, limit.deadline if limit else None)


def _applies(wording: Wording, rate: Frequency, number: Number) -> bool:
    """Whether a frequency may govern a number: "/năm" governs only the number that it follows."""
    if not wording.plain.startswith("/", rate.span.start):
        return True
    return 0 <= rate.span.start - number.span.end <= 1


def _share(wording: Wording, clause: Span, numbers: list[Number], number: Number) -> Span:
    """The part of a list of numbers that holds this one: between the commas (or "và") around it."""
    start, end = clause.start, clause.end
    for before, after in pairwise(numbers):
        gap = _DIVIDES.search(wording.bare[: after.span.start], before.span.end)
        if gap and after.span.start <= number.span.start:
            start = gap.end("mark")
        elif gap and end == clause.end:
            end = gap.start()
    return Span(start, end)


def _paired(rates: list[Frequency], limits: list[TimeLimit]) -> list[tuple[Frequency | None, TimeLimit | None]]:
    """Each time limit with the frequency before it ("hằng quý (trước ngày …)"), each frequency at least once."""
    if len(rates) <= 1 or not limits:
        only = rates[0] if len(rates) == 1 else None
        return [(only, limit) for limit in limits] or [(rate, None) for rate in rates] or [(None, None)]
    pairs: list[tuple[Frequency | None, TimeLimit | None]] = [(_nearest(rates, limit.span), limit) for limit in limits]
    paired = [rate for rate, _ in pairs]
    return pairs + [(rate, None) for rate in rates if rate not in paired]


def _cuts(wording: Wording, clause: Span, marks: Marks) -> list[int]:
    """Where a part of its own begins: at a frequency behind a comma and a verb, at "và tiến hành … vào năm …"."""
    cuts: list[int] = []
    for frequency in marks.frequencies:
        start = cuts[-1] if cuts else clause.start
        opens = _COMMA_BEFORE.search(wording.plain[start : frequency.span.start])
        if opens and has_action(wording, start, frequency.span.start):
            cuts.append(frequency.span.start)
    for limit in marks.limits:
        start = max((cut for cut in cuts if cut <= limit.span.start), default=clause.start)
        further = list(FURTHER.finditer(wording.bare, start, limit.span.start))
        at_end = not wording.plain[limit.span.end : clause.end].strip(" .;")
        if further and at_end and not _FINISHED.search(wording.plain[start : limit.span.start].rstrip()):
            cuts.append(further[-1].start())
    for first, second in pairwise(marks.limits):
        further = list(_VERB_AFTER.finditer(wording.bare, first.span.end, second.span.start))
        cuts += [further[0].start()] if further else []
    return sorted(set(cuts))


def _nearest(marks: list[_Mark], span: Span) -> _Mark | None:
    """The last mark before a number, else the first behind it."""
    before = [mark for mark in marks if mark.span.start <= span.start]
    return before[-1] if before else (marks[0] if marks else None)


def carried_deadline(limits: list[TimeLimit]) -> Deadline | None:
    """The calendar time that a clause hands on to those behind it; an event belongs to its own clause."""
    return next((limit.deadline for limit in limits if not limit.event), None)
