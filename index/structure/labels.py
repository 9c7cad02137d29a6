"""The labels of Vietnamese documents: what a paragraph's first characters say of its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.directive import Kind

# Depth of a label in the outline; smaller is larger. Dotted numbers go one deeper with each dot.
_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_SECTION = 10
_CHAPTER = 20
_DIVISION = 25
_ARTICLE = 30
_ITEM = 40
_POINT = 50
_LETTER = 60
_DASH = 70
_PLUS = 80


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed (`length` characters at the paragraph's beginning), its depth and its name in an address."""

    kind: Kind
    depth: int
    name: str
    length: int
    heads_next: bool = False  # stands alone, with its heading in the next paragraph


_FORMS: tuple[tuple[Kind, int, str, re.Pattern[str]], ...] = (
    (
        Kind.SECTION,
        _SECTION,
        "Phần {}",
        re.compile(rf"(?i:phần)\s+(?:thứ\s+)?(?P<n>{_ROMAN}|\d+|[a-zđ]{{2,5}})\b[.:]?", re.UNICODE),
    ),
    (Kind.CHAPTER, _CHAPTER, "Chương {}", re.compile(rf"(?i:chương)\s+(?P<n>{_ROMAN}|\d+)\b[.:]?")),
    (Kind.CHAPTER, _DIVISION, "Mục {}", re.compile(rf"(?i:mục)\s+(?P<n>{_ROMAN}|\d+)[.:]?(?=\s+[^\Wa-zđ]|$)")),
    (Kind.ARTICLE, _ARTICLE, "Điều {}", re.compile(r"(?i:điều)\s+(?P<n>\d+[a-zđ]?)\s*[.:]")),
    (Kind.SECTION, _SECTION, "Phần {}", re.compile(rf"(?P<n>{_ROMAN})\s*[-–.)/]+(?=\s)")),
    (Kind.SECTION, _SECTION - 5, "Phần {}", re.compile(r"(?P<n>[A-EĐ])\s*[-–.)](?=\s+[^\Wa-z\d_]{2})")),
    (Kind.POINT, _POINT, "điểm {}", re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})+)\s*[-–.):]*(?=\s)")),
    (Kind.ITEM, _ITEM, "mục {}", re.compile(r"(?P<n>\d{1,3})\s*[-–.)/]+(?=\s)")),
    (Kind.POINT, _LETTER, "điểm {}", re.compile(r"(?P<n>[a-zđ])\s*[.)](?=\s)")),
    (Kind.DASH, _DASH, "gạch đầu dòng", re.compile(r"[-–—•](?=\s*\w|\s*[“\"(])")),
    (Kind.PLUS, _PLUS, "dấu cộng", re.compile(r"\+(?=\s*\w|\s*[“\"(])")),
)
_ALONE = re.compile(r"\s*[.:]?\s*$")


def read_label(paragraph: str, in_article: bool = False) -> Label | None:
    """The label that a paragraph begins with; under a Điều, plain numbers are khoản.

    >>> read_label("2.3- Phạm vi").name
    'điểm 2.3'
    """
    for kind, depth, form, pattern in _FORMS:
        match = pattern.match(paragraph)
        if match is None or not match.group():
            continue
        number = match.groupdict().get("n") or ""
        if kind is Kind.SECTION and not (number.isupper() or number.isdigit() or paragraph[:4].lower() == "phần"):
            continue
        deeper = number.count(".") if kind is Kind.POINT else 0
        name = "khoản {}" if kind is Kind.ITEM and in_article else form
        alone = kind in (Kind.SECTION, Kind.CHAPTER) and _ALONE.fullmatch(paragraph[match.end() :]) is not None
        return Label(kind, depth + deeper, name.format(number), match.end(), alone)
    return None
