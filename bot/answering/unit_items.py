"""The items strategy: every item of the unit that a question for a list names by its heading."""

from __future__ import annotations

from bot import messages
from bot.answering.asked import asks_list
from bot.answering.meant import directives_meant
from bot.answering.statements import identity_of, statements
from bot.answering.strategy import Candidate, Evidence
from bot.answering.telling import telling
from bot.answering.topic import topic_of
from bot.answering.units import best_unit, first_sentence, items_of, unit_of_heading
from bot.question.question import Question
from index.directive import Directive, Provision
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

_SURE = 0.85
# What asks for the items and names none of them.
_REQUEST = r"\b(?:liet ke|ke ra|ke ten|(?:tieu|dau|de) muc|muc con|y lon|phan|ten)\b"
# Of the question's words that the heading, with the headings above and the document's name, must hold.
_NAMED = 0.7
_AHEAD = 0.15  # so much more than the best sentence has around it is enough, whatever the sentence holds
_OWN = 0.15  # and the heading alone


class UnitItemsStrategy:
    """Answers "những nguyên nhân nào" with the items below the heading "Nguyên nhân …", where that says it best."""

    name = "items"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant and its heading holds more of the question than any sentence."""
        if not asks_list(fold(question.cleaned)) or question.cites:
            return []
        chosen = directives_meant(question, library, filters)
        if len(chosen) != 1:
            return []
        provision = unit_of_heading(chosen[0], question.searched) or _of_heading_words(question, library, chosen[0])
        if provision is None:
            return []
        evidence = (*_lead_in(chosen[0], provision), *items_of(chosen[0], provision))
        if len(evidence) < 2:
            return []
        lines = messages.listed([one.span.of(chosen[0].text) for one in evidence])
        return [Candidate(self.name, "\n".join(lines), evidence, "text", _SURE)]


def _lead_in(directive: Directive, provision: Provision) -> tuple[Evidence, ...]:
    """The first sentence of a unit without a heading, where it says something itself and does not announce a list."""
    if provision.heading or not provision.spans or not provision.children:
        return ()
    sentence = first_sentence(directive, provision)
    announces = sentence.of(directive.text).rstrip().endswith(":")
    return () if announces else (Evidence(directive, provision, sentence),)


def _of_heading_words(question: Question, library: Library, directive: Directive) -> Provision | None:
    """The unit whose heading holds more of the question than any sentence."""
    topic = topic_of(question, directive, (_REQUEST,), without_title=False)
    unit = best_unit(directive, telling(topic, library).about(identity_of(directive)))
    if unit is None or unit.share < _NAMED or unit.own < _OWN:
        return None
    own = Filters(document_ids=(directive.id,))
    best = next(iter(statements(question, telling(question, library), library, own)), None)
    if best is not None and best.features.share > unit.own and unit.share < best.features.around + _AHEAD:
        return None
    return unit.provision
