"""Statements: the sentences of the passages found for a question, scored by what they share with it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from langchain_core.documents import Document

from bot.answering.asked import asks_according_to, asks_for_a_document, asks_list
from bot.answering.expected import fits, shortfalls
from bot.answering.features import Features
from bot.answering.named import cited_spans, lacks_a_name, without_references
from bot.answering.telling import Telling
from bot.observing import step
from bot.question.question import Question
from index.directive import Directive, Kind, Provision, Span
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold
from index.passages import sentences_of

_PASSAGES = 24
# The subject of a sentence stands in its beginning. Characters.
SUBJECT = 80
# Parts of a sheet that other strategies read.
_FURNITURE = frozenset({Kind.PART, Kind.TITLE, Kind.STAMP, Kind.RECIPIENTS, Kind.SIGNATURE, Kind.AUTHOR})
# The parts of a score; chosen on the development part by `danvan-evaluate answers`.
_OWN, _AROUND, _FITS, _RANK, _ACTOR, _NEAR = 0.6, 0.4, 0.1, 0.15, 0.1, 0.15
# For a standard deviation that a sentence is nearer in meaning than the mean of all that were found.
_MEANING = 0.05


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a directive with its score and what was measured of it."""

    directive: Directive
    provision: Provision
    span: Span
    score: float
    fits: bool  # whether the sentence holds the kind of thing that is asked for
    features: Features

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.span.of(self.directive.text)


@dataclass(frozen=True, slots=True)
class _Scored:
    document: Document
    directive: Directive
    span: Span
    score: float
    words: float  # the part of the score that the words alone make
    fits: bool
    similarity: float | None  # cosine of question and sentence
    nearness: float = 0.0  # the same in standard deviations above the mean of all sentences found


def statements(question: Question, told: Telling, library: Library, filters: Filters, most: int = 8) -> list[Statement]:
    """The best sentences for a question, best first, at most one of a passage."""
    words = " ".join([question.searched, *(other.strip() for one in told.synonyms for other in one.others)])
    with step("retrieve"):
        found = library.retriever.search(question.searched, _PASSAGES, filters, words=words)
    scored = sorted(_with_meaning(list(_scored(question, told, library, found))), key=lambda one: -one.score)
    best: dict[str, _Scored] = {}
    for one in scored:
        best.setdefault(str(one.document.id), one)
    return [_measured(question, one, scored, told) for one in list(best.values())[:most]]


def years_of(directive: Directive) -> frozenset[str]:
    """The years that name a directive: of its issue, and of the period in its title."""
    metadata = directive.metadata
    return frozenset(re.findall(r"(?:19|20)\d\d", f"{metadata.issued_on} {metadata.title} {metadata.number}"))


def _scored(question: Question, asked: Telling, library: Library, found: Sequence[Document]) -> Iterator[_Scored]:
    best_fused = max((document.metadata["score"] for document in found), default=1.0)
    near = _nearness(found)
    known: dict[str, _Known] = {}
    asks_who = "who" in question.intents
    # The number and the date of a document are told where it is cited, and only of a document.
    folded = fold(question.cleaned)
    of_documents = asks_for_a_document(folded) or (bool(question.cites) and not asks_according_to(folded))
    for document in found:
        directive = library.directive(document.metadata["document_id"])
        if not _says_something(directive, document):
            continue
        if directive.id not in known:
            known[directive.id] = _known(question, asked, library, directive)
        of_it = known[directive.id]
        context = _context(directive, document)
        may_fit = not of_it.lacks_a_name and _holds_cited(question, document)
        spans = list(sentences_of(directive, document))
        cosines = library.retriever.nearness(question.searched, str(document.id))
        similarities: Sequence[float | None] = cosines if cosines is not None else [None] * len(spans)
        for span, similarity in zip(spans, similarities, strict=True):
            text = span.of(directive.text)
            plain = text if of_documents else without_references(directive, span, of_it.cited)
            fitting = may_fit and fits(question.searched, plain, of_it.years, document.page_content)
            words = _OWN * of_it.told.share(text) + _AROUND * of_it.told.share(f"{context}\n{text}")
            score = words + _FITS * fitting + _RANK * document.metadata["score"] / best_fused
            score += _ACTOR * (asks_who and text.startswith(of_it.actors))
            score += _NEAR * near.get(str(document.id), 0.0)
            yield _Scored(document, directive, span, score, words, fitting, similarity)


