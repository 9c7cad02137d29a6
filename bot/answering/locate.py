"""The locate strategy: in which unit of which directive something stands ("mục nào nói về …")."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.confidence import confidence
from bot.answering.meant import directives_meant
from bot.answering.statements import statements
from bot.answering.strategy import Candidate, Evidence
from bot.answering.telling import telling
from bot.answering.topic import topic_of
from bot.answering.units import best_unit, first_sentence
from bot.question.question import Question
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

_UNIT = r"(?:muc|phan|chuong|dieu|khoan|diem|doan|cho|tieu muc)"
_ASKS = re.compile(
    rf"(?<!nhung )(?<!cac )(?<!giai )\b{_UNIT} (?:thu |so )?(?:nao|may|bao nhieu)\b(?! (?:dieu|muc|khoan|chuong))"
    r"|\bla (?:nhiem vu|giai phap|viec|noi dung) thu (?:may|bao nhieu)\b"
    r"|\b(?:nam|ghi|noi|quy dinh|viet|xem|tim|trich) (?:o|tai|trong) (?:dau|cho nao)\b"
)
# What frames such a question.
_REQUEST = (
    r"\b(?:noi ve|noi den|noi|de cap|ban ve|chuyen|doan|quy dinh|viet ve|cua van ban nao|van ban nao|muon tim|tim"
    r"|gio|lat|giai thich|ghi|nam)\b"
)
# Of what is looked for, a heading must hold this much.
_NAMED = 0.5
_SURE = 0.85


class LocateStrategy:
    """Answers with the address of the unit whose heading says what is looked for, else of the best sentence."""

    name = "locate"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """Candidates where the question asks in which unit something stands."""
        folded = fold(question.cleaned)
        if not _ASKS.search(folded) or question.cites:
            return []
        chosen = directives_meant(question, library, filters, by_type=True)
        found: list[tuple[float, Evidence]] = []
        for directive in chosen:
            told = telling(topic_of(question, directive, (_ASKS.pattern, _REQUEST)), library)
            unit = best_unit(directive, told) if told.words else None
            if unit is not None and unit.own >= _NAMED:
                found.append((unit.own, Evidence(directive, unit.provision, first_sentence(directive, unit.provision))))
        found.sort(key=lambda item: -item[0])
        if found:
            return [self._at(found[0][1], _SURE)]
        asked = topic_of(question, chosen[0], (_ASKS.pattern, _REQUEST)) if len(chosen) == 1 else question
        best = statements(asked, telling(asked, library), library, filters)
        return [
            self._at(Evidence(one.directive, one.provision, one.span), confidence(one.features)) for one in best[:1]
        ]

    def _at(self, one: Evidence, sure: float) -> Candidate:
        where = one.provision.address_line
        text = messages.found_at(where, one.span.of(one.directive.text), 1)
        return Candidate(self.name, text, (one,), "derived", sure)
