"""Names in a question that a directive does not hold: what is said of others is not said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.answering.asked import QUOTED
from bot.question.bodies import bodies_in
from bot.question.question import Question
from index.directive import Directive, Span
from index.library import Library
from index.normalise.keys import CAPITALS, spaced, syllables

# A run of two or more capitalised words.
_SHORT = re.compile(rf"[{CAPITALS}]{{2,5}}")  # an abbreviation, whatever it stands for
# A quotation of so many syllables is meant letter by letter.
_PHRASE = 3
_NAME = re.compile(rf"(?<!\w)[{CAPITALS}]\w+(?: [{CAPITALS}]\w+)+(?!\w)")


def missing_bodies(question: Question, directive: Directive) -> list[str]:
    """The bodies that a question names and a directive does not, folded."""
    return [body for body in bodies_in(question.searched) if f" {body} " not in _spoken(directive)]


def lacks_a_name(question: Question, directive: Directive) -> bool:
    """Whether a question names a body, a place or a person, or quotes words, that a directive nowhere has."""
    if missing_bodies(question, directive) or missing_names(question, directive):
        return True
    spoken = _spoken(directive)
    quoted = (syllables(quote) for quote in QUOTED.findall(question.cleaned))
    return any(len(words) >= _PHRASE and f" {' '.join(words)} " not in spoken for words in quoted)


def missing_names(question: Question, directive: Directive) -> list[str]:
    """The capitalised names in a question that a directive nowhere holds, as typed."""
    spoken = _spoken(directive)
    return [name for name in _names(question.cleaned) if spaced(name) not in spoken]


def cited_spans(library: Library, directive: Directive) -> tuple[Span, ...]:
    """Where a directive cites documents by number."""
    return tuple(
        span
        for reference in library.facts.references
        if reference.document_id == directive.id and reference.number
        for span in reference.mentions
    )


def without_references(directive: Directive, span: Span, cited: Iterable[Span]) -> str:
    """A sentence without the documents that it cites: their dates and numbers are not its own."""
    kept = list(span.of(directive.text))
    for one in cited:
        for position in range(max(one.start, span.start), min(one.end, span.end)):
            kept[position - span.start] = " "
    return "".join(kept)


def _names(text: str) -> list[str]:
    """Runs of capitalised words, the first word of the question aside."""
    found = []
    for match in _NAME.finditer(text):
        words = match.group().split()
        if match.start() == 0:  # "Huyện Sơn Hòa": a question begins with a capital anyhow
            words = words[1:]
        least = 2
        while words and _SHORT.fullmatch(words[0]):  # "TP Đà Nẵng", "TP Vinh"
            words, least = words[1:], 1
        if len(words) >= least:
            found.append(" ".join(words))
    return found


def _spoken(directive: Directive) -> str:
    metadata = directive.metadata
    known = (directive.province, metadata.issuer, metadata.title, metadata.attached, metadata.type)
    return _spaced(f"{directive.text} {' '.join(part for part in known if part)}")


_spaced = lru_cache(maxsize=256)(spaced)
