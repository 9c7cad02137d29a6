"""Abbreviations and short names that a text introduces in brackets, or with "sau đây gọi tắt là"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from index.abbreviations import find_abbreviations
from index.data import strings
from index.directive import Directive, Span
from index.facts.acronyms import foreign_phrase, is_acronym, spelled_out
from index.facts.numbers import NUMBER
from index.facts.records import Definition
from index.normalise.keys import CAPITALS, fold, number_key

_BRACKET = re.compile(r"\((?P<inner>[^()\n]{2,160})\)")
_QUOTED = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")
_CLAUSE = re.compile(r"[;:.\n](?=\s|$)|[“”\"]")
_CLAUSE_END = re.compile(rf";\s|[.:]\s+(?=[{CAPITALS}])")
_PIECES = re.compile(r"\s*(?:[,;]|\bvà\b)\s*")
_LONGEST_BEFORE = 4000  # characters
_LONGEST_NAME = 12  # words of a short name


def bracket_definitions(directive: Directive) -> Iterator[Definition]:
    """What brackets introduce, in the order of the text; a bracket that introduces nothing gives nothing."""
    text = directive.text
    for match in _BRACKET.finditer(text):
        for found in _read(_before(text, match.start()), match["inner"]):
            yield _definition(directive, found, match)
    for match in _called_outside().finditer(text):
        thing = _called_thing(_before(text, match.start()), match["how"], match["name"])
        if thing is not None:
            yield _definition(directive, thing, match)


_Found = tuple[Literal["abbreviation", "short_name"], str, int, int]  # kind, term; its meaning in the text before


def _line_start(text: str, offset: int) -> int:
    """Where the paragraph of an offset begins; a very long one is looked back into no further than needed."""
    return max(text.rfind("\n", 0, offset) + 1, offset - _LONGEST_BEFORE)


def _before(text: str, offset: int) -> str:
    """What stands before an offset in its paragraph."""
    return text[_line_start(text, offset) : offset].rstrip()


def _definition(directive: Directive, found: _Found, match: re.Match[str]) -> Definition:
    kind, term, start, end = found
    line = _line_start(directive.text, match.start())
    meaning = directive.text[line + start : line + end]
    return Definition(directive.id, kind, term, meaning, (Span(line + start, match.end()),))


def _read(before: str, inner: str) -> list[_Found]:
    """What one bracket introduces for the text before it in its paragraph."""
    called = _called().match(inner)
    if called is not None:
        found = _called_thing(before, called["how"], inner[called.end() :])
        return [found] if found else []
    citations = _cited(before, inner)
    if citations:
        return citations
    found = _abbreviated(before, inner.strip())
    return [found] if found else []


def _abbreviated(before: str, term: str) -> _Found | None:
    """An abbreviation, by its letters, else, where it is a foreign acronym, by the noun that it is the name of."""
    if not is_acronym(term):
        return None
    where = spelled_out(before, term)
    if where is None and not find_abbreviations(term):
        where = foreign_phrase(before, term)
    return ("abbreviation", term, *where) if where else None


def _called_thing(before: str, how: str, name: str) -> _Found | None:
    """What "sau đây gọi tắt là X" calls X: the cited document, else what begins with X's own words, else the clause."""
    term = name.strip(" “”\"'.,;:")
    if not term or len(term.split()) > _LONGEST_NAME:
        return None
    if is_acronym(term):
        where = spelled_out(before, term) or foreign_phrase(before, term)
        if where is not None or not re.search(r"\s", term):  # "Hiệp định RCEP" is a short name
            return ("abbreviation", term, *(where or (_clause_start(before), len(before))))
    cited = _cited(before, term)
    if cited:
        return cited[0]
    start = None if fold(how) == "goi chung la" else _own_words(before, term)
    return ("short_name", term, _clause_start(before) if start is None else start, len(before))


def _own_words(before: str, term: str) -> int | None:
    """Where the last mention begins, outside quotes and in the same sentence, of the longest beginning of the term."""
    plain = _QUOTED.sub(lambda match: "”" * len(match.group()), before)
    sentence = max((match.end() for match in _CLAUSE_END.finditer(plain)), default=0)
    words = term.split()
    for count in range(len(words), 0, -1):
        wanted = r"\s+".join(map(re.escape, words[:count]))
        found = list(re.compile(rf"(?<!\w){wanted}(?!\w)", re.IGNORECASE).finditer(plain, sentence))
        if found:
            return found[-1].start()
    return None


def _clause_start(before: str) -> int:
    """Where the clause begins that a collective name closes: behind a mark, or behind "đối với", "của", …"""
    openers = "|".join(map(re.escape, strings("definition_words.toml", "list_openers")))
    start = max((match.end() for match in _CLAUSE.finditer(before)), default=0)
    behind = [match.end() for match in re.finditer(rf"(?<!\w)(?:{openers})\s", before[start:], re.IGNORECASE)]
    start += behind[-1] if behind else 0
    return start + len(before[start:]) - len(before[start:].lstrip())


def _cited(before: str, inner: str) -> list[_Found]:
    """Short names of documents ("Chỉ thị 16/CT-TTg, Chỉ thị 18/CT-TTg") whose full citation stands before."""
    found: list[_Found] = []
    kind = ""
    for piece in _PIECES.split(inner.strip()):
        match = _short_citation().fullmatch(piece)
        if match is None:
            return []
        kind = match["type"] or kind
        start = _citation(before, kind, match["number"]) if kind else None
        if start is None:
            return []
        found.append(("short_name", f"{kind} {match['number']}", start, len(before)))
    return found


def _citation(before: str, kind: str, number: str) -> int | None:
    """Where the last citation of that number and type begins; a bare number stands for one that begins with it."""
    key = number_key(number)
    for match in reversed(list(NUMBER.finditer(before))):
        if number_key(match.group())[: len(key)] != key:
            continue
        head = re.search(rf"(?<!\w){re.escape(kind)}(?:\s+số)?\s*:?\s*$", before[: match.start()], re.IGNORECASE)
        if head is not None:
            return head.start()
    return None


@cache
def _called() -> re.Pattern[str]:
    how = "|".join(strings("definition_words.toml", "called"))
    return re.compile(rf"\s*(?:(?:sau|dưới|từ) đây\s+)?(?:được\s+)?(?P<how>{how})\s*:?\s*", re.IGNORECASE)


@cache
def _called_outside() -> re.Pattern[str]:
    """The same words outside brackets; there "sau đây" must announce them, and the name ends at a mark."""
    how = "|".join(strings("definition_words.toml", "called"))
    return re.compile(
        rf"(?<!\(),?\s*(?<![\w(])(?:sau|dưới) đây\s+(?:được\s+)?(?P<how>{how})\s*:?\s+(?P<name>[^(),;.:\n]{{2,80}})",
        re.IGNORECASE,
    )


@cache
def _short_citation() -> re.Pattern[str]:
    types = sorted(strings("document_types.toml", "types"), key=len, reverse=True)
    names = "|".join(map(re.escape, types))
    return re.compile(rf"(?:(?P<type>{names})\s+)?(?:số\s+)?(?P<number>{NUMBER.pattern}|\d{{1,5}})")
