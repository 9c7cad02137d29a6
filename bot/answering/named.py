"""Names in a question that a directive does not hold: what is said of others is not said of them."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answering.premises import bodies_in
from bot.question.question import Question
from index.directive import Directive, Span
from index.library import Library
from index.normalise.keys import CAPITALS, syllables

# A run of two or more capitalised words.
_NAME = re.compile(rf"(?<!\w)[{CAPITALS}]\w+(?: [{CAPITALS}]\w+)+(?!\w)")


def missing_bodies(question: Question, directive: Directive) -> list[str]:
    """The bodies that a question names and a directive does not, folded."""
    return [body for body in bodies_in(question.searched) if f" {body} " not in _spoken(directive)]


def lacks_a_name(question: Question, directive: Directive) -> bool:
    """Whether a question names a body, a place or a person that a directive nowhere names."""
    if missing_bodies(question, directive):
        return True
    spoken = _spoken(directive)
    return any(f" {' '.join(syllables(name))} " not in spoken for name in _names(question.cleaned))


def without_references(library: Library, directive: Directive, span: Span) -> str:
    """A sentence without the documents that it cites: their dates and numbers are not its own."""
    kept = list(span.of(directive.text))
    for start, end in _cited(library.manifest.id, directive.id, library):
        for position in range(max(start, span.start), min(end, span.end)):
            kept[position - span.start] = " "
    return "".join(kept)


_mentions: dict[tuple[str, str], list[tuple[int, int]]] = {}


def _cited(generation: str, document_id: str, library: Library) -> list[tuple[int, int]]:
    key = (generation, document_id)
    if key not in _mentions:
        _mentions.clear() if len(_mentions) > 4096 else None
        _mentions[key] = [
            (span.start, span.end)
            for reference in library.facts.references
            if reference.document_id == document_id and reference.number
            for span in reference.mentions
        ]
    return _mentions[key]


def _names(text: str) -> list[str]:
    """Runs of capitalised words, the first word of the question aside."""
    return [match.group() for match in _NAME.finditer(text) if match.start() > 0]


def _spoken(directive: Directive) -> str:
    metadata = directive.metadata
    known = (directive.province, metadata.issuer, metadata.title, metadata.attached, metadata.type)
    return _folded(f"{directive.text} {' '.join(part for part in known if part)}")


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return f" {' '.join(syllables(text))} "
