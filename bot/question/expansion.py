"""Abbreviations that people type and the stored texts do not hold, written out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from index.abbreviations import find_abbreviations
from index.library import Library
from index.normalise.keys import fold, has_diacritics

_WORD = re.compile(r"[^\W_][\w./-]*")


def plain_words(text: str) -> str:
    """Chat spellings of everyday words written out, with diacritics only where the text has some.

    >>> plain_words("ubnd xa phai lam j")
    'ubnd xa phai lam gi'
    """
    accented = has_diacritics(text)

    def written(match: re.Match[str]) -> str:
        word = _chat("everyday").get(match.group().lower())
        if word is None:
            return match.group()
        return word if accented else fold(word)

    return re.sub(r"(?<![\w/-])[^\W\d_]+(?![\w/-])", written, text)


def expand(text: str, library: Library) -> str:
    """The text with each unknown abbreviation replaced by its usual meaning: "bcđ dvk" is "ban chỉ đạo Dân vận khéo".

    A form that stands in the stored texts ("UBND") stays: they are searched by it.
    """
    return _WORD.sub(lambda match: _written_out(match.group(), library), text)


def _written_out(word: str, library: Library) -> str:
    if office := _chat("office").get(word.lower()):
        return office
    if len(word) < 2 or _is_accented(word) or library.retriever.lexical.document_frequency(fold(word)):
        return word
    found = find_abbreviations(word)
    return found[0].meanings[0].text if found else word


def _is_accented(word: str) -> bool:
    """Whether a word is written with marks beyond đ: then it is a word, no short form."""
    return any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", word))


@cache
def _chat(kind: str) -> dict[str, str]:
    table = tomllib.loads(files("bot.question").joinpath("data/chat.toml").read_text(encoding="utf-8"))
    return {str(short): str(word) for short, word in table[kind].items()}