def _holds_cited(question: Question, document: Document) -> bool:
    """Whether a passage, with what stands above it, has the number of each document that the question names."""
    return all(
        re.search(rf"(?<![\w/.-])0*{re.escape(one.parts[0].lstrip('0'))}(?![\d.])", document.page_content.lower())
        for one in question.cites
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What scoring needs of one directive, for one question."""

    told: Telling
    years: frozenset[str]
    lacks_a_name: bool
    cited: tuple[Span, ...]
    actors: tuple[str, ...]  # bodies that its duties bind: a sentence that begins with one says who


def _known(question: Question, asked: Telling, library: Library, directive: Directive) -> _Known:
    return _Known(
        told=asked.about(identity_of(directive)),
        years=years_of(directive),
        lacks_a_name=lacks_a_name(question, directive),
        cited=cited_spans(library, directive),
        actors=tuple({duty.actor for duty in library.facts.duties if duty.document_id == directive.id and duty.actor}),
    )


def _nearness(found: Sequence[Document]) -> dict[str, float]:
    """How near in meaning each passage is, from 0 (the farthest found) to 1; none where words alone found it."""
    known = {str(one.id): one.metadata["similarity"] for one in found if one.metadata["similarity"] is not None}
    if len(known) < 2:
        return {}
    low, high = min(known.values()), max(known.values())
    return {identity: (value - low) / (high - low) if high > low else 0.0 for identity, value in known.items()}


def _with_meaning(scored: Sequence[_Scored]) -> list[_Scored]:
    """The same with how near each is in meaning, counted in the score: models differ in how far cosines spread."""
    known = [one.similarity for one in scored if one.similarity is not None]
    spread = statistics.pstdev(known) if len(known) > 1 else 0.0
    if not spread:
        return list(scored)
    mean = statistics.fmean(known)
    told = []
    for one in scored:
        nearness = (one.similarity - mean) / spread if one.similarity is not None else 0.0
        told.append(replace(one, nearness=nearness, score=one.score + _MEANING * nearness))
    return told


def _measured(question: Question, one: _Scored, scored: Sequence[_Scored], asked: Telling) -> Statement:
    directive = one.directive
    told = asked.about(identity_of(directive))
    text = one.span.of(directive.text)
    context = f"{_context(directive, one.document)}\n{one.document.page_content}"
    others = [s for s in scored if s is not one and s.directive.id == directive.id]
    short = shortfalls(question.searched, text, one.document.page_content)
    features = Features(
        share=told.share(text),
        own=told.word_share(text),
        rest=asked.about(identity_of(directive), named=0.0).word_share(text),
        around=told.word_share(context),
        missing=told.missing(context),
        gap=one.score - max((s.score for s in others if s.score <= one.score), default=0.0),
        # Where a sentence without what is asked for says more of the question, the fact is not there.
        margin=min(0.0, one.words - max((s.words for s in others), default=0.0)),
        similarity=one.document.metadata["similarity"] or 0.0,
        nearness=one.nearness,
        lacks_noun=short[0],
        lacks_meaning=short[1],
        known=told.known,
        words=float(len(told.words)),
        length=float(len(question.searched.split())),
        asks_list=float(asks_list(fold(question.cleaned))),
        asks_who=float("who" in question.intents),
        asks_number=float("how_many" in question.intents),
    )
    return Statement(
        directive, directive.provision(one.document.metadata["provision_id"]), one.span, one.score, one.fits, features
    )


def identity_of(directive: Directive) -> str:
    """What names a directive: type, number, place, issuer, title."""
    metadata = directive.metadata
    parts = (
        metadata.type,
        metadata.attached_type,
        metadata.number,
        directive.province,
        metadata.issuer,
        metadata.title,
    )
    return " ".join(part for part in (*parts, metadata.attached) if part)


def _context(directive: Directive, document: Document) -> str:
    """What stands above a passage: the document's name and title, the headings."""
    own = document.metadata["end"] - document.metadata["start"]
    return f"{identity_of(directive)}\n{document.page_content[:-own]}"


def _says_something(directive: Directive, document: Document) -> bool:
    """Whether a passage is a sentence of the text: a heading, a signature or a name answers nothing by itself."""
    provision = directive.provision(document.metadata["provision_id"])
    if provision.kind in _FURNITURE:
        return False
    return not (provision.heading and provision.heading.end >= document.metadata["end"])
