"""The items strategy: every item of the unit that a question for a list names by its heading."""

from __future__ import annotations

from bot import messages
from bot.answering.asked import asks_list
from bot.answering.meant import directives_meant
from bot.answering.statements import identity_of, statements
from bot.answering.strategy import Candidate
from bot.answering.telling import telling
from bot.answering.topic import topic_of
from bot.answering.units import best_unit, items_of
from bot.question.question import Question
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
        told = telling(topic_of(question, chosen[0], (_REQUEST,), without_title=False), library).about(
            identity_of(chosen[0])
        )
        unit = best_unit(chosen[0], told)
        if unit is None or unit.share < _NAMED or unit.own < _OWN:
            return []
        best = next(
            iter(statements(question, telling(question, library), library, Filters(document_ids=(chosen[0].id,)))), None
        )
        if best is not None and best.features.share > unit.own and unit.share < best.features.around + _AHEAD:
            return []
        evidence = items_of(chosen[0], unit.provision)
        if len(evidence) < 2:
            return []
        lines = messages.listed([one.span.of(chosen[0].text) for one in evidence])
        return [Candidate(self.name, "\n".join(lines), evidence, "text", _SURE)]
