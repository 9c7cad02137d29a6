"""What kind of thing a question asks for, and whether a sentence holds one: a near miss has the words, not the fact."""

from __future__ import annotations

import re

from index.normalise.keys import fold

_PERCENT = re.compile(r"\b(?:bao nhieu|bn|may)\s*(?:%|phan tram)|\b(?:phan tram|ty le)\b")
_COUNTED = re.compile(r"\b(?:bao nhieu|bn|may)\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?)")
_WHEN = re.compile(
    r"\b(?:khi nao|luc nao|bao gio|ngay nao|thang nao|nam nao|quy nao|(?:ngay|thang|nam) may(?!\s+[a-z])"
    r"|han (?:nop|chot|cuoi|gui|bao cao)|thoi han|cham nhat|truoc ngay)\b"
)
_TIME = re.compile(
    r"\bngay \d|\d{1,2}[/.-]\d{1,2}|\bthang \d|\bnam (?:19|20)\d\d|\bquy (?:[ivx]+|\d)|\b(?:19|20)\d\d\b"
    r"|\bhang (?:nam|quy|thang)|\btruoc khi\b|\bsau khi\b|\bke tu\b|\bthuong xuyen\b|\bdinh ky\b"
)
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
# Words behind "mấy", "bao nhiêu" that count nothing by themselves: what is counted stands elsewhere.
_NO_UNIT = frozenset(
    {"la", "thi", "duoc", "phai", "trong", "cua", "o", "theo", "de", "va", "nguoi", "vay", "the", "do"}
)


_PRESUPPOSES = re.compile(
    r"\b(?:vi sao|tai sao|sao lai|do dau|the nao|de lam gi|ke hoach nao|dung (?:khong|chu)|phai khong|why)\b"
)
_MEASURED = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?(%|phan tram|lan|lop|mo hinh|buoc|nhom|bac)|\b(top|quy|nam)\s(\d+|[ivx]+)\b"
)


# "Phó" before an office is another office.
_DEPUTY = re.compile(r"\bpho (?:truong|chu tich|bi thu|giam doc|thu truong|chu nhiem)\b")
_PHONE = re.compile(r"\b(?:so dien thoai|sdt|hotline|duong day nong)\b")


# A body by its kind and the first two syllables of its name; those that issue a directive stand in every one.
_BODY = re.compile(r"\b(Ban|Sở) (?!Thường vụ|Chấp hành|Bí thư|Cán sự)([A-ZĐÀ-Ỹ]\w+ \w+)")
_ASKS_FOR_DUTIES = re.compile(r"\b(?:duoc giao|nhiem vu|trach nhiem|thi sao)\b")


def names_another_body(question: str, sentence: str) -> bool:
    """Whether a sentence says of another body of the same kind what a question takes for one body's."""
    said = {(kind, name.casefold()) for kind, name in _BODY.findall(sentence)}
    kinds = {kind for kind, _ in said}
    return any(kind in kinds and (kind, name.casefold()) not in said for kind, name in _BODY.findall(question))


def takes_a_body_for_granted(question: str, sentence: str) -> bool:
    """Whether the sentence has that other body as its subject, and the question more than "what is it to do"."""
    return (
        names_another_body(question, sentence)
        and _BODY.match(sentence) is not None
        and not _ASKS_FOR_DUTIES.search(fold(question))
    )


def contradicted(question: str, sentence: str, document_years: frozenset[str]) -> bool:
    """Whether a question takes a number for granted that the sentence gives otherwise: "60 % xã" where it says 80 %.

    Only a question that asks for something else (why, how, is it not so) takes anything for granted.
    """
    asked, said = fold(question), fold(sentence)
    if not _PRESUPPOSES.search(asked):
        return False
    given, stated = _measures(asked), _measures(said)
    given = {(unit, value) for unit, value in given if value not in document_years}
    units = {unit for unit, _ in stated}
    return any(unit in units and (unit, value) not in stated for unit, value in given)


def _measures(folded: str) -> set[tuple[str, str]]:
    """The numbers with a unit that a folded text holds: (unit, number)."""
    found = set()
    for value, unit, before, number in _MEASURED.findall(folded):
        if before:
            found.add((before, number))
        else:
            found.add(("%" if unit == "phan tram" else unit, value.lstrip("0")))
    return found


def fits(question: str, sentence: str, document_years: frozenset[str]) -> bool:
    """Whether a sentence can answer a question: a share, a count of what is counted, a time, a
    telephone number, the deputy and not the head, the year that is named.

    Years of the directive itself ("Chỉ thị năm 2016") are not asked of the sentence.
    """
    asked, said = fold(question), fold(sentence)
    if _PERCENT.search(asked):
        if not re.search(r"\d\s?%", said):
            return False
    elif (counted := _COUNTED.search(asked)) and not _holds_count(counted["unit"], said):
        return False
    if _WHEN.search(asked) and not _TIME.search(said):
        return False
    if any(office not in said for office in _DEPUTY.findall(asked)):
        return False
    if _PHONE.search(asked) and not re.search(r"\d[\d .]{5,}\d", said):
        return False
    return set(_YEAR.findall(asked)) - document_years <= set(_YEAR.findall(said))


def _holds_count(unit: str, said: str) -> bool:
    """Whether a number stands before the unit ("2 lớp", "01 mô hình"), or "n bước" is told by its numbered parts."""
    first = unit.split(maxsplit=1)[0]
    if first in _NO_UNIT:
        return bool(re.search(r"\d", said))
    return re.search(rf"\d+(?:\s?-\s?\d+)?\s+(?:\w+\s+)?{re.escape(first)}\b", said) is not None
