"""The passage strategy: the best sentence or clause of the best provision, verbatim."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import messages
from bot.answering.asked import asks_for_duties, asks_list, asks_to_confirm, asks_yes_no
from bot.answering.clarify import ask_back
from bot.answering.confidence import confidence
from bot.answering.marks import renumbered
from bot.answering.meant import directives_meant
from bot.answering.named import missing_bodies, missing_names
from bot.answering.polarity import polarity
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
from bot.answering.shown import actor_of, closest_clause, narrowed, paragraph, with_items
from bot.answering.statements import Statement, identity_of, statements, years_of
from bot.answering.strategy import Candidate, Evidence, evidence_at
from bot.answering.telling import Telling, telling
from bot.question.bodies import bodies_in
from bot.question.question import Question
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, fold_aligned
from index.structure.sentences import clauses

# What is left of the confidence where a sentence does not hold what is asked for.
_NEAR_MISS = 0.4
# And where the question names neither a document nor a place: it may be about anything.
_UNNAMED = 0.75
# A sentence must be this sure to correct which body does what.
_SURE_OF_BODY = 0.5
_SURE_OF_VALUE = 0.42
_SURE_OF_CHANNEL = 0.2  # where the sentence itself has something sent through another body of the kind
# Another directive says as much as the best from this share of its score on; of more than so many, the reader chooses.
_EQUAL = 0.9
_MOST_DIRECTIVES = 3
# The subject of a sentence stands in its beginning. Characters.
_SUBJECT = 80
# A question for the text itself, or its place.
_WHICH = re.compile(
    r"\b(?:van ban|vb|tinh|noi|dia phuong|chi thi|nghi quyet|quyet dinh|de an|ke hoach|huong dan) nao\b"
)


class PassageStrategy:
    """Searches, then picks the sentence that shares most of the question's telling words."""

    name = "passage"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate for each of the best passages, best first."""
        told = telling(question, library)
        if is_thin(question, told, library, filters):
            return ask_back(self.name, question, directives_meant(question, library, filters))
        if len(told.words) < _FEWEST and not is_named(question, filters):
            return []  # one everyday word is about anything
        found = statements(question, told, library, filters)
        if found and (corrected := self._wrong_value(question, library, filters)):
            return [corrected]
        if found and (corrected := self._wrong_name(question, found[0], library, filters)):
            return [corrected]
        if found and (corrected := self._another_body(question, found[0], library, filters)):
            return [corrected]
        if several := self._of_each(question, told, library, filters, found):
            return [several]
        return [self._candidate(question, told, library, filters, one) for one in found]

    def _of_each(
        self, question: Question, told: Telling, library: Library, filters: Filters, found: list[Statement]
    ) -> Candidate | None:
        """A line for each directive that says it as well as the best, where the question names none of them."""
        if is_named(question, filters) or not found:
            return None
        best: dict[str, Statement] = {}
        for one in found:
            best.setdefault(one.directive.id, one)
        told_most = found[0].features.share
        equal = [
            one
            for one in best.values()
            if one.fits and one.score >= _EQUAL * found[0].score and one.features.share >= _EQUAL * told_most
        ]
        if not 1 < len(equal) <= _MOST_DIRECTIVES:
            return None
        said = [self._candidate(question, told, library, filters, one) for one in equal]
        if any(one.status != "answered" for one in said):
            return None
        lines: list[str] = []
        evidence: list[Evidence] = []
        for answer in said:
            name = answer.evidence[0].directive.province or messages.directive_label(answer.evidence[0].directive)
            lines.append(messages.of_province(name, renumbered(answer.text, len(evidence))))
            evidence += answer.evidence
        return Candidate(
            self.name, "\n".join(lines), tuple(evidence), "text", max(answer.confidence for answer in said)
        )

    def _candidate(
        self, question: Question, told: Telling, library: Library, filters: Filters, one: Statement
    ) -> Candidate:
        folded = fold(question.cleaned)
        # A sentence without the kind of thing that is asked for is the nearest passage at best.
        sure = confidence(one.features) * (1.0 if one.fits else _NEAR_MISS)
        if not is_named(question, filters):
            sure *= _UNNAMED
        yes_no = asks_yes_no(folded)
        plain = without_values(question.searched)
        of_clause = told if plain == question.searched else telling(replace(question, searched=plain), library)
        clause = closest_clause(one.directive, one.span, of_clause)
        if any(
            contradicted(question.searched, at_level(question.searched, said), years_of(one.directive), asks=yes_no)
            for said in dict.fromkeys((one.text, clause))
        ):
            corrected = self._corrected(one, told, confidence(one.features), library, question)
            if not yes_no or asks_to_confirm(folded):
                return corrected
            no = messages.yes_or_no("no", messages.quoted([corrected.evidence[0].span.of(one.directive.text)]))
            return replace(corrected, text=no, evidence=corrected.evidence[:1], status="answered")
        if asks_list(folded):
            evidence = with_items(one.directive, one.provision, one.span)
        elif asks_for_duties(folded):
            evidence = (Evidence(one.directive, one.provision, paragraph(one.provision, one.span)),)
        else:
            evidence = (Evidence(one.directive, one.provision, narrowed(one.directive, one.span, told)),)
        text = messages.quoted([item.span.of(item.directive.text) for item in evidence])
        if yes_no:
            identity = identity_of(one.directive)
            answer = polarity(question.searched, one.text, f"{identity} {one.text}", told.about(identity))
            text = messages.yes_or_no(answer, text)
        elif actor := actor_of(library, one.directive, evidence[0].span):
            name, place = actor
            text, evidence = messages.of_body(name, text, len(evidence) + 1), (*evidence, place)
        elif "who" in question.intents and (whole := _of_title(library, one)):
            text, evidence = messages.of_body(whole[0], text, len(evidence) + 1), (*evidence, whole[1])
        if _WHICH.search(folded) and not question.province:
            text = messages.of_document(one.directive.metadata.type or "", one.directive.province or "", text)
        return Candidate(self.name, text, evidence, "text", sure)

    def _corrected(
        self, one: Statement, told: Telling, sure: float, library: Library, wrong: Question | None = None
    ) -> Candidate:
        """The clause that is right: of a long sentence the one that gives otherwise what the question says wrongly."""
        span = narrowed(one.directive, one.span, told)
        years = years_of(one.directive)
        text = one.directive.text
        if wrong:
            parts = [part for part in clauses(text, one.span) if _differs(wrong, part.of(text), years)]
            nearest = max(parts, key=lambda part: _nearer(wrong, part.of(text), told), default=one.span)
            if counts_the_same(wrong.searched, nearest.of(text)) or not _differs(wrong, span.of(text), years):
                span = nearest
        evidence: tuple[Evidence, ...] = (Evidence(one.directive, one.provision, span),)
        text = messages.corrected(span.of(one.directive.text))
        if actor := actor_of(library, one.directive, span):
            text, evidence = messages.done_by(text, actor[0], 2), (*evidence, actor[1])
        return Candidate(self.name, text, evidence, "text", sure, "corrected")

    def _wrong_value(self, question: Question, library: Library, filters: Filters) -> Candidate | None:
        """The clause with the right number, year or office, where the question takes a wrong one for granted.

        The clause is looked for without the values that the question gives: it does not hold them.
        """
        folded = fold(question.cleaned)
        yes_no = asks_yes_no(folded)
        if yes_no and not asks_to_confirm(folded):
            return None  # whether a value is right is a question, no claim
        plain = without_values(question.searched)
        if plain == question.searched:
            return None
        without = replace(question, searched=plain)
        told = telling(without, library)
        one = next(iter(statements(without, told, library, filters)), None) if told.words else None
        if one is None or confidence(one.features) < _SURE_OF_VALUE:
            return None
        clause = closest_clause(one.directive, one.span, told)
        years = years_of(one.directive)
        for said in dict.fromkeys((clause, one.text)):
            if contradicted(question.searched, at_level(question.searched, said), years, asks=yes_no):
                return self._corrected(one, told, confidence(one.features), library, question)
        return None

    def _wrong_name(self, question: Question, best: Statement, library: Library, filters: Filters) -> Candidate | None:
        """The clause with its own names, where a question to be confirmed gives one that is not there."""
        names = missing_names(question, best.directive)
        if not names or not (asks_to_confirm(fold(question.cleaned)) or presupposes(question.cleaned)):
            return None
        plain = question.searched
        for name in names:
            plain = plain.replace(name, " ")
        without = replace(question, searched=" ".join(plain.split()), cleaned=" ".join(plain.split()))
        told = telling(without, library)
        one = next(iter(statements(without, told, library, filters)), None) if told.words else None
        if one is None or not one.fits or confidence(one.features) < _SURE_OF_BODY:
            return None
        return self._corrected(one, told, confidence(one.features), library)

    def _another_body(
        self, question: Question, best: Statement, library: Library, filters: Filters
    ) -> Candidate | None:
        """The clause with the body that does it, where the question has another do it ("Sở Tài chính chủ trì …")."""
        bodies = [body for body in bodies_in(question.searched) if body_acts(question.searched, body)]
        for body in bodies:
            without = replace(question, searched=_without(question.searched, body))
            told = telling(without, library)
            one = next(iter(statements(without, told, library, filters)), None) if told.words else None
            if one is None:
                continue
            through = sent_to(question.searched, body) and sends_through_another(one.text, body)
            if confidence(one.features) < (_SURE_OF_CHANNEL if through else _SURE_OF_BODY):
                continue
            actor = actor_of(library, one.directive, one.span)
            title = f"{one.directive.metadata.title} {one.directive.metadata.attached} {one.directive.metadata.issuer}"
            # Who acts stands in the beginning; to or through whom something is sent stands anywhere.
            acts = one.text if sent_to(question.searched, body) else one.text[:_SUBJECT]
            begins = bodies_in(actor[0] if actor else acts)
            if through or (begins and body not in bodies_in(f"{one.text} {title}") and body not in begins):
                return self._corrected(one, told, max(confidence(one.features), _SURE_OF_BODY), library)
        for body in missing_bodies(question, best.directive):
            if presupposes(question.cleaned) and (other := self._of_another_body(question, body, library, filters)):
                return other
            text = messages.body_not_named(_as_typed(question.searched, body))
            evidence = (Evidence(best.directive, best.provision, best.span),)
            return Candidate(self.name, text, evidence, None, 1.0, "not_found")
        return None

    def _of_another_body(self, question: Question, body: str, library: Library, filters: Filters) -> Candidate | None:
        """The clause that says of another body of the kind what the question says of one that is not named there."""
        without = replace(question, searched=_without(question.searched, body))
        told = telling(without, library)
        one = next(iter(statements(without, told, library, filters)), None) if told.words else None
        if one is None or confidence(one.features) < _SURE_OF_BODY:
            return None
        kind = body.split(maxsplit=1)[0]
        if not any(name.split(maxsplit=1)[0] == kind for name in bodies_in(one.text)):
            return None
        return self._corrected(one, told, confidence(one.features), library)


def _differs(question: Question, clause: str, years: frozenset[str]) -> bool:
    return contradicted(question.searched, clause, years, asks=True)


def _nearer(question: Question, clause: str, told: Telling) -> tuple[bool, float]:
    """A clause that counts the same things comes first, then the one that says more of the question."""
    return counts_the_same(question.searched, clause), told.share(clause)


def is_thin(question: Question, told: Telling, library: Library, filters: Filters) -> bool:
    """Whether a question of few words names no document and holds no word that only one directive has.

    "Hạn báo cáo là khi nào?" is asked of whichever directive the reader has in mind.
    """
    if is_named(question, filters) or len(told.words) > _THIN or len(library.directives) < 2:
        return False
    if told.known < _LEAST_KNOWN:  # its words stand in the texts, but nowhere side by side: it is about something else
        return False
    rare = [word for word in told.words if _in_texts(word, told, library) == 1]
    return not rare and all(_in_texts(word, told, library) for word in told.words)


_THIN = 4
_FEWEST = 2
_LEAST_KNOWN = 0.4


def is_named(question: Question, filters: Filters) -> bool:
    """Whether a question, or its caller, says which directive or place is meant."""
    named = question.documents or question.provinces or question.cites
    return bool(named or filters.document_ids or filters.province)


def _in_texts(word: str, told: Telling, library: Library) -> int:
    """In how many directives a word stands, read as the question is."""
    return sum(told.word_in(word, directive.text) for directive in library.directives.values())


def _of_title(library: Library, one: Statement) -> tuple[str, Evidence] | None:
    """The body that a directive's title is about, where a sentence begins with no body of its own."""
    if bodies_in(one.text[:_SUBJECT]):
        return None
    for field in library.facts.metadata:
        if field.document_id == one.directive.id and field.name in ("title", "attached") and field.spans:
            named = bodies_in(field.spans[0].of(one.directive.text))
            if len(named) == 1:
                span = field.spans[0]
                return _as_typed(span.of(one.directive.text), named[0]), evidence_at(one.directive, span)
    return None


def _without(text: str, body: str) -> str:
    position = fold_aligned(text).lower().find(body)
    return text if position < 0 else f"{text[:position]} {text[position + len(body) :]}"


def _as_typed(text: str, body: str) -> str:
    position = fold_aligned(text).lower().find(body)
    return body if position < 0 else text[position : position + len(body)]
