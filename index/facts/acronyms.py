"""What an acronym stands for: its letters met backwards in the initials of the words before it."""

from __future__ import annotations

import re
from functools import cache

from index.data import strings
from index.normalise.keys import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
_TOKENS = re.compile(r"[^\W\d_]+(?:[\s,&/.-]+[^\W\d_]+){0,3}")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLC]+")
_CROSSES = re.compile(r"[.;:“”\"()\n]")
_BOUNDARY = re.compile(r"[,;:.“”\"()\n]")
_MOST_BEHIND = 5  # words between the last that is abbreviated and the bracket ("Ủy ban nhân dân tỉnh (UBND)")
_LONGEST_PHRASE = 14


def is_acronym(term: str) -> bool:
    """Whether a bracket's text has the form of an abbreviation: one word at least has two capitals; no numeral.

    >>> is_acronym("KT-XH"), is_acronym("BCS đảng"), is_acronym("XII"), is_acronym("Khóa")
    (True, True, False, False)
    """
    if not _TOKENS.fullmatch(term) or _ROMAN.fullmatch(term):
        return False
    tokens = _TOKEN.findall(term)
    most = max(sum(letter.isupper() for letter in token) for token in tokens)
    joined = sum(token.isupper() for token in tokens) >= 2 and not re.search(r"\s", term)
    return most >= 2 or joined or bool(re.fullmatch(r"[A-Z][a-z]{2,5} [Ii]ndex", term))


def letters(term: str) -> str:
    """The letters that stand for words: the capitals of a token, else its first letter; folded, w is u.

    >>> letters("BCS đảng"), letters("Th.U"), letters("QP-AN")
    ('bcsd', 'tu', 'qpan')
    """
    found = []
    for token in _TOKEN.findall(term):
        capitals = "".join(letter for letter in token if letter.isupper())
        found.append(capitals or token[0])
    return fold("".join(found)).replace("w", "u")


def spelled_out(before: str, term: str) -> tuple[int, int] | None:
    """Where the words stand whose initials are the acronym's letters, the nearest to its end.

    >>> before = "của cán bộ, công chức, viên chức"
    >>> before[slice(*spelled_out(before, "CBCCVC"))]
    'cán bộ, công chức, viên chức'
    """
    wanted = letters(term)
    words = list(_WORD.finditer(before))[-60:]
    most = _MOST_BEHIND if len(wanted) > 2 else 1
    for behind in range(min(most, len(words)) + 1):
        last = len(words) - 1 - behind
        first = _matched(words, last, wanted)
        if first is not None and not _CROSSES.search(before, words[first].start(), words[last].end()):
            return words[first].start(), words[last].end()
    return None


def _matched(words: list[re.Match[str]], last: int, wanted: str) -> int | None:
    """Index of the first word, where the words up to `last` spell the letters; small words may be passed over."""
    links = _links()
    index, first = last, last
    for letter in reversed(wanted):
        while index >= 0 and index != last and _initial(words[index]) != letter and words[index].group() in links:
            index -= 1
        if index < 0 or _initial(words[index]) != letter:
            return None
        first = index
        index -= 1
    return first


def _initial(word: re.Match[str]) -> str:
    return fold(word.group()[0])


def foreign_phrase(before: str, term: str) -> tuple[int, int] | None:
    """Where the noun phrase stands that a foreign acronym names: from the last head noun since the last mark.

    >>> before = "Phấn đấu chỉ số hài lòng về sự phục vụ hành chính"
    >>> before[slice(*foreign_phrase(before, "SIPAS"))]
    'chỉ số hài lòng về sự phục vụ hành chính'
    """
    if not term.isascii():
        return None
    start = max((match.end() for match in _BOUNDARY.finditer(before)), default=0)
    heads = list(_heads().finditer(before, start))
    if not heads or len(before[heads[-1].start() :].split()) > _LONGEST_PHRASE:
        return None
    return heads[-1].start(), len(before)


@cache
def _links() -> frozenset[str]:
    return frozenset(strings("definition_words.toml", "link_words"))


@cache
def _heads() -> re.Pattern[str]:
    nouns = sorted(strings("definition_words.toml", "head_nouns"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(nouns)})(?!\w)", re.IGNORECASE)
