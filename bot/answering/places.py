"""The places strategy: what a numbered unit of a stored directive says, verbatim ("Điều 2 nói gì?")."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.clarify import ask_back
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence
from bot.answering.units import units_named
from bot.question.question import Question
from bot.question.targets import named_places
from index.directive import Directive, Provision, Span
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

_SURE = 0.9
_LIKELY = 0.6  # where something of the unit is asked for, and the whole is shown
# "Điều 2?" by itself asks what it says. Words.
_BARE = 4
# A longer unit is shown by its beginning: the page holds the whole.
_LONGEST = 900
_ASKS = re.compile(
    r"\b(?:ban|noi|viet|neu|de cap|quy dinh|yeu cau|bao|giao|gom|co|ghi)\b.{0,24}\b(?:gi|nhung gi|noi dung"
    r"|viec gi|nao)\b"
)


class PlacesStrategy:
    """Quotes the unit that the question names by its label; a heading is followed by the first lines below it."""

    name = "places"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant and has just one such unit."""
        named = named_places(question.cleaned)
        bare = len(question.cleaned.split()) <= _BARE
        asks = bare or {"place", "title", "definition"} & set(question.intents) or _ASKS.search(fold(question.cleaned))
        if not named:
            return []
        chosen = directives_meant(question, library, filters, by_type=True)
        found = [(one, provision) for one in chosen for provision in units_named(one, named)]
        if not asks and (len(found) != 1 or _length(found[0][1]) > _LONGEST):
            return []
        if len(chosen) == 1 and not found:
            return [Candidate(self.name, messages.no_such_place(*named[-1].split()), (), None, _SURE, "not_found")]
        if len(chosen) > 1:
            return ask_back(self.name, question, [one for one in chosen if one.id in {d.id for d, _ in found}])
        if len(found) != 1:
            return []
        directive, provision = found[0]
        evidence = Evidence(directive, provision, _shown(directive, provision))
        sure = _SURE if asks else _LIKELY
        return [Candidate(self.name, f"{evidence.span.of(directive.text)} [1]", (evidence,), "text", sure)]


def _length(provision: Provision) -> int:
    spans = provision.subtree_spans()
    return spans[-1].end - spans[0].start


def _shown(directive: Directive, provision: Provision) -> Span:
    """The unit's text, with what is below it as far as it is short."""
    spans = provision.subtree_spans()
    start, end = spans[0].start, spans[-1].end
    if end - start <= _LONGEST:
        return Span(start, end)
    fitting = [span.end for span in spans if span.end - start <= _LONGEST]
    return Span(start, fitting[-1] if fitting else spans[0].end)
