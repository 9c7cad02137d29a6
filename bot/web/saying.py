"""The short answer as lines to show: its [n] marks lead to their quotations."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_MARK = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Said:
    """Text, or a mark, which has the number of its citation."""

    text: str
    marker: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer; an item of a list without its dash."""

    is_item: bool
    parts: tuple[Said, ...]


def lines_of(answer: str, markers: Collection[int]) -> tuple[Line, ...]:
    """The lines of an answer; a number in brackets that is no citation's stays text.

    >>> lines_of("Chủ tịch UBND. [1]", {1})[0].parts[1]
    Said(text='[1]', marker=1)
    """
    lines = [line for line in answer.split("\n") if line.strip()]
    return tuple(Line(line.startswith("- "), _parts(line.removeprefix("- "), markers)) for line in lines)


def _parts(line: str, markers: Collection[int]) -> tuple[Said, ...]:
    parts: list[Said] = []
    at = 0
    for match in _MARK.finditer(line):
        if int(match[1]) in markers:
            parts += [Said(line[at : match.start()]), Said(match[0], int(match[1]))]
            at = match.end()
    return tuple(part for part in [*parts, Said(line[at:])] if part.text)
