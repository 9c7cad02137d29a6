"""The definitions strategy: abbreviations, short names and footnoted terms that a directive itself explains."""

from __future__ import annotations

import re

from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence
from bot.question.question import Question
from index.directive import Span
from index.facts.records import Definition
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

_SURE = 0.95


class DefinitionsStrategy:
    """Answers "X là gì" from the place where a text explains X; the longest term that the question holds is meant."""

    name = "definitions"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the question asks for the meaning of a term that a stored text explains."""
        if "definition" not in question.intents:
            return []
        folded = fold(question.cleaned)
        allowed = {one.id for one in directives_meant(question, library, filters)}
        explained = [
            one
            for one in library.facts.definitions
            if one.kind in ("abbreviation", "footnote", "short_name")
            and one.meaning
            and one.document_id in allowed
            and _asked(one.term, folded)
        ]
        if not explained:
            return []
        longest = max(len(one.term) for one in explained)
        return [self._answer(library, one) for one in explained if len(one.term) == longest][:1]

    def _answer(self, library: Library, one: Definition) -> Candidate:
        directive = library.directive(one.document_id)
        spans = [_widened(directive.text, one.spans[0]), *one.spans[1:]]
        evidence = tuple(
            Evidence(directive, directive.provision_at(span.start) or directive.provisions[0], span) for span in spans
        )
        marks = "".join(f"[{number}]" for number in range(1, len(evidence) + 1))
        meaning = " ".join((one.meaning or "").split()).rstrip(".")
        return Candidate(self.name, f"{one.term}: {meaning}. {marks}", evidence, "text", _SURE)


def _asked(term: str, folded: str) -> bool:
    """Whether the question asks for just this term: it stands as words of its own, next to what asks."""
    wanted = rf"(?<!\w)[\"“]?{re.escape(fold(term))}[\"”]?"
    asks = r"la gi|la j|nghia la|co nghia|la viet tat|viet tat|gom nhung|la chu|duoc hieu|stands?|mean"
    behind = rf"{wanted}\s+(?:trong .{{0,40}})?\s*(?:{asks})"
    before = rf"(?:what (?:is|does|are)|nghia cua|viet tat) .{{0,12}}{wanted}(?!\w)"
    return re.search(f"{behind}|{before}", folded) is not None


def _widened(text: str, span: Span) -> Span:
    """The span up to the bracket that closes it."""
    return Span(span.start, span.end + (text[span.end : span.end + 1] == ")"))
