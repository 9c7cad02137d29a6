"""Words that mean the same in a question and in a directive."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.normalise.keys import spaced, syllables, terms

_FILES = ("synonyms.toml", "thesaurus.toml")


@dataclass(frozen=True, slots=True)
class Synonym:
    """A phrase of a question: its folded terms, and what else says the same, as " a b " of folded syllables."""

    terms: frozenset[str]
    others: tuple[str, ...]


def synonyms(text: str) -> list[Synonym]:
    """The phrases of a question that have synonyms, longer ones first."""
    spoken, phrases = spaced(text).split(), _phrases()
    runs = (
        " ".join(spoken[start:end])
        for start in range(len(spoken))
        for end in range(start + 1, min(start + _longest(), len(spoken)) + 1)
    )
    found = sorted({run for run in runs if run in phrases}, key=lambda run: (-len(run), run))
    return [Synonym(frozenset(terms(phrase)), phrases[phrase]) for phrase in found]


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Each phrase with the others of its groups."""
    found: dict[str, list[str]] = {}
    for group in _groups():
        phrases = [" ".join(syllables(one)) for one in re.split(r"\s*\|\s*", group)]
        for phrase in phrases:
            found.setdefault(phrase, []).extend(f" {other} " for other in phrases if other != phrase)
    return {phrase: tuple(dict.fromkeys(others)) for phrase, others in found.items()}


@cache
def _longest() -> int:
    """Syllables of the longest phrase."""
    return max(len(phrase.split()) for phrase in _phrases())


def _groups() -> Iterator[str]:
    for name in _FILES:
        text = files("bot.question").joinpath(f"data/{name}").read_text(encoding="utf-8")
        yield from tomllib.loads(text)["groups"]
