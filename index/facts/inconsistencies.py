"""Where directives that cite the same document disagree on its date or its issuer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from index.facts.records import Inconsistency, Reading, Reference
from index.normalise.keys import fold, number_key

# Symbols of central bodies: the number means the same everywhere. Others belong to the locality of the directive.
_CENTRAL = re.compile(r"(?:tw|cp|ttg|qh\d*|ubtvqh\d*|ctn|bct|bbt|tbtw|vptw)$")
# What an issuer's name may add without naming another body: term of office, "of the Party", "of the Centre".
_ADDITIONS = re.compile(r"\(?\bkhoa\s+[xvi]+\)?|\btrung uong dang\b|\btrung uong\b|\bdang\b|\bviet nam\b|[(),]")
_SHORT = {"btv": "ban thuong vu", "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ttg": "thu tuong chinh phu"}


def find_inconsistencies(references: Iterable[Reference], provinces: Mapping[str, str]) -> list[Inconsistency]:
    """Disagreements on date or issuer among references of different directives to the same document.

    `provinces` maps a directive's id to its province: a local number (`/TU`, `/UBND`) is another document elsewhere.
    Differing titles are no inconsistency: a subject is quoted in many ways.
    """
    cited: dict[tuple[str, ...], list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.number:
            cited[_identity(reference, provinces)].append(reference)
    found = []
    for group in cited.values():
        dates = {reference.date for reference in group if reference.date}
        if len(dates) > 1:
            found.append(_inconsistency(group, "date"))
        if len(_distinct_issuers(group)) > 1:
            found.append(_inconsistency(group, "issuer"))
    return found


def _identity(reference: Reference, provinces: Mapping[str, str]) -> tuple[str, ...]:
    parts = number_key(reference.number or "")
    place = "" if _CENTRAL.search(parts[-1]) else provinces.get(reference.document_id, reference.document_id)
    return (fold(reference.type), *parts, place)


def _inconsistency(group: list[Reference], field: Literal["date", "issuer"]) -> Inconsistency:
    readings = tuple(
        Reading(reference.document_id, value, reference.mentions[0])
        for reference in group
        if (value := reference.date if field == "date" else reference.issuer)
    )
    return Inconsistency(group[0].type, group[0].number or "", field, readings)


def _distinct_issuers(group: list[Reference]) -> list[str]:
    """Issuers that cannot be one body: neither name holds the other's words."""
    distinct: list[str] = []
    for reference in group:
        if reference.issuer:
            name = _plain(reference.issuer)
            if name and not any(
                set(name.split()) <= set(o.split()) or set(o.split()) <= set(name.split()) for o in distinct
            ):
                distinct.append(name)
    return distinct


def _plain(issuer: str) -> str:
    words = _ADDITIONS.sub(" ", fold(issuer)).split()
    return " ".join(_SHORT.get(word, word) for word in words)
