"""The types of documents that a question asks for: "kế hoạch nào", "quyết định số mấy"."""

from __future__ import annotations

import re
from functools import cache

from bot.question.targets import SHORT_TYPES
from index.data import strings
from index.normalise.keys import fold

# Behind a type, what asks for a document of it.
WHICH = r"(?:nao|so nao|so may|so bao nhieu|so bn|so gi|so hieu|mang so|may ngay)"


@cache
def type_names() -> str:
    """The names of types and their short forms, as alternatives of a pattern, the longest first."""
    names = {fold(one) for one in strings("document_types.toml", "types")} | set(SHORT_TYPES)
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def types_asked(folded: str) -> set[str]:
    """The types behind which the question asks "nào" or "số mấy"."""
    types = type_names()
    found = {SHORT_TYPES.get(kind, kind) for kind in re.findall(rf"\b({types})\s+{WHICH}", folded)}
    found |= {SHORT_TYPES.get(kind, kind) for kind in re.findall(rf"\b(?:so|ky) hieu(?: cua)? ({types})\b", folded)}
    for asked in re.finditer(r"\b(?:so may|so nao|so bao nhieu|so bn|mang so|so hieu gi)\b", folded):
        before = list(re.finditer(rf"\b({types})\b", folded[: asked.start()]))
        if before:  # the nearest type is the one whose number is asked for
            found.add(SHORT_TYPES.get(before[-1][1], before[-1][1]))
    if "quy che" in found:  # a regulation is issued by a decision, whose number it goes by
        found.add("quyet dinh")
    return found
