"""The passage strategy: the best sentence or clause of the best provision, verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from langchain_core.documents import Document

from bot import messages
from bot.answering.expected import contradicted, fits, names_another_body, takes_a_body_for_granted
from bot.answering.strategy import Candidate, Evidence
from bot.question.question import Question
from index.data import strings
from index.directive import Directive, Kind, Span
from index.filters import Filters
from index.library import Library
from index.normalise.keys import accented_syllables, fold, has_diacritics, syllables, terms
from index.structure.sentences import clauses, sentences

_PASSAGES = 8
# A longer sentence is narrowed to the clause that answers, where one does. Characters.
_LONG_SENTENCE = 350
# A clause must hold this share of what its sentence says to the question.
_CLAUSE_SHARE = 0.75
# Parts of a sheet that the metadata strategy reads.
_FURNITURE = frozenset({Kind.PART, Kind.TITLE, Kind.STAMP, Kind.RECIPIENTS, Kind.SIGNATURE, Kind.AUTHOR})
# What is left of the confidence where a sentence does not hold the kind of thing that is asked for.
_NEAR_MISS = 0.3
# How much a passage's place in the ranking weighs against the words of its sentences.
_RANK_WEIGHT = 0.5


class PassageStrategy:
    """Searches, then picks the sentence that shares most of the question's telling words."""

    name = "passage"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate for each of the best passages, best first."""
        found = library.retriever.search(question.searched, _PASSAGES, filters)
        weights = _weights(question, library)
        total = sum(weights.values())
        candidates = []
        for rank, document in enumerate(found):
            directive = library.directive(document.metadata["document_id"])
            if not _says_something(directive, document):
                continue
            span, score = _best(directive, document, weights)
            told = _told(question, document, library)
            said, years = span.of(directive.text), _years(directive)
            wrong = contradicted(question.searched, said, years) or takes_a_body_for_granted(question.cleaned, said)
            near = not fits(question.searched, said, years) or names_another_body(question.cleaned, said)
            if near and not wrong:
                told *= _NEAR_MISS  # the words are there, the fact is not: the nearest passage at best
            candidate = self._candidate(directive, document, span, told)
            if wrong:
                text = messages.corrected(said)
                candidate = replace(candidate, text=text, status="corrected")
            candidates.append((score + _RANK_WEIGHT * total / (1 + rank), candidate))
        return [candidate for _, candidate in sorted(candidates, key=lambda pair: -pair[0])]

    def _candidate(self, directive: Directive, document: Document, span: Span, confidence: float) -> Candidate:
        provision = directive.provision(document.metadata["provision_id"])
        evidence = Evidence(directive, provision, span)
        return Candidate(self.name, f"{span.of(directive.text)} [1]", (evidence,), "text", min(confidence, 1.0))


def _weights(question: Question, library: Library) -> dict[str, float]:
    """Each term of the question with its inverse document frequency; words that only ask weigh nothing."""
    asking = {fold(word) for key in ("words", "chat") for word in strings("question_words.toml", key)}
    return {
        term: _rarity(term, library)
        for term in dict.fromkeys(terms(question.searched))
        if not all(part in asking for part in term.split("_"))
    }


def _rarity(term: str, library: Library) -> float:
    """Inverse document frequency as in BM25."""
    lexical = library.retriever.lexical
    frequency = lexical.document_frequency(term)
    return math.log(1 + (lexical.size - frequency + 0.5) / (frequency + 0.5))


def _told(question: Question, document: Document, library: Library) -> float:
    """Share of the question's telling words, by rarity, that a passage with its headings holds.

    A question typed with diacritics is compared with them: "lương cơ sở" is not "lượng có sổ".
    """
    read = accented_syllables if has_diacritics(question.cleaned) else syllables
    asking = {word for key in ("words", "chat") for item in strings("question_words.toml", key) for word in read(item)}
    wanted = {
        word: _rarity(fold(word).rstrip("12345"), library) for word in read(question.searched) if word not in asking
    }
    held = set(read(document.page_content))
    total = sum(wanted.values())
    return sum(weight for word, weight in wanted.items() if word in held) / total if total else 0.0


def _says_something(directive: Directive, document: Document) -> bool:
    """Whether a passage is a sentence of the text: a heading, a signature or a name answers nothing by itself."""
    provision = directive.provision(document.metadata["provision_id"])
    if provision.kind in _FURNITURE:
        return False
    return not (provision.heading and provision.heading.end >= document.metadata["end"])


def _years(directive: Directive) -> frozenset[str]:
    """The years that name a directive: of its issue, and of the period in its title."""
    metadata = directive.metadata
    return frozenset(re.findall(r"(?:19|20)\d\d", f"{metadata.issued_on} {metadata.title} {metadata.number}"))


def _best(directive: Directive, document: Document, weights: dict[str, float]) -> tuple[Span, float]:
    """The sentence, or the clause of a long one, that shares most with the question."""
    whole = _without_label(directive, document)
    best, score = max(_scored(directive, sentences(directive.text, whole), weights), key=lambda pair: pair[1])
    if best.end - best.start > _LONG_SENTENCE:
        narrowed, narrow_score = max(
            _scored(directive, clauses(directive.text, best), weights), key=lambda pair: pair[1]
        )
        if narrow_score >= _CLAUSE_SHARE * score:
            return narrowed, score
    return best, score


def _without_label(directive: Directive, document: Document) -> Span:
    """The passage's text; where it begins a provision, behind the label ("3.5-", a dash)."""
    start, end = document.metadata["start"], document.metadata["end"]
    provision = directive.provision(document.metadata["provision_id"])
    if provision.label and provision.spans[0].start == start:
        behind = directive.text[start + len(provision.label) : end]
        if behind.strip():
            start = end - len(behind.lstrip(" -–.:)"))
    return Span(start, end)


def _scored(directive: Directive, spans: Iterator[Span], weights: dict[str, float]) -> Iterator[tuple[Span, float]]:
    for span in spans:
        held = set(terms(span.of(directive.text)))
        yield span, sum(weight for term, weight in weights.items() if term in held)
