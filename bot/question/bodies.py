"""Bodies with names of their own, as texts name them: "Sở Nội vụ", "Ban Dân vận"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from index.data import strings
from index.normalise.keys import fold, fold_aligned, spaced, syllables

_FILE = "bodies.toml"
_COMMITTEE = re.compile(r"(?<!\w)(?:ủy|uỷ|uy) ban (?=(?:mặt trận|mat tran)(?!\w))", re.IGNORECASE)


def bodies_in(text: str) -> list[str]:
    """The bodies with names of their own that a text names, folded, each once: "so noi vu", "ban dan van"."""
    return _named(spaced(text), _body_names())


def _named(spoken: str, names: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for name in names:
        if f" {name} " in spoken:
            found.append(name)
            spoken = spoken.replace(f" {name} ", " | ")
    return found


def acting_in(text: str) -> list[str]:
    """The bodies that a text may have act: those with names of their own and those that every place has."""
    return _named(spaced(text), _acting_names())


def spelled_out(text: str) -> str:
    """A text with the short forms of bodies written in full, and the Front named alike with and without its committee.

    >>> spelled_out("Đảng đoàn UBMTTQ")
    'Đảng đoàn mặt trận tổ quốc'
    """
    full = _short_forms().sub(lambda short: _full_forms()[short.group().lower()], text)
    return _COMMITTEE.sub("", full)


def as_typed(text: str, body: str) -> str:
    """A folded body as a text writes it."""
    position = fold_aligned(text).lower().find(body)
    return body if position < 0 else text[position : position + len(body)]


# Bodies that issue documents, folded, as alternatives of a pattern; from Quy định 66-QĐ/TW and Nghị định 30/2020/NĐ-CP.
ISSUERS = (
    r"thu tuong|chinh phu|bo chinh tri|ban bi thu|ban chap hanh trung uong|quoc hoi|uy ban thuong vu quoc hoi"
    r"|ban thuong vu (?:tinh uy|thanh uy|huyen uy)|(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho|huyen)"
    r"|hoi dong nhan dan (?:tinh|thanh pho)"
)


@cache
def _body_names() -> tuple[str, ...]:
    """Folded, longer names first: "ban tuyen giao va dan van" is not "ban tuyen giao"."""
    return _longest_first(strings(_FILE, "names"))


@cache
def _acting_names() -> tuple[str, ...]:
    acting = tomllib.loads(files("bot.question").joinpath("data/acting.toml").read_text(encoding="utf-8"))
    return _longest_first((*strings(_FILE, "names"), *acting["bodies"]))


def _longest_first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({" ".join(syllables(one)) for one in names}, key=len, reverse=True))


@cache
def _full_forms() -> dict[str, str]:
    """Short forms, also typed without diacritics, in lower case, with what they stand for."""
    pairs = [one.split(" = ") for one in strings(_FILE, "abbreviations")]
    return {short: full for written, full in pairs for short in (written.lower(), fold(written))}


@cache
def _short_forms() -> re.Pattern[str]:
    shorts = sorted(_full_forms(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, shorts))})(?!\w)", re.IGNORECASE)
