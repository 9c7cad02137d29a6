"""Which levels of government a body's name or a clause takes in."""

from __future__ import annotations

import re

from index.facts.duties.wording import plain

CENTRE, PROVINCE, DISTRICT, COMMUNE = LEVELS = ("trung ương", "tỉnh", "huyện", "xã")
_ALL = (PROVINCE, DISTRICT, COMMUNE)

# A town of a province is of the district level, a ward of the commune level (Luật Tổ chức chính quyền địa phương
# 77/2015/QH13, Điều 2); "cơ sở" is the commune level.
_EVERY = re.compile(r"(?<!\w)(?:các cấp(?! ủy)|mọi cấp|tất cả các cấp)(?!\w)")
_TWO = re.compile(r"(?<!\w)(?:hai|2|02) cấp(?!\w)")
_RANGE = re.compile(
    r"(?<!\w)từ (?P<top>trung ương|tỉnh|thành phố|huyện|quận|thị xã) (?:đến|tới|xuống) (?P<low>cơ sở|xã|huyện|cấp xã)"
)
_UNIT = r"(?:tỉnh|thành phố|huyện|quận|xã|phường|cơ sở)"
_NAMED = re.compile(rf"(?<!\w)cấp (?P<list>(?:trung ương|{_UNIT})(?:(?:,| và|, cấp| và cấp) {_UNIT})*)(?!\w)")
_PLACE = re.compile(rf"(?:^|(?<=; ))(?:ở|tại) {_NAMED.pattern}")
_TOWN = r"(?:huyện|quận|thị xã|thành phố|thị|thành ủy)"
_WARD = r"(?:xã|phường|thị trấn|đặc khu)"
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (CENTRE, (r"(?:ban|bộ)(?:, (?:ban|bộ|ngành))+ (?:ở )?trung ương", "các bộ")),
    (
        PROVINCE,
        (
            "các (?:sở|tỉnh|ban đảng|tỉnh ủy|ban cán sự)",
            r"(?:sở|ban|ngành)(?:, (?:sở|ban|ngành|đoàn thể))+[^,;.]{0,15}tỉnh",
        ),
    ),
    (DISTRICT, (rf"{_TOWN}(?:, | và ){_TOWN}", "các (?:huyện|quận|thị xã|huyện ủy|quận ủy|thị ủy)")),
    (COMMUNE, (rf"{_WARD}(?:, | và ){_WARD}", rf"các (?:{_WARD}|đảng ủy xã)")),
)
_GROUP_PATTERNS = tuple((level, re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")) for level, forms in _GROUPS)
_WORDS = {
    "trung ương": CENTRE, "tỉnh": PROVINCE, "thành phố": PROVINCE,
    "huyện": DISTRICT, "quận": DISTRICT, "thị xã": DISTRICT,
    "xã": COMMUNE, "phường": COMMUNE, "cơ sở": COMMUNE, "cấp xã": COMMUNE,
}  # fmt: skip


def levels_told(clause: str, issuer_level: str | None = None) -> tuple[str, ...]:
    """The levels that a clause without a body binds: only "các cấp", "từ … đến …" or "ở cấp …" say so."""
    folded = plain(clause)
    patterns = (_EVERY, _TWO, _RANGE, _PLACE)
    told = "; ".join(match.group() for pattern in patterns for match in pattern.finditer(folded))
    return levels_of(told, issuer_level)


def levels_of(text: str, issuer_level: str | None = None) -> tuple[str, ...]:
    """The levels that a name binds collectively, large to small; none for a single named body.

    `issuer_level` tells which level "thành phố" is: of a directive of the district level, its own.

    >>> levels_of("UBND các cấp")
    ('tỉnh', 'huyện', 'xã')
    """
    folded = plain(text)
    found: set[str] = set()
    if _TWO.search(folded):
        found |= {PROVINCE, COMMUNE}
    if _EVERY.search(re.sub(_TWO, " ", folded)) or re.search(r"(?<!\w)các cấp chính quyền", folded):
        found |= set(_ALL)
    for match in _RANGE.finditer(folded):
        top = DISTRICT if match["top"] == "thành phố" and issuer_level == DISTRICT else _WORDS[match["top"]]
        found |= set(LEVELS[LEVELS.index(top) : LEVELS.index(_WORDS[match["low"]]) + 1])
    for match in _NAMED.finditer(folded):
        found |= {level for word, level in _WORDS.items() if re.search(rf"(?<!\w){word}(?!\w)", match["list"])}
    found |= {level for level, pattern in _GROUP_PATTERNS if pattern.search(folded)}
    return tuple(level for level in LEVELS if level in found)
