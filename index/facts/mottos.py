"""Mottos: quoted slogans that a noun such as "phương châm" introduces, or whose parts run parallel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from index.data import strings
from index.directive import Directive, Span
from index.facts.records import Definition, Variant
from index.normalise.keys import fold, syllables

_QUOTE = re.compile(r"“(?P<curly>[^“”\n]{3,300})”|\"(?P<straight>[^\"\n]{3,300})\"")
_BETWEEN = re.compile(r"\s*(?:[,;]|(?:[,;]\s*)?và)\s*")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2}")
_NO_PART = re.compile(r"(?:hoặc|hay|nếu|không kể)\s|.?$", re.IGNORECASE)  # an enumeration's part, or a single letter
_TITLE = re.compile(r"\s*(?:về|v/v)\s", re.IGNORECASE)
_LONGEST_PART = 6  # syllables; the last part may have more ("có trách nhiệm với nhân dân")
_LONGEST_LAST = 8
_LONGEST_MOTTO = 40
_NAME_REACH = 10  # words between the noun and the quote it names ("phong cách cán bộ … theo hướng “…”")
# Dice coefficient of folded syllables. Of the mottos of five directives, wordings of one motto have 0.67 and more,
# different ones 0.36 and less.
_SIMILAR = 0.6


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation: with its marks, and what is inside."""

    outer: Span
    inner: Span


@dataclass(frozen=True, slots=True)
class _Name:
    """The noun that introduces a chain of quotes; `direct` where nothing stands between."""

    word: str
    strong: bool
    direct: bool


def mottos(directive: Directive) -> list[Definition]:
    """The mottos of a directive, each once, with every place where it stands."""
    found: dict[tuple[str, ...], Definition] = {}
    for span, name in _occurrences(directive.text):
        term = span.of(directive.text)
        key = tuple(syllables(term))
        known = found.get(key)
        if known is None:
            found[key] = Definition(directive.id, "motto", term, None, (span,), name)
        else:
            found[key] = replace(known, spans=(*known.spans, span), names=known.names or name)
    return list(found.values())


def motto_parts(term: str) -> list[str]:
    """The parts of a motto, without inner quotation marks.

    >>> motto_parts("gần dân, hiểu dân và có trách nhiệm với dân")
    ['gần dân', 'hiểu dân', 'có trách nhiệm với dân']
    """
    marks = r"\s*;\s*" if ";" in term else r"\s*,\s*|\s+[-–]\s+"
    parts = [part for part in re.split(marks, term) if part]
    if len(parts) > 1 and ";" not in term:
        parts[-1:] = re.split(r"\s+và\s+", parts[-1], maxsplit=1)
    return [part.strip(' “”".') for part in parts]


def motto_variants(definitions: Sequence[Definition]) -> list[Definition]:
    """The same definitions, each motto with the wordings that other directives give it, the nearest first."""
    every = [one for one in definitions if one.kind == "motto"]
    counts = {id(one): Counter(syllables(one.term)) for one in every}

    def near(one: Definition) -> tuple[Variant, ...]:
        scored = [
            (_dice(counts[id(one)], counts[id(other)]), other)
            for other in every
            if other.document_id != one.document_id
        ]
        best = sorted((pair for pair in scored if pair[0] >= _SIMILAR), key=lambda pair: -pair[0])
        return tuple(Variant(other.document_id, other.term, other.spans[0]) for _, other in best)

    return [replace(one, variants=near(one)) if one.kind == "motto" else one for one in definitions]


def _dice(first: Counter[str], second: Counter[str]) -> float:
    return 2 * (first & second).total() / max(1, first.total() + second.total())


def _occurrences(text: str) -> Iterator[tuple[Span, str | None]]:
    """Every motto, by the place of its words, with the noun that introduces it."""
    for chain in _chains(text):
        name = _name(text, chain[0].outer.start)
        singles: list[_Quote] = []
        for quote in chain:
            if len(motto_parts(quote.inner.of(text))) == 1:
                singles.append(quote)
                continue
            yield from _single_parts(text, singles, name)
            singles = []
            if _is_motto(quote.inner.of(text), name):
                yield quote.inner, name.word if name else None
        yield from _single_parts(text, singles, name)


def _is_motto(words: str, name: _Name | None) -> bool:
    """Whether a quotation of several parts is a motto: named as one directly, or parallel."""
    if _TITLE.match(words) or len(words.split()) > _LONGEST_MOTTO:
        return False
    parts = motto_parts(words)
    short = all(len(syllables(part)) <= _LONGEST_LAST for part in parts)
    return (name is not None and name.direct and (name.strong or short)) or _is_parallel(parts)


def _single_parts(text: str, quotes: list[_Quote], name: _Name | None) -> Iterator[tuple[Span, str | None]]:
    """Neighbouring quotes of one part each: one motto where they run parallel, else each by itself."""
    if name is None or not quotes:
        return
    if len(quotes) >= 3 and _is_parallel([quote.inner.of(text) for quote in quotes]):
        yield Span(quotes[0].outer.start, quotes[-1].outer.end), name.word
    elif name.direct and name.strong:
        for quote in quotes:
            if not _TITLE.match(quote.inner.of(text)) and len(quote.inner.of(text).split()) > 1:
                yield quote.inner, name.word


def _is_parallel(parts: list[str]) -> bool:
    """Whether three or more short parts have a rhythm: like lengths, or one word in most of them."""
    lengths = [len(syllables(part)) for part in parts]
    if len(parts) < 3 or max(lengths[:-1]) > _LONGEST_PART or lengths[-1] > _LONGEST_LAST or 0 in lengths:
        return False
    if any(_ABBREVIATION.search(part) or _NO_PART.match(part) for part in parts):
        return False
    shared = Counter(word for part in parts for word in set(syllables(part)))
    return max(lengths) - min(lengths) <= 1 or shared.most_common(1)[0][1] * 3 >= len(parts) * 2


def _chains(text: str) -> list[list[_Quote]]:
    """Quotations of a text, those that only a comma or "và" separates together."""
    chains: list[list[_Quote]] = []
    for match in _QUOTE.finditer(text):
        group = "curly" if match["curly"] else "straight"
        quote = _Quote(Span(*match.span()), _trimmed(text, Span(*match.span(group))))
        if chains and _BETWEEN.fullmatch(text, chains[-1][-1].outer.end, quote.outer.start):
            chains[-1].append(quote)
        else:
            chains.append([quote])
    return chains


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def _name(text: str, start: int) -> _Name | None:
    """The noun that introduces what is quoted at `start`: directly, or in the same clause not far before."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 400) : start]
    clause = re.split(r"[,;.“”\"](?:\s|$)", line)[-1]
    found = list(_names().finditer(clause))
    if not found:
        return None
    word = fold(found[-1].group())
    between = clause[found[-1].end() :]
    if len(between.split()) > _NAME_REACH:
        return None
    direct = re.fullmatch(r"\s*(?:là)?\s*:?\s*", between) is not None
    strong = {fold(noun): noun for noun in strings("definition_words.toml", "motto_words")}
    weak = {fold(noun): noun for noun in strings("definition_words.toml", "motto_words_weak")}
    return _Name((strong | weak)[word], word in strong, direct)


@cache
def _names() -> re.Pattern[str]:
    nouns = (*strings("definition_words.toml", "motto_words"), *strings("definition_words.toml", "motto_words_weak"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(nouns)})(?!\w)", re.IGNORECASE)
