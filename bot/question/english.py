"""Questions in English, put into the words of the directives by a small glossary of the field."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from index.data import strings
from index.normalise.keys import fold

# "commune-level committee" is "committee at commune level" in Vietnamese.
_LEVEL = re.compile(
    r"\b(commune|district|provincial|province)[- ]level (steering committee|people's committee|\w+)", re.IGNORECASE
)
_MARKS = "?,.;:'\"“”"
# The shape of a Vietnamese syllable without diacritics.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?(?!ee|oo)[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
# Of its words, this many at least are English function words.
_LEAST = 2
_SHARE = 0.2


def is_english(text: str) -> bool:
    """Whether a question is in English: enough of its words are English function words, or of the field in English.

    >>> is_english("Who chairs the steering committee?"), is_english("ai la truong ban chi dao")
    (True, False)
    >>> is_english("who signed Decision 2108?")
    True
    """
    words = re.findall(r"[a-z']+", text.lower())
    found = [word for word in words if word in _function_words()]
    # "an", "may", "to" are Vietnamese syllables as well: one word at least must be English beyond doubt.
    sure = [word for word in words if word in _known_words() and _SYLLABLE.fullmatch(word) is None]
    if not set(found) & set(sure):
        return False
    return (len(found) >= _LEAST and len(found) >= _SHARE * len(words)) or (
        len(sure) >= _LEAST and 2 * len(sure) >= len(words)
    )


def in_vietnamese(text: str) -> str:
    """An English question with the phrases of the glossary in Vietnamese, without function words.

    What stands in no entry stays: names, numbers, abbreviations. Provinces get their diacritics.
    """
    put = _LEVEL.sub(r"\2 at \1 level", text)
    for name in _provinces():
        put = re.sub(rf"(?<!\w){re.escape(fold(name))}(?!\w)", name, put, flags=re.IGNORECASE)
    for phrase, vietnamese in _phrases():
        put = re.sub(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", vietnamese, put, flags=re.IGNORECASE)
    words = put.split()
    return " ".join(
        word for before, word in zip(["", *words], words, strict=False) if not _is_left_over(before, word.strip(_MARKS))
    )


def _is_left_over(before: str, word: str) -> bool:
    """Whether a word is English that no entry has put into Vietnamese; "An" of a name and "4 an" are none."""
    if not word.islower() or not word.isascii() or before.strip(_MARKS).isdigit():
        return False
    return word in _function_words() or _SYLLABLE.fullmatch(word) is None


@cache
def _table() -> dict[str, dict[str, object]]:
    return tomllib.loads(files("bot.question").joinpath("data/english.toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    pairs = ((phrase, str(vietnamese)) for phrase, vietnamese in _table()["phrases"].items())
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _function_words() -> frozenset[str]:
    words = _table()["words"]["function"]
    return frozenset(map(str, words)) if isinstance(words, list) else frozenset()


@cache
def _known_words() -> frozenset[str]:
    """Function words, and all words of the glossary."""
    return _function_words() | {word for phrase, _ in _phrases() for word in phrase.lower().split()}


@cache
def _provinces() -> tuple[str, ...]:
    return (*strings("provinces.toml", "provinces"), *strings("provinces.toml", "later"))
