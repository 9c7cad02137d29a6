"""Who leads a clause, who coordinates, who gets the report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.directive import Span
from index.facts.duties.bodies import (
    Subject,
    head_at,
    is_only_name,
    leads,
    name_at,
    separate,
    states_result,
    subject_at,
)
from index.facts.duties.clauses import trim
from index.facts.duties.wording import Wording, either, words

_ORDER = re.compile(rf"{either('ordering_verbs')}\s+")
_AGENT = re.compile(r"(?<!\w)(?:do|thì|phải được|cần được)\s+")
_STRONG = re.compile(either("lead_verbs"))
_BEFORE_HEAD = re.compile(r"(?<![\w/])(?=\w)")
_LEADING = re.compile(
    rf"[\s,+–-]+|\([^()]{{0,120}}\)|{either('connectives')}"
    r"|(?:ở|tại) cấp [^;:.]{0,60}?(?=do\s)|(?:ở|tại) cấp [^;:.,]{0,40}(?=,\s)"
)
_ADVERBIAL = re.compile(either("adverbials"))
_JOIN = re.compile(rf"(?:{either('joining')})\s+")
_REPORT = re.compile(rf"(?:{either('reporting')})\s+")
_WITHIN = re.compile(r"\s*\((?:qua|thông qua) [^()]{3,60}\)")
_PLURAL = ("các ", "những ", "mọi ")


@dataclass(frozen=True, slots=True)
class Actor:
    """A lead body as written, where its name stands and where what it must do begins."""

    name: str
    span: Span
    action: int
    inferred: bool = False

    def elsewhere(self, inferred: bool) -> Actor:
        """The same body as the subject of another clause."""
        return replace(self, inferred=inferred)


def lead_in(wording: Wording, start: int, end: int, marks: Iterable[Span] = ()) -> int:
    """Where the subject or the verb of a clause begins: behind times, percentages and connectives."""
    spans = sorted(marks)
    position = start
    while position < end:
        marked = next((span for span in spans if span.start <= position < span.end), None)
        match = _LEADING.match(wording.plain, position, end)
        if marked:
            position = marked.end
        elif match and match.group():
            position = match.end()
        else:
            break
    return position


def find_actor(wording: Wording, clause: Span, marks: Iterable[Span] = ()) -> Actor | None:
    """The body that a clause itself names as the one who must act."""
    start = lead_in(wording, clause.start, clause.end, marks)
    for read in (_ordered, _initial, _behind_adverbial, _agent, _in_charge):
        subject = read(wording, start, clause.end)
        if subject is not None:
            span = subject.span
            return Actor(wording.raw[span.start : span.end], span, subject.action)
    return None


def only_body(wording: Wording, span: Span) -> Actor | None:
    """The body that a heading, or the words before a colon, name and nothing else."""
    if not is_only_name(wording, span):
        return None
    name = trim(wording.raw, span, ":.;,")
    return Actor(name.of(wording.raw), name, name.end)


def addressed(wording: Wording, sentence: Span) -> Actor | None:
    """The body that an order addresses ("… yêu cầu các cấp ủy …"); the one that gives it does not count."""
    subject = _ordered(wording, sentence.start, sentence.end)
    return Actor(subject.span.of(wording.raw), subject.span, subject.action) if subject else None


def _acting(wording: Wording, start: int, end: int) -> Subject | None:
    subject = subject_at(wording, start, end)
    return None if subject is None or states_result(subject) else subject


def _initial(wording: Wording, start: int, end: int) -> Subject | None:
    return _acting(wording, start, end)


def _ordered(wording: Wording, start: int, end: int) -> Subject | None:
    """ "Giao Sở … chủ trì", "… yêu cầu các cấp ủy … thực hiện": the object of the order."""
    match = _ORDER.match(wording.plain, start, end)
    if match is None:
        opening = subject_at(wording, start, end)
        match = _ORDER.match(wording.plain, opening.action, end) if opening else None
    if match is None:
        match = re.compile(r"[^;:]*?[,;]\s+(?:[^;:,]{0,80}?\s)?(?:yêu cầu|đề nghị|giao)\s+").match(
            wording.plain, start, end
        )
    return _acting(wording, match.end(), end) if match else None


def _behind_adverbial(wording: Wording, start: int, end: int) -> Subject | None:
    """ "Căn cứ …, các Sở …": the first name behind a comma that is a plural or a proper name."""
    if not _ADVERBIAL.match(wording.plain, start):
        return None
    for comma in re.finditer(r",\s+", wording.bare[start:end]):
        position = start + comma.end()
        proper = wording.raw[position : position + 1].isupper() or wording.plain.startswith(_PLURAL, position)
        if proper and (subject := _acting(wording, position, end)):
            return subject
    return None


def _agent(wording: Wording, start: int, end: int) -> Subject | None:
    """ "do đồng chí … làm trưởng ban", "phải được các cơ quan … giải quyết"."""
    for match in _AGENT.finditer(wording.bare, start, end):
        if subject := _acting(wording, match.end(), end):
            return subject
    return None


def _in_charge(wording: Wording, start: int, end: int) -> Subject | None:
    """A body in the middle of a clause, directly before a verb of charge."""
    verb = _STRONG.search(wording.bare, start, end)
    if verb is None or verb.start() == start:
        return None
    for match in _BEFORE_HEAD.finditer(wording.bare, start, verb.start()):
        if not head_at(wording, match.start()) or wording.plain[: match.start()].endswith(("của ", "với ", "cho ")):
            continue
        subject = subject_at(wording, match.start(), end)
        if subject and subject.action == verb.start() and leads(wording, subject):
            return subject
    return None


def coordinators(wording: Wording, clause: Span) -> tuple[str, ...]:
    """The bodies with which the clause says to work ("phối hợp với …"), each as written."""
    found: list[str] = []
    for match in _JOIN.finditer(wording.bare, clause.start, clause.end):
        name = name_at(wording, match.end(), clause.end)
        if name is not None:
            found += [body for body in separate(wording, name) if body not in found]
    return tuple(found)


def recipient(wording: Wording, clause: Span) -> str | None:
    """The body that gets a report ("báo cáo …", "gửi … (qua …)")."""
    for match in _REPORT.finditer(wording.bare, clause.start, clause.end):
        name = name_at(wording, match.end(), clause.end)
        if name is None:
            continue
        through = _WITHIN.match(wording.raw, name.end, clause.end)
        return wording.raw[name.start : through.end() if through else name.end]
    return None


def is_told(wording: Wording, clause: Span, marks: Iterable[Span] = ()) -> bool:
    """Whether a clause tells what is or was: its subject is followed by "đã", "được", "còn"."""
    subject = subject_at(wording, lead_in(wording, clause.start, clause.end, marks), clause.end)
    return subject is not None and subject.verb in words("told")
