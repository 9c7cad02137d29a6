"""What stands above a clause and still governs it: the body of a heading, the deadline of a lead-in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.directive import Kind, Provision, Span
from index.facts.duties.actors import Actor, addressed, find_actor, only_body
from index.facts.duties.deadlines import find_deadlines
from index.facts.duties.marks import Marks, carried_deadline
from index.facts.duties.wording import Wording, either
from index.facts.records import Deadline

_AIMS = re.compile(either("aims", "aim_lists"))
_TOWARDS = re.compile(r"(?:trách nhiệm của|nhiệm vụ của|đối với|đề nghị|giao|yêu cầu)\s+")


@dataclass(frozen=True, slots=True)
class Context:
    """What a provision inherits.

    `actor` is bound by what follows; `own` says that it is the provision's own body, so that every action below is its
    duty, and not one of the many that a document's lead-in addresses. `deadline` is of a lead-in; `only_numbers` says
    that it governs only what has a number.
    """

    actor: Actor | None = None
    own: bool = False
    deadline: Deadline | None = None
    only_numbers: bool = False
    aims: bool = False

    def below(self, actor: Actor | None) -> Context:
        """The context of what stands below a provision whose own body is this one."""
        return replace(self, actor=actor, own=True) if actor else self


def under_heading(wording: Wording, provision: Provision, context: Context) -> Context:
    """The context below a heading: "4. Sở Nội vụ" names the body, "Mục tiêu đến năm 2030" the time."""
    if provision.heading is None:
        return context
    heading = provision.heading
    if wording.raw[heading.end - 1] == ":":
        return under_lead_in(wording, heading, context, provision.kind)
    start = _towards(wording, heading)
    actor = only_body(wording, Span(start, heading.end))
    if actor:
        context = replace(context, actor=actor.elsewhere(inferred=True), own=True)
    deadline = carried_deadline(find_deadlines(wording, heading))
    if deadline:
        context = replace(context, deadline=deadline, only_numbers=True)
    return context


def under_lead_in(wording: Wording, sentence: Span, context: Context, kind: Kind) -> Context:
    """The context of the list that a sentence with a colon at its end announces."""
    marks = Marks.of(wording, sentence)
    start = _towards(wording, sentence)
    if kind is Kind.PREAMBLE:
        actor = addressed(wording, sentence)
    else:
        actor = find_actor(wording, sentence, marks.spans()) or only_body(wording, Span(start, sentence.end))
    if actor:
        context = replace(context, actor=actor.elsewhere(inferred=True), own=kind is not Kind.PREAMBLE)
    deadline = carried_deadline(marks.limits)
    if deadline:
        context = replace(context, deadline=deadline, only_numbers=False)
    aims = _AIMS.search(wording.plain, sentence.start, sentence.end) is not None
    return replace(context, aims=context.aims or aims)


def _towards(wording: Wording, span: Span) -> int:
    match = _TOWARDS.match(wording.plain, span.start, span.end)
    return match.end() if match else span.start
