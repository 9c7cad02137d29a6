"""How well duties are read: against the reference table `gold/facts/duties.jsonl`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from evaluation.facts_gold import Alter, load_facts_gold, quoted
from index.directive import Directive, Span
from index.facts.duties import read_duties
from index.facts.records import Deadline, Duty
from index.normalise.keys import accented_syllables

_DETERMINERS = re.compile(r"\b(?:các|những|mọi|đồng chí)\s+", re.IGNORECASE)
_PARTS = re.compile(r"[,;]\s*(?:và\s+)?|\s+và\s+|\s+hoặc\s+")


@dataclass(frozen=True, slots=True)
class GoldDuty:
    """One row of the reference table; `doubtful` ones count neither as missed nor as wrong."""

    id: str
    kind: Literal["quantified", "assigned"]
    actor: str | None
    levels: tuple[str, ...]
    deadline: dict[str, Any] | None
    frequency: str | None
    target: dict[str, Any] | None
    quote: str
    doubtful: bool
    span: Span


@dataclass(frozen=True, slots=True)
class DutyScores:
    """Counts and shares (0 to 1) over the given directives; the lists name what to look at."""

    quantified: int  # reference records that are not doubtful
    quantified_recall: float
    quantified_precision: float
    deadline_right: float  # of the quantified ones found
    target_right: float
    frequency_right: float
    actor_right: float
    levels_right: float
    assigned: int
    assigned_recall: float
    mistakes: tuple[str, ...] = field(default=())

    def lines(self) -> list[str]:
        """The scores as lines to print."""
        return [
            f"quantified: {self.quantified} in the reference, recall {self.quantified_recall:.3f}, "
            f"precision {self.quantified_precision:.3f}",
            f"of those found: deadline right {self.deadline_right:.3f}, target {self.target_right:.3f}, "
            f"frequency {self.frequency_right:.3f}, actor {self.actor_right:.3f}, levels {self.levels_right:.3f}",
            f"assigned: {self.assigned} in the reference, recall {self.assigned_recall:.3f}",
            *self.mistakes,
        ]


def load_gold(directives: Mapping[str, Directive], alter: Alter | None = None) -> dict[str, list[GoldDuty]]:
    """The reference records of these directives; raises ValueError where a quotation does not stand in its text."""
    found: dict[str, list[GoldDuty]] = {name: [] for name in directives}
    for row in load_facts_gold("duties", directives, alter):
        directive = directives[row["document_id"]]
        names = ("id", "kind", "actor", "deadline", "frequency", "target", "doubtful")
        chosen = {name: row[name] for name in names}
        (span,) = quoted(row, directive)
        quote = span.of(directive.text)
        found[directive.id].append(GoldDuty(levels=tuple(row["levels"]), span=span, quote=quote, **chosen))
    return found


def score_duties(directives: Mapping[str, Directive], alter: Alter | None = None) -> DutyScores:
    """Read the duties of these directives and compare them with the reference, one to one."""
    tally = _Tally()
    for name, gold in load_gold(directives, alter).items():
        tally.add(gold, read_duties(directives[name]), directives[name].text)
    return tally.scores()


class _Tally:
    def __init__(self) -> None:
        self._pairs: list[tuple[GoldDuty, Duty]] = []
        self._missed: list[GoldDuty] = []
        self._wrong = 0
        self._mistakes: list[str] = []

    def add(self, gold: list[GoldDuty], duties: list[Duty], text: str) -> None:
        """Match one directive's duties; what matches only a doubtful record is left out of account."""
        quantified = [duty for duty in duties if is_quantified(duty)]
        certain = [row for row in gold if row.kind == "quantified" and not row.doubtful]
        matched = match(certain, quantified)
        rest = [duty for duty in quantified if all(duty is not found for _, found in matched)]
        ignored = match([row for row in gold if row.doubtful], rest)
        wrong = [duty for duty in rest if all(duty is not found for _, found in ignored)]
        assigned = [row for row in gold if row.kind == "assigned" and not row.doubtful]
        others = [duty for duty in duties if all(duty is not found for _, found in matched)]
        matched += match(assigned, others)
        self._pairs += matched
        found_ids = {row.id for row, _ in matched}
        self._missed += [row for row in (*certain, *assigned) if row.id not in found_ids]
        self._wrong += len(wrong)
        self._mistakes += [f"extra    {_short(duty)} | {duty.span.of(text)[:160]}" for duty in wrong]

    def scores(self) -> DutyScores:
        """The shares over all that was added."""
        found = [(row, duty) for row, duty in self._pairs if row.kind == "quantified"]
        missed = [row for row in self._missed if row.kind == "quantified"]
        led = sum(row.kind == "assigned" for row, _ in self._pairs)
        assigned = led + len(self._missed) - len(missed)
        checks = {
            "deadline": [same_deadline(row.deadline, duty.deadline) for row, duty in found],
            "target": [_same_value(row, duty) for row, duty in found],
            "frequency": [row.frequency == duty.frequency for row, duty in found],
            "actor": [_same_actor(row.actor, duty.actor) for row, duty in found],
            "levels": [row.levels == duty.levels for row, duty in found],
        }
        mistakes = [f"missed   {row.id} {row.kind}: {row.quote[:160]}" for row in self._missed]
        for name, right in checks.items():
            wrong = [pair for pair, ok in zip(found, right, strict=True) if not ok]
            mistakes += [f"{name:<9}{row.id}: {_gold_value(row, name)} | {_short(duty)}" for row, duty in wrong]
        return DutyScores(
            quantified=len(found) + len(missed),
            quantified_recall=_share(len(found), len(found) + len(missed)),
            quantified_precision=_share(len(found), len(found) + self._wrong),
            deadline_right=_share(sum(checks["deadline"]), len(found)),
            target_right=_share(sum(checks["target"]), len(found)),
            frequency_right=_share(sum(checks["frequency"]), len(found)),
            actor_right=_share(sum(checks["actor"]), len(found)),
            levels_right=_share(sum(checks["levels"]), len(found)),
            assigned=assigned,
            assigned_recall=_share(led, assigned),
            mistakes=(*mistakes, *self._mistakes),
        )


