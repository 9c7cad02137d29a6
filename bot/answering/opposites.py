"""Whether a clause says the opposite of what a question takes for granted: "nhiều quá" of what it calls "còn ít"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

# What is judged stands within so many syllables of the word that judges it.
_NEAR = 10
_NOT = frozenset({"không", "chưa", "chẳng", "đừng", "hết"})


def opposed(question: str, clause: str) -> bool:
    """Whether the two judge the same thing by opposite words; both as written, with diacritics.

    Each has a word of one side and none of the other, and near it a pair of neighbouring syllables in common.

    >>> opposed("Vì sao mô hình điểm nhiều quá?", "Số mô hình điểm còn ít.")
    True
    """
    asked, said = _syllables(question), _syllables(clause)
    for one, other in _pairs():
        for wanted, opposite in ((one, other), (other, one)):
            if _at(asked, opposite) or _at(said, wanted):
                continue
            for here in _at(asked, wanted):
                for there in _at(said, opposite):
                    if _around(asked, *here) & _around(said, *there):
                        return True
    return False


def _around(text: list[str], start: int, end: int) -> set[tuple[str, str]]:
    """Pairs of neighbouring syllables before a word and behind it."""
    before, behind = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return {*pairwise(before), *pairwise(behind)}


def _at(text: list[str], words: tuple[tuple[str, ...], ...]) -> list[tuple[int, int]]:
    """Where any of the words stands, unless it is denied: first syllable, behind the last."""
    return [
        (at, at + len(word))
        for word in words
        for at in range(len(text) - len(word) + 1)
        if tuple(text[at : at + len(word)]) == word and not (at and text[at - 1] in _NOT)
    ]


def _syllables(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@cache
def _pairs() -> tuple[tuple[tuple[tuple[str, ...], ...], ...], ...]:
    table = tomllib.loads(files("bot.answering").joinpath("data/opposites.toml").read_text(encoding="utf-8"))
    return tuple(tuple(map(tuple, map(_words, line.split(" | ")))) for line in table["pairs"])


def _words(side: str) -> Iterator[tuple[str, ...]]:
    for word in side.split(", "):
        yield tuple(word.split())
