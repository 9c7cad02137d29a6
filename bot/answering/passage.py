"""The passage strategy: the best sentence or clause of the best provision, verbatim."""

from __future__ import annotations

from dataclasses import replace

from bot import messages
from bot.answering.asked import asks_for_duties, asks_list, asks_to_confirm, asks_yes_no, goes_on_from_a_claim
from bot.answering.clarify import ask_back
from bot.answering.confidence import confidence
from bot.answering.corrections import claim_put_right, corrected, is_of_another_year
from bot.answering.marks import renumbered
from bot.answering.meant import directives_meant, is_named
from bot.answering.polarity import polarity
from bot.answering.premises import at_level, contradicted, without_values
from bot.answering.shown import actor_of, closest_clause, in_short, paragraph, with_items
from bot.answering.statements import SUBJECT, Statement, identity_of, statements, years_of
from bot.answering.strategy import Candidate, Evidence, evidence_at
from bot.answering.telling import Telling, telling
from bot.question.bodies import as_typed, bodies_in
from bot.question.followup import asks_which_text
from bot.question.question import Question
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

# What is left of the confidence where a sentence does not hold what is asked for.
_NEAR_MISS = 0.3
# Who asks so wants one thing, and the sentence that holds it.
_PRECISE = frozenset({"who", "when", "how_many", "count", "number"})
# And where the question names neither a document nor a place: it may be about anything.
_UNNAMED = 0.75
# And where no two of its words stand side by side in any stored text.
_UNKNOWN = 0.75
# Another directive says as much as the best from this share of its score on; of more than so many, the reader chooses.
_EQUAL = 0.9
# So does one that by itself is so sure to answer, with no much lower score.
_NEARLY_EQUAL, _SURE_TOO = 0.8, 0.75
_MOST_DIRECTIVES = 3


class PassageStrategy:
    """Searches, then picks the sentence that shares most of the question's telling words."""

    name = "passage"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate for each of the best passages, best first."""
        told = telling(question, library)
        if is_thin(question, told, library, filters):
            return ask_back(self.name, question, directives_meant(question, library, filters))
        if not is_named(question, filters) and _held(told, library) < _FEWEST:
            return []  # one word is about anything
        found = statements(question, told, library, filters)
        if found and (put_right := claim_put_right(question, found[0], library, filters)):
            return [put_right]
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
            if one.fits
            and (
                (one.score >= _EQUAL * found[0].score and one.features.share >= _EQUAL * told_most)
                or (one.score >= _NEARLY_EQUAL * found[0].score and confidence(one.features) >= _SURE_TOO)
            )
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
            if not told.known:
                sure *= _UNKNOWN
        yes_no = asks_yes_no(folded)
        plain = without_values(question.searched)
        of_clause = told if plain == question.searched else telling(replace(question, searched=plain), library)
        clause = closest_clause(one.directive, one.span, of_clause)
        if not is_of_another_year(question, library, filters) and any(
            contradicted(question.searched, at_level(question.searched, said), years_of(one.directive), asks=yes_no)
            for said in dict.fromkeys((one.text, clause))
        ):
            right = corrected(one, told, library, question)
            if not yes_no or asks_to_confirm(folded) or goes_on_from_a_claim(folded):
                return right
            no = messages.yes_or_no("no", messages.quoted([right.evidence[0].span.of(one.directive.text)]))
            return replace(right, text=no, evidence=right.evidence[:1], status="answered")
        if asks_list(folded):
            evidence = with_items(one.directive, one.provision, one.span)
        elif asks_for_duties(folded):
            evidence = (Evidence(one.directive, one.provision, paragraph(one.provision, one.span)),)
        else:
            evidence = (
                Evidence(
                    one.directive,
                    one.provision,
                    in_short(
                        one.directive, one.provision, one.span, told, alone=bool(_PRECISE & set(question.intents))
                    ),
                ),
            )
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
        if asks_which_text(folded) and not question.province:
            text = messages.of_document(one.directive.metadata.type or "", one.directive.province or "", text)
        return Candidate(self.name, text, evidence, "text", sure)


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


def _held(told: Telling, library: Library) -> int:
    """How many words of a question stand in any stored text."""
    return sum(_in_texts(word, told, library) > 0 for word in told.words)


def _in_texts(word: str, told: Telling, library: Library) -> int:
    """In how many directives a word stands, read as the question is."""
    return sum(told.word_in(word, directive.text) for directive in library.directives.values())


def _of_title(library: Library, one: Statement) -> tuple[str, Evidence] | None:
    """The body that a directive's title is about, where a sentence begins with no body of its own."""
    if bodies_in(one.text[:SUBJECT]):
        return None
    for field in library.facts.metadata:
        if field.document_id == one.directive.id and field.name in ("title", "attached") and field.spans:
            named = bodies_in(field.spans[0].of(one.directive.text))
            if len(named) == 1:
                span = field.spans[0]
                return as_typed(span.of(one.directive.text), named[0]), evidence_at(one.directive, span)
    return None
