"""Addresses: slugs for links, and the line that people copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.directive import Directive, Kind, Metadata, Provision
from index.normalise.keys import syllables

_ORDINALS = ("", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_DIGITS = ("", "mốt", "hai", "ba", "tư", "lăm", "sáu", "bảy", "tám", "chín")
_COUNTED = re.compile(r"(gạch đầu dòng|dấu cộng|câu|đoạn) (\d+)")
_FIRST_WORDS = 5
MISSING = "[bản lưu thiếu {}]"


def slug(address: Sequence[str]) -> str:
    """An address as an ASCII slug.

    >>> slug(["Đề án kèm theo", "mục 3", "điểm 3.5"])
    'de-an-kem-theo-muc-3-diem-3-5'
    """
    return "-".join(syllables(" ".join(address))) or "doan"


def ordinal(number: int) -> str:
    """A Vietnamese ordinal.

    >>> ordinal(4), ordinal(11), ordinal(21), ordinal(24)
    ('thứ tư', 'thứ mười một', 'thứ hai mươi mốt', 'thứ hai mươi tư')
    """
    tens, ones = divmod(number, 10)
    if number <= 10:
        return f"thứ {_ORDINALS[number]}"
    if number > 99:
        return f"thứ {number}"
    unit = {1: "một"}.get(ones, _DIGITS[ones]) if tens == 1 else _DIGITS[ones]
    if tens == 1 and ones == 4:
        unit = "bốn"
    head = "mười" if tens == 1 else f"{_ORDINALS[tens] if tens != 4 else 'bốn'} mươi"
    return f"thứ {head} {unit}".rstrip()


def office_date(iso: str) -> str:
    """A date as offices write it: days below 10 and months 1 and 2 take a zero.

    >>> office_date("2016-09-05"), office_date("2019-02-18")
    ('05/9/2016', '18/02/2019')
    """
    day = date.fromisoformat(iso)
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month <= 2 else f"{day.day:02d}/{day.month}/{day.year}"


def long_date(iso: str) -> str:
    """A date in words, as state offices cite it.

    >>> long_date("2016-08-01")
    '01 tháng 8 năm 2016'
    """
    day, month, year = office_date(iso).split("/")
    return f"{day} tháng {month} năm {year}"


def is_party(issuer: str | None) -> bool:
    """Whether a body belongs to the Party, by its name: Party habit puts a comma before the date."""
    name = (issuer or "").lower()
    state = (
        "ủy ban nhân dân",
        "uỷ ban nhân dân",
        "ubnd",
        "hội đồng nhân dân",
        "chính phủ",
        "thủ tướng",
        "sở ",
        "quốc hội",
    )
    return not name.startswith("chủ tịch ủy ban") and not any(word in name for word in state)


def document_line(metadata: Metadata) -> str:
    """The first citation of a document: type, number, date, issuer, subject; what is missing is said."""
    kind = metadata.type or "Văn bản"
    missing = [name for name, value in (("số", metadata.number), ("ngày", metadata.issued_on)) if not value]
    parts = [f"{kind} số {metadata.number}" if metadata.number else kind]
    if metadata.issued_on and is_party(metadata.issuer):
        parts[0] += f", ngày {office_date(metadata.issued_on)}"
    elif metadata.issued_on:
        parts[0] += f" ngày {long_date(metadata.issued_on)}"
    if missing:
        parts.append(MISSING.format(", ".join(missing)))
    if metadata.issuer:
        parts.append(f"của {metadata.issuer}")
    if metadata.title:
        parts.append(_subject(metadata.title))
    return " ".join(parts)


def citation_line(directive: Directive, provision: Provision) -> str:
    """The line that people copy: the document, then the place from small to large with the unit's first words.

    Of a page that introduces a document it says so: a place in the page is no place in the document.
    """
    place = place_line(directive, provision)
    if directive.is_account:
        place += f"; dẫn theo {directive.provenance}, không phải toàn văn"
    return f"{document_line(directive.metadata)} ({place})"


def place_line(directive: Directive, provision: Provision) -> str:
    """A place from small to large: "gạch đầu dòng thứ tư, điểm 3.5, mục 3 Đề án: “Kiên quyết đấu tranh …”"."""
    levels = [_COUNTED.sub(lambda m: f"{m[1]} {ordinal(int(m[2]))}", level) for level in provision.address]
    part = ""
    if levels and levels[0].endswith(" kèm theo"):
        part = f" {levels.pop(0).removesuffix(' kèm theo')}"
    elif len(levels) > 1 and levels[0] == directive.metadata.type:
        part = f" {levels.pop(0)}"
    levels = [level.replace("Phần ", "phần ", 1) if index else level for index, level in enumerate(reversed(levels))]
    place = ", ".join(levels) + part
    if provision.kind in (Kind.DASH, Kind.PLUS, Kind.PARAGRAPH, Kind.SENTENCE, Kind.CLOSING):
        place += f": “{_first_words(directive, provision)}…”"
    return place


def _first_words(directive: Directive, provision: Provision) -> str:
    text = directive.own_text(provision)[len(provision.label or "") :].split()
    return " ".join(text[:_FIRST_WORDS]).rstrip(" ,;:.")


def _subject(title: str) -> str:
    """A subject as it follows the issuer's name: "về …", "ban hành …", else "về “…”"."""
    if re.match(r"(?:về|ban hành)\s", title, re.IGNORECASE):
        return title[0].lower() + title[1:] if not title.isupper() else title
    return f"về {title}" if title.startswith("“") else f"về “{title}”"
