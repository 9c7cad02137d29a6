"""Which stored directives a question is about: named by number, by type and place, or by what the text calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.question.gazetteer import by_initials, provinces_of_districts, short_provinces
from index.data import strings
from index.directive import Directive
from index.library import Library
from index.normalise.keys import CAPITALS, fold, fold_aligned, has_diacritics, number_key, spaced, syllables

# A number as people type it, folded: whole ("290-qd/tw"), or its digits alone; a percentage is none.
_SYMBOL = r"[a-z]{2,}\d{0,2}"
_NUMBER = (
    rf"(?<![\w/.,-])\d{{1,5}}[a-z]?(?:\s?[-/]\s?(?:\d{{4}}\s?/\s?)?{_SYMBOL}(?:\s?[-/]\s?{_SYMBOL})*"
    rf"|/(?:19|20)\d\d)?(?![\w%/]|\s?%)"
)
# Short forms of the types that people type, beside the types' own names; from Phụ lục III, Nghị định 30/2020/NĐ-CP.
SHORT_TYPES = {
    "qd": "quyet dinh",
    "ct": "chi thi",
    "nq": "nghi quyet",
    "kl": "ket luan",
    "nd": "nghi dinh",
    "da": "de an",
    "kh": "ke hoach",
    "hd": "huong dan",
}


def named_directives(text: str, library: Library) -> list[str]:
    """Ids of the directives that a question names by their own number ("QĐ 2108", "04-ĐA/TU", "Đề án 04")."""
    folded = _long_types(fold(text), library)
    by_number = [directive.id for directive in library.directives.values() if _names(folded, directive)]
    by_place = [] if by_number else _named_by_place(text, library)
    return by_number or by_place or ([] if named_provinces(text, library) else _named_by_title(text, library))


# A place below the province, as issuers and titles name it: "xã Phố Bảng".
_BELOW = re.compile(
    r"(?<!\w)(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|thị uỷ|thị ủy|huyện ủy|huyện uỷ) "
    rf"(?P<name>[{CAPITALS}]\w*(?: [{CAPITALS}]\w*){{1,3}})"
)


def _named_by_place(text: str, library: Library) -> list[str]:
    """The one directive whose issuer or title names a place below the province that the question names."""
    spoken = spaced(text)
    found = [
        directive.id
        for directive in library.directives.values()
        if any(f" {' '.join(syllables(name))} " in spoken for name in _places_of(directive))
    ]
    return found if len(found) == 1 and len(library.directives) > 1 else []


def _places_of(directive: Directive) -> set[str]:
    metadata = directive.metadata
    told = f"{metadata.issuer or ''} | {metadata.title or ''}"
    names = {match["name"] for match in _BELOW.finditer(told)}
    return {name for name in names if fold(name) != fold(directive.province or "")}


# Syllables of a title side by side that name the one directive that has them.
_TITLE_RUN = 6


def _named_by_title(text: str, library: Library) -> list[str]:
    """The directive whose title alone has a run of words that the question has; none where several have it."""
    if len(library.directives) < 2:
        return []
    asked = _runs(text)
    found = {
        directive.id: asked & _runs(f"{directive.metadata.title or ''} | {directive.metadata.attached or ''}")
        for directive in library.directives.values()
    }
    alone = [
        identity
        for identity, runs in found.items()
        if runs - set().union(*(other for one, other in found.items() if one != identity))
    ]
    return alone if len(alone) == 1 else []


def _runs(text: str) -> set[tuple[str, ...]]:
    words = syllables(text)
    return {tuple(words[start : start + _TITLE_RUN]) for start in range(len(words) - _TITLE_RUN + 1)}


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a question names by number: its folded type, if said, and its number's parts, as far as given."""

    type: str | None
    parts: tuple[str, ...]
    written: str  # as typed


def cited_documents(text: str, library: Library) -> list[Cited]:
    """Numbered documents that a question names and that are no stored directive: "QĐ 290", "kết luận số 114-KL/TW"."""
    folded = _long_types(fold(text), library)
    own = [
        (number_key(d.metadata.number), {fold(kind) for kind in _types(d)})
        for d in library.directives.values()
        if d.metadata.number
    ]
    names = sorted(map(fold, strings("document_types.toml", "types")), key=len, reverse=True)
    found = []
    for match in re.finditer(rf"\b(?:(?P<type>{'|'.join(names)})\s+)?(?:so\s+)?(?P<number>{_NUMBER})", folded):
        parts = number_key(match["number"])
        if len(parts) == 1 and _COUNTS.match(folded, match.end()):
            continue
        if match["type"] is None and _IN_A_MONTH.search(folded[: match.start()]):
            continue
        named = any(
            key[: len(parts)] == parts and (len(parts) > 1 or not match["type"] or match["type"] in kinds)
            for key, kinds in own
        )
        if (match["type"] or len(parts) > 1) and not named:
            found.append(Cited(match["type"], parts, match["number"].upper()))
    return found


# Behind it stands a date, no number: "tháng 11/2022".
_IN_A_MONTH = re.compile(r"\b(?:thang|ngay|mong|quy|nam) $")
# What a bare number counts: "đề án 1 lần" names no document.
_COUNTS = re.compile(
    r"\s*(?:%|lan|nam(?! (?:19|20)\d\d)|thang|ngay|nguoi|buoc|nhom|muc|diem|lop"
    r"|mo hinh|cap|xa|huyen|trieu|ty|phan tram)\b(?! (?:nao|may|gi))"
)


