"""Numbers of documents, as Vietnamese offices write them."""

from __future__ import annotations

import re

# "2108-QĐ/TU", "18 /CT-UBND", "04- ĐA/TU", "18/2000/CT-TTg", "34/2007/PL-UBTVQH11", "404-QĐ/Th.U", "30c/NQ-CP":
# a number, perhaps a year, then the symbols of type and issuer.
# Sources: Phụ lục I, Nghị định 30/2020/NĐ-CP; Hướng dẫn 36-HD/VPTW (2018).
_SYMBOL = r"[A-ZĐ][A-ZĐƯÔƠÂÊa-zđ]*(?:\.[A-Z])?\d{0,2}"
NUMBER = re.compile(
    rf"(?<![\w/.-])\d{{1,5}}[a-zđ]?(?:\s?/\s?\d{{4}})?\s?[-/]\s?{_SYMBOL}(?:\s?[-/]\s?{_SYMBOL}){{0,3}}(?![\w/])"
)


def normal_number(written: str) -> str:
    """A number as it is usually written: without spaces.

    >>> normal_number("07- ĐA/TU")
    '07-ĐA/TU'
    """
    return re.sub(r"\s+", "", written)
