"""Marks: the [n] by which an answer points at its citations."""

from __future__ import annotations

import re

MARK = re.compile(r"\[(\d+)\]")


def marks(count: int) -> str:
    """The marks of the first `count` citations.

    >>> marks(2)
    '[1][2]'
    """
    return "".join(f"[{number}]" for number in range(1, count + 1))


def renumbered(text: str, before: int) -> str:
    """A text with its marks counted on from the citations that stand before it.

    >>> renumbered("điều 2 [1]", 3)
    'điều 2 [4]'
    """
    return MARK.sub(lambda mark: f"[{int(mark[1]) + before}]", text)
