"""The outline strategy: how many of something a stored directive has, counted from its own units."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import messages
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence
from bot.question.question import Question
from index.directive import Directive, Span
from index.facts.records import Count
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

_SURE = 0.95
_ASKED = re.compile(r"\b(?:may|bao nhieu|bn)\s+(?!phan tram)(?P<what>[^,?.;]+)")
_NOISE = re.compile(r"\b(?:chinh|lon|chu yeu|trong tam|cu the|tat ca|ca thay|duoc|nao|ghi|neu|vay)\b")


class OutlineStrategy:
    """Answers "mấy điều, mấy nhóm giải pháp" of one directive; every counted unit is cited, to count again."""

    name = "outline"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant and its units of that name are counted just once."""
        asked = _ASKED.search(fold(question.cleaned))
        if "count" not in question.intents or asked is None:
            return []
        chosen = directives_meant(question, library, filters, by_type=True)
        if len(chosen) != 1:
            return []
        what = " ".join(_NOISE.sub(" ", asked["what"]).split())
        counts = [
            one for one in library.facts.counts if one.document_id == chosen[0].id and _same(fold(one.what), what)
        ]
        best = max(counts, key=lambda one: len(one.what), default=None)
        if best is None or sum(one.what == best.what for one in counts) > 1:
            return []
        return [self._answer(chosen[0], best)]

    def _answer(self, directive: Directive, count: Count) -> Candidate:
        if count.count is None:
            evidence = _evidence(directive, count.spans[:1])
            return Candidate(self.name, messages.not_countable(count.what), evidence, None, _SURE, "not_found")
        evidence = _evidence(directive, count.spans)
        marks = "".join(f"[{number}]" for number in range(1, len(evidence) + 1))
        return Candidate(self.name, f"{messages.counted(count.count, count.what)} {marks}", evidence, "derived", _SURE)


def _same(counted: str, asked: str) -> bool:
    """Whether what is counted is what is asked: "nhom giai phap" for "nhom giai phap de an da nang dua ra"."""
    plain = re.sub(r"\s*\([^)]*\)", "", counted)
    names = {plain, plain.removeprefix("nhom "), plain.replace(", ", " va ")}
    return any(re.match(rf"{re.escape(name)}\b", asked) for name in names if name)


def _evidence(directive: Directive, spans: Sequence[Span]) -> tuple[Evidence, ...]:
    """The first line of each unit."""
    found = []
    for span in spans:
        end = directive.text.find("\n", span.start, span.end)
        line = Span(span.start, end if end > 0 else span.end)
        found.append(Evidence(directive, directive.provision_at(line.start) or directive.provisions[0], line))
    return tuple(found)
