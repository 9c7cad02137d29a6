"""Sentences and clauses of Vietnamese administrative text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.directive import Span
from index.normalise.keys import CAPITALS

# A full stop ends a sentence where a capital, a quote or a digit follows and no abbreviation or number precedes.
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\bTP\.)(?<!\bTS\.)(?<!\bTh\.)(?<!\bT\.)(?<!\bKT\.)(?<!\bTM\.)[”\")]?\s+"
    rf"(?=[{CAPITALS}“\"(+\-\d])"
    # A new line, except where the sentence goes on in it: in small letters, or with a share ("được giảm / 15 %").
    r"|(?<![.;:])\n(?!\d+\s?%|[a-zà-ỹđ]{2})|(?<=[.;:])\n"
)
_CLAUSE_END = re.compile(r";\s+")
_COMMA = re.compile(r",\s+")


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a span, without the white space between them."""
    return _cut(text, span, _SENTENCE_END)


def clauses(text: str, span: Span) -> Iterator[Span]:
    """The parts of a span between semicolons."""
    return _cut(text, span, _CLAUSE_END)


def windows(text: str, span: Span, words: int) -> list[Span]:
    """Cover a span by ranges of at most that many words, cut at sentences, else at semicolons, commas, spaces."""
    pieces: list[Span] = []
    for sentence in sentences(text, span):
        pieces += _fit(text, sentence, words)
    ranges: list[Span] = []
    for piece in pieces:
        if ranges and len(text[ranges[-1].start : piece.end].split()) <= words:
            ranges[-1] = Span(ranges[-1].start, piece.end)
        else:
            ranges.append(piece)
    return ranges


def _fit(text: str, span: Span, words: int) -> list[Span]:
    if len(span.of(text).split()) <= words:
        return [span]
    for pattern in (_CLAUSE_END, _COMMA):
        pieces = list(_cut(text, span, pattern))
        if len(pieces) > 1:
            return [small for piece in pieces for small in _fit(text, piece, words)]
    spaces = [match.start() for match in re.finditer(r"\s+", span.of(text))]
    middle = span.start + spaces[words - 1]
    return [Span(span.start, middle), *_fit(text, Span(middle + 1, span.end), words)]


def _cut(text: str, span: Span, pattern: re.Pattern[str]) -> Iterator[Span]:
    start = span.start
    for match in pattern.finditer(text, span.start, span.end):
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        if end > start:
            yield Span(start, end)
        start = match.end()
    if start < span.end:
        yield Span(start, span.end)
