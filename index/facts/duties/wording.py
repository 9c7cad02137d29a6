"""A text made ready for matching words: lower case, one spelling of tones, quotations hidden; offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from index.data import strings

FILE = "duties.toml"

# The older and the newer place of a tone mark: "uỷ" and "ủy". Both spellings have two letters, so offsets stay.
_TONES = {
    f"{first}{old}": f"{new}{last}"
    for first, last, olds, news in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for old, new in zip(olds, news, strict=True)
}
# Only an open syllable has two spellings ("hoàn" has one), and the u of "qu" belongs to the consonant ("quý").
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"\n]{0,400}\"|‘[^’]{0,300}’")
_BRACKETED = re.compile(r"\([^()\n]{0,400}\)")
_HIDDEN = "\u00b7"


def plain(text: str) -> str:
    """Lower case with one spelling of tones; as long as the text.

    >>> plain("Uỷ ban") == plain("Ủy ban")
    True
    """
    lowered = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    return _OLD_TONE.sub(lambda match: _TONES[match.group()], lowered)


@cache
def words(key: str) -> tuple[str, ...]:
    """A list of the data file, in the spelling of `plain`, the longest first so that it wins in a pattern."""
    return tuple(sorted((plain(word) for word in strings(FILE, key)), key=len, reverse=True))


def either(*keys: str) -> str:
    """A pattern for any entry of these lists, as whole words."""
    entries = sorted({word for key in keys for word in words(key)}, key=len, reverse=True)
    return whole(entries)


def whole(entries: Iterable[str]) -> str:
    """A pattern for any of these, not inside a longer word."""
    return rf"(?<!\w)(?:{'|'.join(re.escape(entry).replace(chr(92) + ' ', ' ') for entry in entries)})(?!\w)"


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in the forms that the readers match; all have the length of `raw`."""

    raw: str
    plain: str
    open: str  # quotations hidden
    bare: str  # quotations and brackets hidden

    @classmethod
    def of(cls, text: str) -> Wording:
        """Make the forms of a text."""
        lowered = plain(text)
        opened = _QUOTED.sub(_hide, lowered)
        return cls(text, lowered, opened, _BRACKETED.sub(_hide, opened))


def _hide(match: re.Match[str]) -> str:
    return _HIDDEN * len(match.group())
