"""What of a statement is shown: the clause that answers, the items of its list, the body that it speaks of."""

from __future__ import annotations

import re

from bot.answering.strategy import Evidence, evidence_at
from bot.answering.telling import Telling
from index.directive import Directive, Provision, Span
from index.library import Library
from index.structure.sentences import clauses, sentences

# A longer sentence is narrowed to the clause that answers, where one does. Characters.
_LONG_SENTENCE = 350
# What answers is shown with its paragraph up to this length: what a sentence leaves out stands beside it.
_SHORT_PARAGRAPH = 600
_LONGEST_PARAGRAPH = 700
# A clause must hold this share of what its sentence says to the question.
_CLAUSE_SHARE = 0.75
# A list is shown whole up to this many items and characters.
_MOST_ITEMS = 12
_LONGEST_LIST = 1600
_ANNOUNCES = re.compile(r":\s*$|\b(?:như sau|sau đây|cụ thể)\s*[:.]?\s*$")
_GOES_ON = re.compile(r"(?:Cụ thể|Bước|Trong đó|Một là|Hai là|Thứ nhất|Gồm)\b")


def narrowed(directive: Directive, span: Span, told: Telling) -> Span:
    """The clause of a long sentence that shares most with the question, else the sentence."""
    if span.end - span.start <= _LONG_SENTENCE:
        return span
    whole = told.share(span.of(directive.text))
    best = max(clauses(directive.text, span), key=lambda part: told.share(part.of(directive.text)))
    return best if told.share(best.of(directive.text)) >= _CLAUSE_SHARE * whole else span


def in_short(directive: Directive, provision: Provision, span: Span, told: Telling, alone: bool) -> Span:
    """A sentence, with what stands behind it in its paragraph unless it answers `alone`, if short; else its clause."""
    own = next((own for own in provision.spans if own.contains(span)), span)
    for whole in (span,) if alone else (Span(span.start, own.end), span):
        if whole.end - whole.start <= _SHORT_PARAGRAPH:
            return whole
    return narrowed(directive, span, told)


def paragraph(provision: Provision, span: Span) -> Span:
    """The paragraph of a sentence, where it is short enough to be read whole, from the sentence on else."""
    own = next((own for own in provision.spans if own.contains(span)), span)
    if own.end - own.start <= _LONGEST_PARAGRAPH:
        return own
    return Span(span.start, own.end) if own.end - span.start <= _LONGEST_PARAGRAPH else span


def closest_clause(directive: Directive, span: Span, told: Telling) -> str:
    """The text of the clause, between semicolons, that shares most with the question, however short the sentence is."""
    return max((part.of(directive.text) for part in clauses(directive.text, span)), key=told.share)


def with_items(directive: Directive, provision: Provision, span: Span) -> tuple[Evidence, ...]:
    """A sentence with what belongs to its list: the sentences that go on, the units below that it announces."""
    first = Evidence(directive, provision, _going_on(directive, provision, span))
    if not provision.children or not _ANNOUNCES.search(first.span.of(directive.text)):
        return (first,)
    items: list[Evidence] = []
    length = 0
    for child in provision.children[:_MOST_ITEMS]:
        own = child.spans[0] if child.spans else child.subtree_spans()[0]
        length += own.end - own.start
        if items and length > _LONGEST_LIST:
            break
        items.append(Evidence(directive, child, own))
    return (first, *items)


def _going_on(directive: Directive, provision: Provision, span: Span) -> Span:
    """The sentence up to the end of those behind it that take it further ("Cụ thể theo 3 bước: …")."""
    end = span.end
    for own in provision.spans:
        if not own.contains(span):
            continue
        for sentence in sentences(directive.text, Span(span.end, own.end)):
            announced = _ANNOUNCES.search(directive.text[span.start : end])
            goes_on = announced or _GOES_ON.match(sentence.of(directive.text))
            if not (goes_on or directive.text[span.start : end].rstrip().endswith(";")):
                break
            if sentence.end - span.start > _LONGEST_LIST:
                break
            end = sentence.end
    return Span(span.start, end)


def actor_of(library: Library, directive: Directive, span: Span) -> tuple[str, Evidence] | None:
    """The body a sentence without a subject speaks of, with where it is named; None where the sentence names it."""
    for duty in library.facts.duties:
        if duty.document_id != directive.id or not duty.actor or not duty.span.overlaps(span):
            continue
        if not duty.inferred or duty.actor in span.of(directive.text):
            continue
        start = directive.text.rfind(duty.actor, 0, span.start)
        if start < 0:
            continue
        return duty.actor, evidence_at(directive, Span(start, start + len(duty.actor)))
    return None
