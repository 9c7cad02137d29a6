"""What a strategy is: it proposes candidates for a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.answering.answer import Basis, Choice, Notice, Status
from bot.question.question import Question
from index.directive import Directive, Provision, Span
from index.filters import Filters
from index.library import Library


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span, with the provision and the directive in which it stands."""

    directive: Directive
    provision: Provision
    span: Span


def evidence_at(directive: Directive, span: Span) -> Evidence:
    """A span with the provision whose own text it begins in."""
    return Evidence(directive, directive.provision_at(span.start) or directive.provisions[0], span)


def first_line(directive: Directive, span: Span) -> Evidence:
    """The first line of a unit that may have others below it."""
    end = directive.text.find("\n", span.start, span.end)
    unit = directive.provision_at(span.start)
    if unit and unit.heading and unit.heading.start > end > 0:  # "Chương I" stands in a line of its own
        end = unit.heading.end
    return evidence_at(directive, Span(span.start, end if end > 0 else span.end))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer: its text with [n] marks, the evidence for mark n at position n-1, and how sure it is.

    A candidate of status *not_found* says what the directives do not state; its evidence is the nearest passage.
    """

    strategy: str
    text: str
    evidence: tuple[Evidence, ...]
    basis: Basis | None
    confidence: float  # 0 to 1
    status: Status = "answered"
    notices: tuple[Notice, ...] = ()
    choices: tuple[Choice, ...] = ()


class Strategy(Protocol):
    """Proposes answers of one kind; a new one is a new file and a line in the assistant's list."""

    name: str

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """Candidates, best first; none where this kind of answer does not fit."""
        ...
