"""Numbered steps inside a clause or over several units: "theo 3 bước: Bước 1, …; bước 2, …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.data import strings
from index.directive import Directive, Provision, Span
from index.facts.records import Count
from index.structure.sentences import sentences

_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_STATED = re.compile(rf"(?<!\w)(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+bước(?!\s+đầu)(?!\w)", re.IGNORECASE)
_LISTED = re.compile(r"(?<!\w)bước\s+(?:thứ\s+)?(?P<n>\d{1,2})(?!\w)\s*[,:.)–-]?", re.IGNORECASE)


def steps(directive: Directive) -> Iterator[Count]:
    """The steps of each unit that numbers them; a number that the text states must agree with what it lists."""
    seen: set[int] = set()
    for holder in directive.walk():
        if holder.spans:
            yield from _checked(directive, holder, holder.spans, seen)
    for holder in directive.walk():
        spans = [span for child in holder.children for span in child.spans]
        if spans:
            yield from _checked(directive, holder, [*holder.spans, *spans], seen)


def _checked(directive: Directive, holder: Provision, spans: Sequence[Span], seen: set[int]) -> Iterator[Count]:
    found = [match for span in spans for match in _LISTED.finditer(directive.text, span.start, span.end)]
    found = [match for match in found if match.start() not in seen]
    numbers = [int(match["n"]) for match in found]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return
    seen.update(match.start() for match in found)
    items = tuple(_item(directive.text, spans, found, index) for index in range(len(found)))
    stated = _stated(directive.text, spans, found[0].start())
    if stated is not None and stated != len(numbers):
        reason = strings("outline_words.toml", "disagrees")[0].format(stated=stated, listed=len(numbers))
        yield Count(directive.id, "bước", None, holder.id, items, reason)
    else:
        yield Count(directive.id, "bước", len(numbers), holder.id, items)


def _stated(text: str, spans: Sequence[Span], before: int) -> int | None:
    """The number of steps that the text states last before it lists them."""
    found = [match for span in spans for match in _STATED.finditer(text, span.start, span.end) if match.end() <= before]
    if not found:
        return None
    number = found[-1]["n"].lower()
    return int(number) if number.isdigit() else _NUMBERS[number]


def _item(text: str, spans: Sequence[Span], found: Sequence[re.Match[str]], index: int) -> Span:
    """A step's own words: up to the next step, the end of its sentence or of its unit."""
    start = found[index].start()
    unit = next(span for span in spans if span.start <= start < span.end)
    end = next(sentences(text, Span(start, unit.end))).end
    if index + 1 < len(found):
        end = min(end, found[index + 1].start())
    return Span(start, start + len(text[start:end].rstrip(" ;,")))
