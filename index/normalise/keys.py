"""Keys for matching: folded text, syllables, document numbers. Keys are never shown and never quoted."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_SYLLABLE = re.compile(r"[a-z0-9]+")
# đ has no decomposition; the dash family and the curly quotes have plain readings.
_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " "}
)

# A class of the capital letters of Vietnamese, for patterns: ranges of code points mix capitals and small letters.
CAPITALS = "A-Z" + "".join(
    chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper() and code not in range(0x370, 0x1E00)
)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word without diacritics, in small letters."""
    decomposed = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def fold(text: str) -> str:
    """Lower case without diacritics: "Ủy" and "Uỷ" both give "uy"."""
    return " ".join(fold_word(word) for word in text.split(" "))


def fold_aligned(text: str) -> str:
    """Fold an NFC text character by character, so that offsets stay: `len(result) == len(text)`."""
    return "".join(_fold_character(character) for character in text)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    folded = fold_word(character)
    return folded if len(folded) == 1 else character


def syllables(text: str) -> list[str]:
    """The folded syllables and numbers of a text, in order."""
    return _SYLLABLE.findall(fold(text))


def spaced(text: str) -> str:
    """The folded syllables of a text, one space around each, so that a phrase is found as whole words.

    >>> spaced("Sở Nội vụ")
    ' so noi vu '
    """
    return f" {' '.join(syllables(text))} "


def terms(text: str) -> list[str]:
    """Folded syllables and the bigrams of neighbours: what the lexical index holds and is asked."""
    single = syllables(text)
    return single + [f"{first}_{second}" for first, second in pairwise(single)]


_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_ACCENTED = re.compile(r"[^\W_]+")


def accented_syllables(text: str) -> list[str]:
    """Syllables with diacritics, the tone last, so that its two spellings meet.

    >>> accented_syllables("Hòa uỷ") == accented_syllables("hoà ủy")
    True
    """
    return [tone_last(word) for word in _ACCENTED.findall(unicodedata.normalize("NFC", text).lower())]


@lru_cache(maxsize=65536)
def tone_last(word: str) -> str:
    """A syllable in small letters with its tone written last, as a digit: both spellings of a tone give one key."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = "".join(_TONES.get(c, "") for c in decomposed)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)) + tone


def number_key(number: str) -> tuple[str, ...]:
    """The parts of a document's number: `4955/QĐ-UBND`, `4955-QĐ/UBND` and `4955 /QĐ-UBND` are one.

    >>> number_key("04- ĐA/TU") == number_key("04-ĐA/TU")
    True
    """
    return tuple(part.lstrip("0") or "0" for part in syllables(number))


def has_diacritics(text: str) -> bool:
    """Whether a text holds any Vietnamese letter beyond ASCII."""
    return any(c in "đĐ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", text))
