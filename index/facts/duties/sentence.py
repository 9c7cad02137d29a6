"""The duties of one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from index.directive import Directive, Span
from index.facts.duties.actors import Actor, coordinators, find_actor, is_told, lead_in, only_body, recipient
from index.facts.duties.bodies import is_action
from index.facts.duties.clauses import Clause, clauses_of, trim
from index.facts.duties.context import Context
from index.facts.duties.frequencies import Rate
from index.facts.duties.levels import levels_of, levels_told
from index.facts.duties.marks import Marks, Piece, carried_deadline, pieces
from index.facts.duties.wording import Wording, either
from index.facts.records import Deadline, Duty

_AIMS = re.compile(either("aims"))
_ENCOURAGES = re.compile(either("encourages"))
_PLACE = re.compile(r"\s*(?:ở|tại) (?=cấp )")


class Sentence:
    """Reads the clauses of one operative sentence in order; what the first says of time and body holds for the rest."""

    def __init__(self, directive: Directive, wording: Wording, provision_id: str, span: Span, context: Context) -> None:
        self._directive = directive
        self._wording = wording
        self._provision_id = provision_id
        self._context = context
        self._clauses = clauses_of(wording, span)
        self._aims = context.aims or _AIMS.search(wording.plain, span.start, span.end) is not None
        self.subject: Actor | None = None
        self.owner: Actor | None = None  # the subject where it opens the sentence: whose sentence it is
        self._listed = False  # whether the subject stands behind the sentence's colon
        self._deadline: Deadline | None = None
        self._rate: Rate | None = None
        self._partners: tuple[str, ...] = ()

    def duties(self) -> Iterator[Duty]:
        """The duties, in order."""
        for clause in self._clauses:
            marks = Marks.of(self._wording, clause.span)
            if is_told(self._wording, clause.span, marks.spans()):
                continue
            named = find_actor(self._wording, clause.span, marks.spans())
            if named is None and self._announces(clause):
                named = only_body(self._wording, clause.span)
            if named and self.subject is None:
                self.subject, self._listed = named, clause.listed
            if named and clause is self._clauses[0] and not marks.numbers:
                self.owner = named
            actor = named or self._inherited(clause, marks)
            yield from self._of_clause(clause, marks, actor, named is not None)
            self._carry(clause, marks)

    def _inherited(self, clause: Clause, marks: Marks) -> Actor | None:
        """The subject of the clauses before, where a verb or a list goes on with it; else the one above."""
        if self.subject is None:
            return self._context.actor.elsewhere(inferred=True) if self._context.actor else None
        if clause.listed and not self._listed:
            return self.subject.elsewhere(inferred=True)
        start = lead_in(self._wording, clause.span.start, clause.span.end, marks.spans())
        return self.subject if is_action(self._wording, start) else None

    def _carry(self, clause: Clause, marks: Marks) -> None:
        """Time that the sentence's head sets for its later clauses."""
        deadline = carried_deadline(marks.limits)
        if deadline and not clause.listed and self._deadline is None and self._heads(clause, marks):
            self._deadline = deadline
        if marks.frequencies and self._heads(clause, marks):
            self._rate = self._rate or marks.frequencies[0].rate

    def _heads(self, clause: Clause, marks: Marks) -> bool:
        """Whether the clause's first mark is at its beginning, before any verb but "phấn đấu"."""
        first = marks.spans()[0]
        before = self._wording.plain[clause.span.start : first.start]
        return clause is self._clauses[0] and not _AIMS.sub("", before).strip(" ,")

    def _of_clause(self, clause: Clause, marks: Marks, actor: Actor | None, named: bool) -> Iterator[Duty]:
        if self._announces(clause) and not marks:  # "cụ thể:", "2. Sở …:"
            return
        for piece in pieces(self._wording, clause.span, marks):
            governed = self._governed(clause, marks, piece)
            if governed.is_quantified or self._is_assignment(clause, governed, actor, named):
                yield self._duty(clause.span, governed, actor, named)

    def _governed(self, clause: Clause, marks: Marks, piece: Piece) -> Piece:
        """The piece with the time that the sentence's head or a lead-in sets for it."""
        rate, deadline = piece.rate, piece.deadline
        if piece.number and rate is None:
            rate = self._rate
        if deadline is None and (piece.number or not self._context.only_numbers):
            inherited = self._deadline or self._context.deadline
            deadline = inherited if piece.is_quantified or self._is_order(clause.span, marks) else None
        elif deadline is None and self._is_order(clause.span, marks):
            deadline = self._deadline
        return replace(piece, rate=rate, deadline=deadline)

    def _announces(self, clause: Clause) -> bool:
        return self._wording.raw[clause.span.end - 1] == ":"

    def _is_order(self, clause: Span, marks: Marks) -> bool:
        start = lead_in(self._wording, clause.start, clause.end, marks.spans())
        return is_action(self._wording, start) or find_actor(self._wording, clause, marks.spans()) is not None

    def _is_assignment(self, clause: Clause, piece: Piece, actor: Actor | None, named: bool) -> bool:
        """Whether an action without time or number is a duty: its body is named, or is the provision's own."""
        if actor is None:
            return False
        if piece.span.start == clause.span.start and named:
            return True
        bound = self.subject is not None or self._context.own
        return bound and is_action(self._wording, lead_in(self._wording, piece.span.start, piece.span.end))

    def _duty(self, clause: Span, piece: Piece, actor: Actor | None, named: bool) -> Duty:
        wording = self._wording
        partners = coordinators(wording, clause)
        if partners or named:
            self._partners = partners
        held = self._partners if actor else partners
        return Duty(
            document_id=self._directive.id,
            provision_id=self._provision_id,
            actor=actor.name if actor else None,
            coordinators=held,
            levels=self._levels(clause, actor, named, partners),
            task=self._task(clause, piece, actor if named else None),
            deadline=piece.deadline,
            frequency=piece.rate,
            target=piece.number.target if piece.number else None,
            recipient=recipient(wording, piece.span),
            strength=self._strength(piece),
            inferred=actor is not None and actor.inferred,
            span=trim(wording.raw, clause, ";"),
        )

    def _levels(self, clause: Span, actor: Actor | None, named: bool, partners: tuple[str, ...]) -> tuple[str, ...]:
        """Of the body; else of its place ("ở cấp xã do …"), of its partners; of the clause where it names no body."""
        level = self._directive.level
        if actor is None:
            return levels_told(clause.of(self._wording.raw), level)
        before = self._wording.raw[clause.start : actor.span.start] if named else ""
        place = before if _PLACE.match(before) else ""
        return levels_of(actor.name, level) or levels_of(place, level) or levels_of("; ".join(partners), level)

    def _task(self, clause: Span, piece: Piece, actor: Actor | None) -> str:
        """What is to be done, verbatim: from the verb to the end of the piece."""
        wording = self._wording
        if actor and piece.span.start <= actor.action < piece.span.end and piece.span.start == clause.start:
            start = actor.action
        else:
            marks = Marks.of(wording, piece.span)
            times = [rate.span for rate in marks.frequencies] + [limit.span for limit in marks.limits]
            start = lead_in(wording, piece.span.start, piece.span.end, times)
        share = Span(start, piece.span.end) if piece.share is None else piece.share
        span = trim(wording.raw, Span(max(start, share.start), max(start, share.end)), ",.;:/")
        return span.of(wording.raw) or clause.of(wording.raw)

    def _strength(self, piece: Piece) -> Literal["mandatory", "target", "encouraged"]:
        start = lead_in(self._wording, piece.span.start, piece.span.end)
        if _ENCOURAGES.match(self._wording.plain, start):
            return "encouraged"
        return "target" if self._aims and piece.is_quantified else "mandatory"
