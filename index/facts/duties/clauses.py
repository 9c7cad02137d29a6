"""A provision's own text as sentences, and a sentence as clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.directive import Provision, Span
from index.facts.duties.wording import Wording
from index.structure.sentences import sentences

_SEMICOLON = re.compile(r";")
# A colon opens a list of clauses, not one of examples ("như:", "gồm:").
_COLON = re.compile(r"(?<!như)(?<!gồm)(?<!ví dụ):(?=\s)")
_SPACE = " \n\t"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between semicolons; `listed` where a colon announced it."""

    span: Span
    listed: bool


def own_sentences(wording: Wording, provision: Provision) -> Iterator[Span]:
    """The sentences of a provision's own text, without its label and heading."""
    for span in provision.spans:
        start = span.start
        if provision.heading and span.contains(provision.heading):
            start = provision.heading.end
        elif provision.label and wording.raw.startswith(provision.label, start):
            start += len(provision.label)
        for sentence in sentences(wording.raw, Span(start, span.end)):
            trimmed = trim(wording.raw, sentence)
            if trimmed.end - trimmed.start > 3:
                yield trimmed


def clauses_of(wording: Wording, sentence: Span) -> list[Clause]:
    """The clauses of a sentence; quotations and brackets are not cut."""
    found: list[Clause] = []
    colon = _COLON.search(wording.bare, sentence.start, sentence.end)
    head_end = colon.end() if colon else sentence.end
    for first, last, listed in ((sentence.start, head_end, False), (head_end, sentence.end, True)):
        start = first
        for match in _SEMICOLON.finditer(wording.bare, first, last):
            found.append(Clause(trim(wording.raw, Span(start, match.end())), listed))
            start = match.end()
        if start < last:
            found.append(Clause(trim(wording.raw, Span(start, last)), listed))
    return [clause for clause in found if clause.span.end - clause.span.start > 1]


def trim(text: str, span: Span, marks: str = "") -> Span:
    """The span without white space, and without these marks, at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _SPACE + marks:
        start += 1
    while end > start and text[end - 1] in _SPACE + marks:
        end -= 1
    return Span(start, end)
