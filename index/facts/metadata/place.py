"""Of which province and of which level a directive is, as far as its text tells."""

from __future__ import annotations

import re
from functools import cache

from index.data import strings
from index.facts.metadata.stated import Stated
from index.normalise.keys import fold
from index.structure.zones import Part

# Words of an issuer's name that tell its level, the lowest first.
_LEVELS = (
    ("xã", r"\b(?:xa|phuong|thi tran|dac khu)\b"),
    ("huyện", r"\b(?:huyen|thi uy|quan uy|quan)\b"),
    ("tỉnh", r"\b(?:tinh|tinh uy|thanh pho)\b"),
    ("trung ương", r"\b(?:trung uong|chinh phu|bo chinh tri|ban bi thu|quoc hoi|thu tuong|bo truong)\b"),
)


def read_place(text: str, part: Part, issuer: Stated | None) -> dict[str, Stated]:
    """Province and level, where letterhead, subject or issuer name them."""
    found: dict[str, Stated] = {}
    if issuer and (level := _level(text, issuer.value)):
        found["level"] = Stated(level, issuer.spans)
    if found.get("level", Stated("", ())).value == "trung ương":
        return found
    for line in [*part.title, *part.body[:1]]:
        dated = re.match(r"([^\W\d_][^,]{2,30}),\s*ngày", line.text)
        for match in _provinces().finditer(line.text):
            if match["kind"] or (dated and match.span("name") == dated.span(1)):
                name = _usual()[fold(" ".join(match["name"].split()))]
                found.setdefault("province", Stated(name, (line.part(*match.span("name")),)))
    return found


def _level(text: str, issuer: str) -> str | None:
    name = fold(issuer)
    for level, pattern in _LEVELS:
        if re.search(pattern, name):
            return level
    if re.search(r"\bthanh uy\b", name):
        # A city's committee: of a city within a province where the text looks up to that province.
        return "huyện" if re.search(r"\b(?:tinh uy|ubnd tinh|uy ban nhan dan tinh)\b", fold(text)) else "tỉnh"
    return None


@cache
def _usual() -> dict[str, str]:
    """A province's name as it is usually written, by its folded form: letterheads write it in capitals."""
    return {fold(name): name for key in ("provinces", "later") for name in strings("provinces.toml", key)}


@cache
def _provinces() -> re.Pattern[str]:
    alternatives = "|".join(map(re.escape, sorted(_usual().values(), key=len, reverse=True)))
    return re.compile(rf"(?P<kind>(?:tỉnh|thành phố|TỈNH|THÀNH PHỐ)\s+)?(?P<name>(?i:{alternatives}))(?!\w)")
