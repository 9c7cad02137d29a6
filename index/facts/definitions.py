"""What a directive itself defines: abbreviations, short names, footnoted terms, explained terms, mottos."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.data import strings
from index.directive import Directive, Kind, Provision, Span
from index.facts.brackets import bracket_definitions
from index.facts.mottos import motto_variants, mottos
from index.facts.records import Definition
from index.normalise.keys import fold

__all__ = ["motto_variants", "read_definitions"]

_LAST_QUOTE = re.compile(r"[“\"](?P<inner>[^“”\"\n]{1,120})[”\"]\s*$")
_CLAUSE_MARK = re.compile(r"[,;:.“”\"()](?=\s|$)|\n")
_MOST_WORDS = 10  # of a footnoted term without quotation marks
_EXPLAINED = re.compile(
    r"(?P<term>[^:.;\n]{2,120}?)\s?[,:]?\s+(?:[Đđ]ược hiểu là|[Đđ]ược gọi là|[Ll]à|[Bb]ao gồm"
    r"|[Gg]ồm)\s*:?\s+(?P<meaning>\S)"
)
_LONGEST_TERM = 15  # words


def read_definitions(directive: Directive) -> list[Definition]:
    """Everything that a directive defines, in the order of the text; the same term and meaning only once."""
    found = [
        *bracket_definitions(directive),
        *_footnotes(directive),
        *_glossary(directive),
        *mottos(directive),
    ]
    unique: dict[tuple[str, str, str], Definition] = {}
    for one in sorted(found, key=lambda one: one.spans[0]):
        unique.setdefault((one.kind, fold(one.term), fold(one.meaning or "")), one)
    return list(unique.values())


def _footnotes(directive: Directive) -> Iterator[Definition]:
    """Each footnote: the quoted words or the noun phrase before its mark, and the note."""
    notes = {one.id: one for one in directive.walk() if one.kind is Kind.NOTE}
    for offset, note_id in directive.anchors:
        note = notes.get(note_id)
        if note is None or not note.spans:
            continue
        term, names = _marked(directive.text, offset)
        if term.end > term.start:
            meaning = directive.own_text(note)
            yield Definition(directive.id, "footnote", term.of(directive.text), meaning, (term, *note.spans), names)


def _marked(text: str, offset: int) -> tuple[Span, str | None]:
    """What a footnote mark at `offset` explains, and the noun that names it."""
    line = text.rfind("\n", 0, offset) + 1
    before = text[line:offset].rstrip()
    quoted = _LAST_QUOTE.search(before)
    if quoted is not None:
        named = _term_name().search(before[: quoted.start()])
        return Span(line + quoted.start("inner"), line + quoted.end("inner")), named[1] if named else None
    start = max((match.end() for match in _CLAUSE_MARK.finditer(before)), default=0)
    words = list(re.finditer(r"\S+", before[start:]))
    if not words:
        return Span(line, line), None
    determiner = _determiner().search(before, start)
    start += words[-min(_MOST_WORDS, len(words))].start()
    if determiner is not None:
        start = max(start, determiner.start())
    return Span(line + start, line + len(before)), None


def _glossary(directive: Directive) -> Iterator[Definition]:
    """The terms of an article that explains terms: "1. X là …"."""
    for article in directive.walk():
        if article.heading is None or not fold(article.heading.of(directive.text)).startswith(_glossary_headings()):
            continue
        for unit in article.children:
            definition = _explained(directive, unit)
            if definition is not None:
                yield definition


def _explained(directive: Directive, unit: Provision) -> Definition | None:
    if unit.label is None or not unit.spans:
        return None
    span = unit.spans[0]
    start = span.start + len(unit.label)
    start += len(directive.text[start : span.end]) - len(directive.text[start : span.end].lstrip())
    match = _EXPLAINED.match(directive.text, start, span.end)
    if match is None or len(match["term"].split()) > _LONGEST_TERM:
        return None
    end = max(inner.end for inner in unit.subtree_spans())
    meaning = directive.text[match.start("meaning") : end].rstrip(" .;")
    return Definition(directive.id, "short_name", match["term"].strip(" “”\"'"), meaning, (Span(start, end),))


@cache
def _glossary_headings() -> tuple[str, ...]:
    return strings("definition_words.toml", "glossary_headings")


@cache
def _term_name() -> re.Pattern[str]:
    nouns = {*strings("definition_words.toml", "term_words"), *strings("definition_words.toml", "motto_words")}
    longest = sorted(nouns, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(longest)})\s*:?\s*$", re.IGNORECASE)


@cache
def _determiner() -> re.Pattern[str]:
    words = sorted(strings("definition_words.toml", "determiners"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)}|\d{{1,3}})\s", re.IGNORECASE)
