"""Abbreviations that people type and the stored texts do not hold, written out."""

from __future__ import annotations

import re

from index.abbreviations import find_abbreviations
from index.library import Library
from index.normalise.keys import fold

_WORD = re.compile(r"[^\W_][\w./-]*")
_CHAT = {"bn": "bao nhiêu", "ko": "không", "dc": "được", "đc": "được", "vb": "văn bản", "ntn": "như thế nào"}


def expand(text: str, library: Library) -> str:
    """The text with each unknown abbreviation replaced by its usual meaning: "bcđ dvk" is "ban chỉ đạo Dân vận khéo".

    A form that stands in the stored texts ("UBND") stays: they are searched by it.
    """
    return _WORD.sub(lambda match: _written_out(match.group(), library), text)


def _written_out(word: str, library: Library) -> str:
    if word.lower() in _CHAT:
        return _CHAT[word.lower()]
    if len(word) < 2 or library.retriever.lexical.document_frequency(fold(word)):
        return word
    found = find_abbreviations(word)
    return found[0].meanings[0].text if found else word
