"""Places below and beside the provinces' own names: districts, short forms of provinces."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from index.data import strings
from index.normalise.keys import accented_syllables, fold, fold_aligned, has_diacritics, spaced, syllables

# Before a district whose name is a common word or a single syllable.
_LEVEL_WORDS = ("huyen", "quan", "thi xa", "thanh pho", "tp", "thi uy", "huyen uy", "thanh uy")
_LONG_SYLLABLE = 4
# Words before initials in small letters.
_BEFORE_INITIALS = r"(?:o|cua|tinh|tp|thanh pho|tinh uy|thanh uy|tu|th.u|theo|da|nq|ct|tai)"


def provinces_of_districts(text: str) -> list[str]:
    """The provinces, as they were until 30 June 2025, whose districts a text names.

    With diacritics a name of two syllables is enough ("Tuy An"); else a word for its level stands before it.
    """
    read = accented_syllables if has_diacritics(text) else syllables
    spoken = f" {' '.join(read(text))} "
    folded = " ".join(fold_aligned(text).lower().split())  # with its commas: "quản lý, Nhân dân" names no Lý Nhân
    found = []
    for name, province in _districts().items():
        key = " ".join(read(name))
        if f" {key} " not in spoken:
            continue
        alone = has_diacritics(text) and " " in key and _capitalised(name, text)
        plain = not has_diacritics(text) and name in _like_words()
        if alone or (not plain and _after_a_level(name, folded)):
            found.append(province)
    return list(dict.fromkeys(found))


def by_initials(text: str, provinces: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The provinces that a text names by their initials ("PY", "o na"), with where; none that two of them share."""
    initials: dict[str, list[str]] = {}
    for province in provinces:
        initials.setdefault("".join(fold(word)[0] for word in province.split()), []).append(province)
    for short, named in initials.items():
        if len(named) > 1 or len(short) < 2:
            continue
        accented = "".join(word[0] for word in named[0].split()).upper()
        upper = re.search(rf"(?<![\w/-])(?:{accented}|{short.upper()})(?!\w|[/-]\w|\s*\d)", text)
        lower = re.search(rf"(?:^|\b{_BEFORE_INITIALS} )({short})\b(?!\s*\d)", fold(text))
        if upper and not text.isupper():
            yield named[0], upper.start()
        elif lower:
            yield named[0], lower.start(1)
        else:  # "dnang", "hduong": the first letter with the last syllable
            first, *_, last = fold(named[0]).split()
            # A short syllable makes another word: "nạn" is no Nghệ An.
            if len(last) >= _LONG_SYLLABLE and (glued := re.search(rf"\b{first[0]}{last}\b", fold(text))):
                yield named[0], glued.start()


def short_provinces(text: str) -> list[str]:
    """Provinces by the short forms that everyone uses: "TPHCM", "Sài Gòn"."""
    spoken = spaced(text)
    pairs = (line.split(" = ") for line in strings("provinces.toml", "short"))
    return list(dict.fromkeys(name for short, name in pairs if spaced(short) in spoken))


def _after_a_level(name: str, folded: str) -> bool:
    """Whether a district stands behind a word for its level, in one piece with it."""
    plain = "[ '’-]+".join(map(re.escape, syllables(name)))
    return re.search(rf"\b(?:{'|'.join(_LEVEL_WORDS)}) {plain}\b", folded) is not None


def _capitalised(name: str, text: str) -> bool:
    """Whether a name stands in a text in one piece, with capitals: "phu hoa" and "quản lý, Nhân dân" hold none."""
    words = r" +".join(re.escape(fold(word)) for word in name.split())
    found = re.finditer(rf"\b{words}\b", fold_aligned(text).lower())
    return any(all(word[:1].isupper() for word in text[slice(*one.span())].split()) for one in found)


@cache
def _districts() -> dict[str, str]:
    return {name: province for province, names in _table()["districts"].items() for name in names}


@cache
def _like_words() -> frozenset[str]:
    """Names that are ordinary words without their marks."""
    return frozenset(_table()["like_words"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("index.data").joinpath("districts.toml").read_text(encoding="utf-8"))