def is_quantified(duty: Duty) -> bool:
    """Whether a duty has a time, a frequency or a number."""
    return duty.deadline is not None or duty.frequency is not None or duty.target is not None


def match(gold: list[GoldDuty], duties: Iterable[Duty]) -> list[tuple[GoldDuty, Duty]]:
    """Pairs of a record and a duty that agree, each in one pair; as many as possible, the best agreeing first."""
    rows = list(duties)
    options = {row.id: [i for i in _by_agreement(row, rows) if agrees(row, rows[i])] for row in gold}
    taken: dict[int, GoldDuty] = {}

    def place(row: GoldDuty, tried: set[int]) -> bool:
        for index in options[row.id]:
            if index in tried:
                continue
            tried.add(index)
            if index not in taken or place(taken[index], tried):
                taken[index] = row
                return True
        return False

    for row in gold:
        place(row, set())
    return [(row, rows[index]) for index, row in taken.items()]


def _by_agreement(row: GoldDuty, duties: list[Duty]) -> list[int]:
    def rank(index: int) -> tuple[bool, bool, bool, int]:
        duty = duties[index]
        exact = abs(duty.span.start - row.span.start) + abs(duty.span.end - row.span.end)
        same = same_deadline(row.deadline, duty.deadline)
        return (not same, row.frequency != duty.frequency, not _same_actor(row.actor, duty.actor), exact)

    return sorted(range(len(duties)), key=rank)


def agrees(row: GoldDuty, duty: Duty) -> bool:
    """Spans that share half of the shorter, and the same number, else frequency, else time, else body."""
    shared = min(row.span.end, duty.span.end) - max(row.span.start, duty.span.start)
    shorter = min(row.span.end - row.span.start, duty.span.end - duty.span.start)
    if shared * 2 < shorter:
        return False
    if row.kind == "assigned":
        return _same_actor(row.actor, duty.actor)
    if row.target is not None:
        return _same_value(row, duty)
    if row.frequency is not None:
        return duty.target is None and row.frequency == duty.frequency
    return duty.target is None and same_deadline(row.deadline, duty.deadline)


def same_deadline(gold: dict[str, Any] | None, read: Deadline | None) -> bool:
    """Whether two deadlines mean the same time; those without a calendar value are compared as written."""
    if gold is None or read is None:
        return gold is None and read is None
    names = ("date", "quarter", "year", "month_day")
    values = [gold.get(name) for name in names]
    if any(values):
        return values == [getattr(read, name) for name in names]
    return accented_syllables(str(gold["written"])) == accented_syllables(read.written)


def _same_value(row: GoldDuty, duty: Duty) -> bool:
    if row.target is None or duty.target is None:
        return row.target is None and duty.target is None
    value = (float(row.target["value"]), row.target["unit"], row.target["value_max"])
    return value == (duty.target.value, duty.target.unit, duty.target.value_max)


def _same_actor(gold: str | None, read: str | None) -> bool:
    """Whether two names share a body: one part of the one begins with a part of the other."""
    if gold is None or read is None:
        return gold is read
    firsts, seconds = _bodies(gold), _bodies(read)
    return any(a[: len(b)] == b or b[: len(a)] == a for a in firsts for b in seconds)


def _bodies(name: str) -> list[list[str]]:
    parts = (_DETERMINERS.sub("", f"{part} ").strip() for part in _PARTS.split(name))
    return [accented_syllables(part) for part in parts if part]


def _short(duty: Duty) -> str:
    limit = duty.deadline.written if duty.deadline else None
    number = f"{duty.target.value:g} {duty.target.unit}" if duty.target else None
    return f"{duty.actor} | {duty.frequency} | {limit} | {number} | {duty.levels}"


def _gold_value(row: GoldDuty, name: str) -> object:
    return getattr(row, "levels" if name == "levels" else name)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
