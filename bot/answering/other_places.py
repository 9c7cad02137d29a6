"""Questions on a province of which nothing is stored: another province's rule is never given for it."""

from __future__ import annotations

from bot import messages
from bot.answering.strategy import Candidate
from bot.question.question import Question
from bot.question.targets import unstored_provinces
from index.filters import Filters
from index.library import Library


class OtherPlacesStrategy:
    """Says that nothing is stored of the province asked about, where the question names no stored one."""

    name = "other_places"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate of status *not_found*, where only provinces without a directive are named."""
        if question.documents or question.provinces or filters.province or filters.document_ids:
            return []
        return [
            Candidate(self.name, messages.nothing_of_province(province), (), None, 1.0, "not_found")
            for province in unstored_provinces(question.cleaned, library)[:1]
        ]
