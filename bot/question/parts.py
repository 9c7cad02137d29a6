"""One question on several provinces, taken apart into the same question on each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.normalise.keys import fold_aligned, has_diacritics

# What joins the places that are compared, and the words that only compare; read without diacritics.
_JOINS = r"(?:,|;|\b(?:so voi|voi|va|hay|hoac|cung|cua|o|tai|tinh|thanh pho|tp)\b)"
_COMPARES = (
    r"\b(?:so sanh(?: giup)?|(?:co )?(?:khac|giong) nhau(?: (?:the nao|cho nao|o cho nao|o diem nao|ra sao|gi|khong))?)"
    r"(?!\w)"
    r"|\b(?:cua |o |tai )?(?:tung|moi|hai|ca hai) (?:noi|ben|tinh|dia phuong|van ban)\b|\b(?:noi|thi) sao\b"
)


def question_on(province: str, provinces: Sequence[str], text: str) -> str:
    """The question with only one of the provinces that it names, and without the words that compare.

    >>> question_on("Nghệ An", ["Nghệ An", "Phú Yên"], "So sánh mức hài lòng ở Nghệ An và Phú Yên")
    'mức hài lòng ở Nghệ An'
    """
    folded = fold_aligned(text).lower()
    others = [
        rf"(?:{_JOINS}\s*)*\b{re.escape(fold_aligned(other).lower())}\b" for other in provinces if other != province
    ]
    kept = [True] * len(text)
    for pattern in [*others, _COMPARES]:
        for match in re.finditer(pattern, folded):
            kept[match.start() : match.end()] = [False] * (match.end() - match.start())
    for match in re.finditer(rf"\b{re.escape(fold_aligned(province).lower())}\b", folded):
        kept[match.start() : match.end()] = [True] * (match.end() - match.start())  # "Tĩnh" of "Hà Tĩnh" joins nothing
    left = " ".join("".join(c if keep else " " for c, keep in zip(text, kept, strict=True)).split())
    # A joint that now stands at the beginning joins nothing.
    return re.sub(r"^(?:(?:,|:|với|và|so với|hay|hoặc)\s*)+", "", left) if has_diacritics(text) else left
