"""Slips of typing: syllables that are no Vietnamese words, read as the nearest that the stored texts hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from bot.question.diacritics import Restorer, is_syllable
from bot.question.generation import once_a_generation
from index.abbreviations import find_abbreviations
from index.library import Library
from index.normalise.keys import fold_word, syllables

_WORD = re.compile(r"(?<![\w/.@-])[^\W\d_]+(?![\w/@-])")
# A shorter word is a short form rather than a slip. Letters.
_SHORTEST = 3
_LETTERS = "abcdeghiklmnopqrstuvxy"
# Telex keys that were left as letters: "dduwowcj" for "được". A tone key ends the syllable.
_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("uw", "u"), ("ow", "o"), ("aw", "a"), ("w", "u"))
_TONE_KEY = re.compile(r"[sfrxj]$")


def without_slips(text: str, library: Library, restorer: Restorer) -> tuple[str, frozenset[int]]:
    """The text with slips replaced by folded syllables, and where those begin, for the restorer to read.

    A syllable with marks that no text has ("chuyễn") loses its marks; a word that is no syllable ("vệc", "dduwowcj")
    becomes the syllable one letter away that stands beside its neighbours in the stored texts, else the most frequent.
    """
    frequency = library.retriever.lexical.document_frequency
    words = list(_WORD.finditer(text))
    parts: list[str] = []
    places: set[int] = set()
    end = length = 0
    for index, word in enumerate(words):
        typed = word.group()
        if not _is_slip(typed, library, restorer):
            continue
        before = fold_word(words[index - 1].group().lower()) if index else ""
        after = fold_word(words[index + 1].group().lower()) if index + 1 < len(words) else ""
        found = {
            near: (frequency(f"{before}_{near}") + frequency(f"{near}_{after}"), frequency(near))
            for near in _near(fold_word(typed.lower()))
            if restorer.knows(near) and frequency(near)
        }
        best = max(found, key=lambda near: found[near], default="")
        if not found or not _is_plain(typed, best, found[best][0]):
            continue
        parts += (text[end : word.start()], best)
        length += word.start() - end
        places.add(length)
        length += len(best)
        end = word.end()
    return "".join([*parts, text[end:]]), frozenset(places)


def _is_plain(typed: str, best: str, beside: int) -> bool:
    """Whether a reading is beyond doubt: everyday words that no directive holds ("sếp", "bây giờ") are no slips."""
    if is_syllable(typed):  # only its marks can be wrong
        return best == fold_word(typed) and beside >= _LEAST_BESIDE
    return beside > 0 or len(typed) > _SHORTEST


# How often in the stored texts a word must stand beside its neighbours, for its marks to be taken for wrong.
_LEAST_BESIDE = 2


def written_out(text: str, library: Library) -> str:
    """The text with compounds of which only the first letter and the second syllable were typed, written out.

    "gquyet" is "giai quyet", "dnang" is "da nang": the pair of neighbours that the stored texts hold most often.
    """

    def read(match: re.Match[str]) -> str:
        typed = match.group().lower()
        if is_syllable(typed) or not typed.isascii() or library.retriever.lexical.document_frequency(typed):
            return match.group()
        head, tail = typed[:1], typed[1:]
        if not is_syllable(tail) or find_abbreviations(typed):
            return match.group()
        first = _firsts(library).get((head, tail))
        return f"{first} {tail}" if first else match.group()

    return _WORD.sub(read, text)


@once_a_generation
def _firsts(library: Library) -> dict[tuple[str, str], str]:
    """By its first letter and the syllable behind it, the syllable that stands before that most often, folded."""
    counted: Counter[tuple[str, str]] = Counter()
    for directive in library.directives.values():
        counted.update(pairwise(syllables(directive.text)))
        counted.update(_LEAST_BESIDE * list(pairwise(syllables(directive.province or ""))))
    # The most frequent is written last and stays.
    often = sorted((count, pair) for pair, count in counted.items() if count >= _LEAST_BESIDE)
    return {(first[:1], second): first for _, (first, second) in often}


def _is_slip(typed: str, library: Library, restorer: Restorer) -> bool:
    if len(typed) < _SHORTEST or not typed.islower() or restorer.knows(typed):
        return False
    if not typed.isascii():
        return True
    known = is_syllable(typed) or library.retriever.lexical.document_frequency(typed) or find_abbreviations(typed)
    return not known


@lru_cache(maxsize=4096)
def _near(folded: str) -> tuple[str, ...]:
    """The word itself, its Telex reading, and every word one letter away."""
    telex = _TONE_KEY.sub("", folded)
    for keys, letter in _TELEX:
        telex = telex.replace(keys, letter)
    return tuple(dict.fromkeys([folded, telex, _TONE_KEY.sub("", folded), *_one_away(folded)]))


def _one_away(word: str) -> Iterator[str]:
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for head, tail in splits:
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)
