"""The summary strategy: one verbatim sentence for each item of a directive or of one of its units."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence
from bot.question.question import Question
from index.directive import Directive, Kind, Provision, Span
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, syllables
from index.structure.sentences import sentences

_SURE = 0.9
_MOST = 12
_ASKS = re.compile(r"\b(?:tom tat|tom luoc|noi gon|y chinh|noi dung chinh|diem chinh|summar\w+|main points?)\b")
_ITEMS = (Kind.SECTION, Kind.CHAPTER, Kind.ARTICLE, Kind.ITEM, Kind.POINT, Kind.DASH, Kind.HEADING)


class SummaryStrategy:
    """Shows the first sentence of every item, in the text's own words and order."""

    name = "summary"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant; of one of its units where the question names its heading."""
        folded = fold(question.cleaned)
        if not _ASKS.search(folded):
            return []
        chosen = directives_meant(question, library, filters, by_type=True)
        if len(chosen) != 1:
            return []
        items = _items(chosen[0], folded)[:_MOST]
        if len(items) < 2:
            return []
        evidence = tuple(Evidence(chosen[0], item, _first_sentence(chosen[0], item)) for item in items)
        lines = [f"- {one.span.of(chosen[0].text)} [{mark}]" for mark, one in enumerate(evidence, 1)]
        return [Candidate(self.name, "\n".join(lines), evidence, "text", _SURE)]


def _items(directive: Directive, folded: str) -> Sequence[Provision]:
    """The items below the unit whose heading the question names best, else the main items of the directive."""
    asked = set(syllables(folded))
    best, share = None, 0.0
    for provision in directive.walk():
        if provision.heading and provision.children:
            words = set(syllables(provision.heading.of(directive.text)))
            held = len(words & asked) / max(len(words), 1)
            if held > share and len(words & asked) >= 2:
                best, share = provision, held
    if best is not None and share >= 0.5:
        return [child for child in best.children if child.kind in _ITEMS] or best.children
    top = [one for one in directive.provisions if one.kind in _ITEMS]
    attached = [one for one in directive.provisions if one.kind is Kind.PART]
    if attached:
        top = [child for child in attached[-1].children if child.kind in _ITEMS]
    if len(top) <= 4:  # parts and chapters say little: the units below them do
        below = [child for one in top for child in one.children if child.kind in _ITEMS]
        top = below or top
    return top


def _first_sentence(directive: Directive, provision: Provision) -> Span:
    span = provision.heading or (provision.spans[0] if provision.spans else provision.subtree_spans()[0])
    start = span.start
    if provision.label and directive.text.startswith(provision.label, start):
        start += len(provision.label)
        start += len(directive.text[start : span.end]) - len(directive.text[start : span.end].lstrip())
    return next(sentences(directive.text, Span(start, span.end)), span)
