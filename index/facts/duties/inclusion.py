"""Which body a name takes in: "chính quyền các cấp" takes in "UBND xã"."""

from __future__ import annotations

import re
from functools import cache

from index.data import strings
from index.facts.duties.levels import COMMUNE, DISTRICT, LEVELS, PROVINCE, levels_of
from index.facts.duties.wording import plain

_FILE = "bodies.toml"
_OF_LEVEL: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("trung ương", re.compile(r"trung ương|chính phủ")),
    (COMMUNE, re.compile(r"(?<!\w)(?:xã(?<!thị xã)|phường|thị trấn|đặc khu|cơ sở)(?!\w)(?! hội)")),
    (DISTRICT, re.compile(r"(?<!\w)(?:huyện|quận|thị xã|thị ủy)(?!\w)")),
    (PROVINCE, re.compile(r"(?<!\w)(?:tỉnh|thành phố|thành ủy|sở)(?!\w)")),
)
_JOINT = re.compile(r"[,;]\s*(?:và\s+)?|\s+và\s+")


@cache
def _short_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (line.split(" = ") for line in strings(_FILE, "abbreviations"))
    return tuple((re.compile(rf"(?<!\w){re.escape(plain(short))}(?!\w)"), plain(long)) for short, long in pairs)


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Each kind of body with the kinds that it takes in, itself and all below."""
    direct: dict[str, set[str]] = {}
    for line in strings(_FILE, "contains"):
        wide, narrow = line.split(": ")
        direct.setdefault(plain(wide), set()).update(plain(kind) for kind in narrow.split(", "))
    closed: dict[str, frozenset[str]] = {}
    for wide in direct:
        reached, open_ = {wide}, [wide]
        while open_:
            for kind in direct.get(open_.pop(), set()) - reached:
                reached.add(kind)
                open_.append(kind)
        closed[wide] = frozenset(reached)
    return closed


def full_name(name: str) -> str:
    """A name in small letters with its abbreviations written out.

    >>> full_name("UBND tỉnh")
    'ủy ban nhân dân tỉnh'
    """
    text = plain(name).strip(" .,;:")
    for pattern, long in _short_forms():
        text = pattern.sub(long, text)
    return re.sub(r"\s+", " ", text)


def includes(body_or_level: str, asked: str, levels: tuple[str, ...] = ()) -> bool:
    """Whether a duty of this body (of these `levels`, where its clause names them) is one of the body asked for.

    >>> includes("chính quyền các cấp", "UBND xã"), includes("UBND tỉnh", "UBND xã")
    (True, False)
    """
    body, wanted = full_name(body_or_level), full_name(asked)
    if wanted in body and not _is_level(wanted) and _same_level(body, wanted, levels):
        return True
    return any(_part_includes(part, body, wanted, levels) for part in _JOINT.split(body) if part)


def _part_includes(part: str, body: str, wanted: str, levels: tuple[str, ...]) -> bool:
    if not _same_level(part if levels_of(part) or _level(part) else body, wanted, levels):
        return False
    kind, asked_kind = _kind(part), _kind(wanted)
    if _is_level(wanted):
        return True
    if kind is None:
        return _is_level(part)
    if asked_kind is None:
        return False
    if kind == asked_kind:
        return _distinct(part, wanted, kind)
    return asked_kind in _kinds().get(kind, frozenset())


def _distinct(part: str, wanted: str, kind: str) -> bool:
    """Bodies of one kind with different proper names ("Sở Nội vụ", "Sở Tài chính") are two; a plural takes in each."""
    plural = part.startswith(("các ", "những ", "mọi "))
    asked = wanted.removeprefix(kind).strip()
    named = re.sub(r"(?:^|(?<=\s))(?:các|mọi|những)\s", "", part).removeprefix(kind).strip()
    generic = _is_level(named) or not named or levels_of(part) != ()
    return plural or generic or not asked or _is_level(asked) or asked in named or named in asked


def _same_level(body: str, wanted: str, levels: tuple[str, ...]) -> bool:
    asked = _level(wanted)
    if asked is None:
        return True
    bound = levels_of(body) or levels
    if bound:
        return asked in bound
    own = _level(body)
    return own is None or own == asked


def _level(name: str) -> str | None:
    """The level of one body; a body of "thành phố" is taken as one of a province."""
    return next((level for level, pattern in _OF_LEVEL if pattern.search(name)), None)


def _is_level(name: str) -> bool:
    """Whether the name is a level and no body ("cấp xã", "các cấp", "các phường, xã")."""
    rest = re.sub(
        r"(?<!\w)(?:các|mọi|cấp|và|từ|đến|cơ sở|chính|"
        + "|".join(LEVELS)
        + r"|phường|quận|thị xã|thị trấn|đặc khu|thành phố)(?!\w)",
        " ",
        name,
    )
    return not rest.strip(" ,")


def _kind(name: str) -> str | None:
    """The kind of a body: the longest known one that its name begins with, behind plurals and office-holders."""
    text = re.sub(r"^(?:(?:tất cả|các|mọi|những|từng|mỗi|toàn thể|đồng chí|cấp(?! ủy))\s+)+", "", name)
    return next((kind for kind in _ordered_kinds() if re.match(rf"{re.escape(kind)}(?!\w)", text)), None)


@cache
def _ordered_kinds() -> tuple[str, ...]:
    every = {kind for wide, kinds in _kinds().items() for kind in (wide, *kinds)}
    return tuple(sorted(every, key=len, reverse=True))
