"""Bodies with names of their own, as texts name them: "Sở Nội vụ", "Ban Dân vận"."""

from __future__ import annotations

from functools import cache

from index.data import strings
from index.normalise.keys import spaced, syllables


def bodies_in(text: str) -> list[str]:
    """The bodies with names of their own that a text names, folded, each once: "so noi vu", "ban dan van"."""
    spoken = spaced(text)
    found: list[str] = []
    for name in _body_names():
        if f" {name} " in spoken:
            found.append(name)
            spoken = spoken.replace(f" {name} ", " | ")
    return found


@cache
def _body_names() -> tuple[str, ...]:
    """Folded, longer names first: "ban tuyen giao va dan van" is not "ban tuyen giao"."""
    return tuple(sorted({" ".join(syllables(one)) for one in strings("bodies.toml", "names")}, key=len, reverse=True))