def named_types(text: str, library: Library) -> set[str]:
    """Types of stored directives (or of what is attached to them) that a question names."""
    folded = _long_types(fold(text), library)
    types = {kind for directive in library.directives.values() for kind in _types(directive)}
    return {kind for kind in types if re.search(rf"\b{re.escape(fold(kind))}\b", folded)}


def directives_of(library: Library, province: str | None, ids: Iterable[str]) -> list[Directive]:
    """The named directives; else those of the province; else all."""
    chosen = set(ids)
    stored = list(library.directives.values())
    if chosen:
        return [directive for directive in stored if directive.id in chosen]
    if province:
        return [directive for directive in stored if directive.province == province]
    return stored


def named_province(text: str, library: Library) -> str | None:
    """The one province that a question names; None where it names none or several."""
    named = named_provinces(text, library)
    return named[0] if len(named) == 1 else None


def named_provinces(text: str, library: Library) -> list[str]:
    """The provinces of the library that a question names, in its order; with diacritics they must agree.

    Where it names none, those by their initials ("PY"), and those of the districts that it names.
    """
    exact = has_diacritics(text)
    read = text.lower() if exact else fold(text)
    named: dict[str, int] = {}
    for directive in library.directives.values():
        province = directive.province or ""
        wanted = province.lower() if exact else fold(province)
        if wanted and (match := re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", read)):
            named[province] = match.start()
    if not named and exact:
        named |= _with_wrong_marks(text, library)
    if not named:
        stored = {directive.province for directive in library.directives.values() if directive.province}
        named |= dict(by_initials(text, sorted(stored)))
        named |= {province: len(text) for province in provinces_of_districts(text) if province in stored}
    return sorted(named, key=lambda province: named[province])


def _with_wrong_marks(text: str, library: Library) -> dict[str, int]:
    """Provinces written with another tone behind a word for a place: "ở nghệ ạn", "thành uỷ hà tỉnh"."""
    folded = fold_aligned(text).lower()
    found: dict[str, int] = {}
    for directive in library.directives.values():
        province = directive.province or ""
        match = re.search(rf"{_BEFORE_PLACE}{re.escape(fold(province))}(?!\w)", folded) if province else None
        if match and text[match.end() - len(province) : match.end()].islower():
            found[province] = match.start()
    return found


_BEFORE_PLACE = r"\b(?:o|tai|cua|tinh|thanh pho|tp|ben|tinh uy|thanh uy|ubnd tinh|chi thi|nghi quyet|de an)\s+"


def unstored_provinces(text: str, library: Library) -> list[str]:
    """The provinces that a question names and that no stored directive is of.

    With diacritics a name must be written as one ("Hòa Bình" is not "hòa bình"); without, words for a place must
    stand before it ("o ca mau", "tinh ha nam").
    """
    stored = {directive.province for directive in library.directives.values()}
    known = [*strings("provinces.toml", "provinces"), *strings("provinces.toml", "later")]
    exact = has_diacritics(text)
    read = text if exact else fold(text)
    before = r"(?<!\w)" if exact else r"(?:^|\b(?:o|tinh|thanh pho|tp|tai|con|the|tinh uy|thanh uy)\s+)"
    named = [name for name in known if re.search(rf"{before}{re.escape(name if exact else fold(name))}(?!\w)", read)]
    return [name for name in (*named, *short_provinces(text), *provinces_of_districts(text)) if name not in stored]


_PLACE = re.compile(
    r"\b(dieu|muc|diem|phan|khoan|chuong) (?:so |thu )?(\d+(?:\.\d+)*|[ivx]+)\b"
    r"|\b(giai phap|nhiem vu|nhom|noi dung) (?:so )?(\d+\.\d+)\b"
)


def named_places(text: str) -> list[str]:
    """The numbered units that a question names, folded: "diem 3.5", "dieu 2"."""
    return [f"{kind or other} {number or dotted}" for kind, number, other, dotted in _PLACE.findall(fold(text))]


def _types(directive: Directive) -> set[str]:
    return {kind for kind in (directive.metadata.type, directive.metadata.attached_type) if kind}


def _names(folded: str, directive: Directive) -> bool:
    number = directive.metadata.number
    if not number:
        return False
    digits = re.match(r"\d+", number)
    types = "|".join(re.escape(fold(kind)) for kind in _types(directive))
    short = rf"\b(?:{types}) (?:so )?0*{int(digits.group())}\b(?!\s?[/-])" if digits and types else r"(?!)"
    whole = r"\s?[-/]\s?".join(map(re.escape, re.split(r"[-/]", fold(number))))
    return re.search(rf"{short}|(?<![\w/]){whole}(?!\w)", folded) is not None


def _long_types(folded: str, library: Library) -> str:
    """Types written out; "qd" stands for a decision or a regulation, by the stored one that has the number."""

    def written_out(match: re.Match[str]) -> str:
        long, other = SHORT_TYPES[match["short"]], _ALSO.get(match["short"])
        of_number = {
            kind for one in library.directives.values() if _begins(one, match["number"]) for kind in _types(one)
        }
        kinds = set(map(fold, of_number))
        return other if other in kinds and long not in kinds else long

    return re.sub(rf"\b(?P<short>{'|'.join(SHORT_TYPES)})\b(?=\s+(?:so\s+)?(?P<number>\d+))", written_out, folded)


_ALSO = {"qd": "quy dinh"}


def _begins(directive: Directive, digits: str) -> bool:
    number = re.match(r"\d+", directive.metadata.number or "")
    return number is not None and int(number.group()) == int(digits)
