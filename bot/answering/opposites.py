"""Whether a clause says the opposite of what a question takes for granted: "nhiều quá" of what it calls "còn ít"."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
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
    asked, said = _judgements(question), _judgements(clause)
    for pair in asked.keys() & said.keys():
        (mine, where), (theirs, there) = asked[pair], said[pair]
        # Whoever has words of both sides weighs them.
        if {*mine, *theirs} == {0, 1} and len(mine) == len(theirs) == 1 and where & there:
            return True
    return False


@lru_cache(maxsize=256)  # a question is asked once for every sentence
def _judgements(text: str) -> dict[int, tuple[frozenset[int], frozenset[tuple[str, str]]]]:
    """Of each pair of opposites in a text: the sides that it has words of, and what stands near those, two by two.

    A word that is denied is none.
    """
    words = re.findall(r"\w+", text.lower())
    sides: dict[int, set[int]] = {}
    near: dict[int, set[tuple[str, str]]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _longest()) + 1):
            for pair, side in _table().get(tuple(words[start:end]), ()):
                if start and words[start - 1] in _NOT:
                    continue
                sides.setdefault(pair, set()).add(side)
                before, behind = words[max(0, start - _NEAR) : start], words[end : end + _NEAR]
                near.setdefault(pair, set()).update(pairwise(before), pairwise(behind))
    return {pair: (frozenset(sides[pair]), frozenset(near[pair])) for pair in sides}


@cache
def _table() -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Each word of the lexicon, by its syllables: of which pair, of which side of it."""
    lexicon = tomllib.loads(files("bot.answering").joinpath("data/opposites.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, line in enumerate(lexicon["pairs"]):
        for side, words in enumerate(line.split(" | ")):
            for word in words.split(", "):
                found.setdefault(tuple(word.split()), []).append((number, side))
    return found


@cache
def _longest() -> int:
    return max(map(len, _table()))
