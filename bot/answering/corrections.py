"""Corrections: the clause that is right, where a question takes a value, a name or a body for granted that is wrong."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import messages
from bot.answering.asked import asks_to_confirm, asks_yes_no
from bot.answering.confidence import confidence
from bot.answering.expected import YEAR
from bot.answering.meant import directives_meant, is_named
from bot.answering.named import missing_bodies, missing_names
from bot.answering.premises import (
    at_level,
    body_acts,
    contradicted,
    counts_the_same,
    presupposes,
    sends_through_another,
    sent_to,
    without_values,
)
from bot.answering.shown import actor_of, closest_clause, narrowed
from bot.answering.statements import SUBJECT, Statement, statements, years_of
from bot.answering.strategy import Candidate, Evidence
from bot.answering.telling import Telling, telling
from bot.question.bodies import acting_in, as_typed, bodies_in, spelled_out
from bot.question.question import Question
from index.data import strings
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, fold_aligned
from index.structure.sentences import clauses

_PASSAGE = "passage"
# A sentence must be this sure to correct which body does what, or a name; to correct a value.
_SURE_OF_BODY = 0.5
_SURE_OF_VALUE = 0.42
_SURE_OF_CHANNEL = 0.2  # where the sentence itself has something sent through another body of the kind


def claim_put_right(question: Question, best: Statement, library: Library, filters: Filters) -> Candidate | None:
    """What puts right a value, a name or a body that a question takes for granted; None where nothing does.

    `best` is the statement that answers the question as it stands.
    """
    return (
        _wrong_value(question, library, filters)
        or _wrong_name(question, best, library, filters)
        or _another_body(question, best, library, filters)
    )


def corrected(
    one: Statement, told: Telling, library: Library, wrong: Question | None = None, least: float = 0.0
) -> Candidate:
    """The clause that is right: of a long sentence the one that gives otherwise what the question says wrongly.

    It is as sure as its statement, at `least` so.
    """
    span = narrowed(one.directive, one.span, told)
    text = one.directive.text
    if wrong:
        years = years_of(one.directive)
        parts = [part for part in clauses(text, one.span) if _differs(wrong, part.of(text), years)]
        nearest = max(parts, key=lambda part: _nearer(wrong, part.of(text), told), default=one.span)
        if counts_the_same(wrong.searched, nearest.of(text)) or not _differs(wrong, span.of(text), years):
            span = nearest
    evidence: tuple[Evidence, ...] = (Evidence(one.directive, one.provision, span),)
    said = messages.corrected(span.of(text))
    if actor := actor_of(library, one.directive, span):
        said, evidence = messages.done_by(said, actor[0], 2), (*evidence, actor[1])
    return Candidate(_PASSAGE, said, evidence, "text", max(confidence(one.features), least), "corrected")


def is_of_another_year(question: Question, library: Library, filters: Filters) -> bool:
    """Whether a question for a document, which names none, gives a year that a stored text has: asked, not claimed."""
    folded = fold(question.searched)
    years = set(YEAR.findall(folded))
    if not years or is_named(question, filters) or not _names_a_type(folded):
        return False
    return any(years <= set(YEAR.findall(one.text)) for one in directives_meant(question, library, filters))


def _names_a_type(folded: str) -> bool:
    return any(re.search(rf"\b{re.escape(fold(kind))}\b", folded) for kind in strings("document_types.toml", "types"))


def _found_without(
    question: Question, plain: str, library: Library, filters: Filters
) -> tuple[Statement, Telling] | None:
    """The best statement for the question without what it may say wrongly: the right clause does not hold that.

    One that sends something through a body comes first where the question asks that.
    """
    without = replace(question, searched=" ".join(plain.split()))
    told = telling(without, library)
    found = statements(without, told, library, filters) if told.words else []
    channels = [
        one
        for one in found
        for body in bodies_in(question.searched)
        if sent_to(question.searched, body) and sends_through_another(one.text, body)
    ]
    best = next(iter((*channels, *found)), None)
    return (best, told) if best else None


def _wrong_value(question: Question, library: Library, filters: Filters) -> Candidate | None:
    """The clause with the right number, year or office, where the question takes a wrong one for granted."""
    folded = fold(question.cleaned)
    yes_no = asks_yes_no(folded)
    if yes_no and not asks_to_confirm(folded):
        return None  # whether a value is right is a question, no claim
    if is_of_another_year(question, library, filters):
        return None
    plain = without_values(question.searched)
    found = _found_without(question, plain, library, filters) if plain != question.searched else None
    if found is None or confidence(found[0].features) < _SURE_OF_VALUE:
        return None
    one, told = found
    clause = closest_clause(one.directive, one.span, told)
    years = years_of(one.directive)
    for said in dict.fromkeys((clause, one.text)):
        if contradicted(question.searched, at_level(question.searched, said), years, asks=yes_no):
            return corrected(one, told, library, question)
    return None


def _wrong_name(question: Question, best: Statement, library: Library, filters: Filters) -> Candidate | None:
    """The clause with its own names, where a question to be confirmed gives one that is not there."""
    names = missing_names(question, best.directive)
    if not names or not (asks_to_confirm(fold(question.cleaned)) or presupposes(question.cleaned)):
        return None
    plain = question.searched
    for name in names:
        plain = plain.replace(name, " ")
    found = _found_without(replace(question, cleaned=plain), plain, library, filters)
    if found is None or not found[0].fits or confidence(found[0].features) < _SURE_OF_BODY:
        return None
    return corrected(*found, library)


def _another_body(question: Question, best: Statement, library: Library, filters: Filters) -> Candidate | None:
    """The clause with the body that does it, where the question has another do it ("Sở Tài chính chủ trì …")."""
    in_full = replace(question, searched=spelled_out(question.searched))
    for body in acting_in(in_full.searched):
        acts = body_acts(in_full.searched, body)
        found = _found_without(in_full, _without(in_full.searched, body), library, filters) if acts else None
        if found and _is_of_another(in_full, body, found[0], library):
            return corrected(*found, library, least=_SURE_OF_BODY)
    for body in missing_bodies(question, best.directive):
        if presupposes(question.cleaned) and (other := _of_another_body(question, body, library, filters)):
            return other
        text = messages.body_not_named(as_typed(question.searched, body))
        evidence = (Evidence(best.directive, best.provision, best.span),)
        return Candidate(_PASSAGE, text, evidence, None, 1.0, "not_found")
    return None


def _is_of_another(question: Question, body: str, one: Statement, library: Library) -> bool:
    """Whether a statement says of another body what the question says of this one."""
    through = sent_to(question.searched, body) and sends_through_another(one.text, body)
    if confidence(one.features) < (_SURE_OF_CHANNEL if through else _SURE_OF_BODY):
        return False
    actor = actor_of(library, one.directive, one.span)
    title = f"{one.directive.metadata.title} {one.directive.metadata.attached} {one.directive.metadata.issuer}"
    # Who acts stands in the beginning; to or through whom something is sent stands anywhere.
    acts = one.text if sent_to(question.searched, body) else one.text[:SUBJECT]
    begins = acting_in(spelled_out(actor[0] if actor else acts))
    named = acting_in(spelled_out(f"{one.text} {title}"))
    return through or (bool(begins) and body not in named and body not in begins)


def _of_another_body(question: Question, body: str, library: Library, filters: Filters) -> Candidate | None:
    """The clause that says of another body of the kind what the question says of one that is not named there."""
    found = _found_without(question, _without(question.searched, body), library, filters)
    if found is None or confidence(found[0].features) < _SURE_OF_BODY:
        return None
    kind = body.split(maxsplit=1)[0]
    if not any(name.split(maxsplit=1)[0] == kind for name in bodies_in(found[0].text)):
        return None
    return corrected(*found, library)


def _differs(question: Question, clause: str, years: frozenset[str]) -> bool:
    return contradicted(question.searched, clause, years, asks=True)


def _nearer(question: Question, clause: str, told: Telling) -> tuple[bool, float]:
    """A clause that counts the same things comes first, then the one that says more of the question."""
    return counts_the_same(question.searched, clause), told.share(clause)


def _without(text: str, body: str) -> str:
    position = fold_aligned(text).lower().find(body)
    return text if position < 0 else f"{text[:position]} {text[position + len(body) :]}"
