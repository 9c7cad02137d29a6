"""Bodies with names of their own, as texts name them: "Sở Nội vụ", "Ban Dân vận"."""

from __future__ import annotations

from functools import cache

from index.data import strings
from index.normalise.keys import fold_aligned, spaced, syllables


def bodies_in(text: str) -> list[str]:
    """The bodies with names of their own that a text names, folded, each once: "so noi vu", "ban dan van"."""
    spoken = spaced(text)
    found: list[str] = []
    for name in _body_names():
        if f" {name} " in spoken:
            found.append(name)
            spoken = spoken.replace(f" {name} ", " | ")
    return found


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
    return tuple(sorted({" ".join(syllables(one)) for one in strings("bodies.toml", "names")}, key=len, reverse=True))
