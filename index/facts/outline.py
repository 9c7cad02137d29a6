"""The outline of a directive: its titles, its headings and its numbered units, from the provision tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from index.data import strings
from index.directive import Directive, Kind, Provision, Span
from index.facts.counts import read_counts
from index.facts.headings import NUMBERED, clean_label, first_span, heading
from index.facts.records import OutlineEntry
from index.normalise.keys import fold

__all__ = ["read_counts", "read_outline"]


def read_outline(directive: Directive) -> list[OutlineEntry]:
    """Titles, headings and numbered units, in the order of the text.

    The title of each part (the decision, what is attached to it) stands above level 1: its level is 0.
    """
    return list(_entries(directive, directive.provisions, 1))


def _entries(directive: Directive, provisions: Iterable[Provision], level: int) -> Iterator[OutlineEntry]:
    for provision in provisions:
        entry = _entry(directive, provision, level)
        if entry is not None:
            yield entry
        below = level + 1 if entry is not None and entry.level else level
        yield from _entries(directive, provision.children, below)


def _entry(directive: Directive, provision: Provision, level: int) -> OutlineEntry | None:
    if provision.kind is Kind.TITLE:
        found: Span | None = _title(directive.text, provision)
        level = 0
    else:
        found = heading(directive, provision)
    if provision.kind not in NUMBERED and found is None:
        return None
    label = clean_label(provision.label) if provision.kind in NUMBERED else None
    return OutlineEntry(
        document_id=directive.id,
        provision_id=provision.id,
        address=provision.address_line,
        label=label,
        heading=" ".join(found.of(directive.text).split()) if found else None,
        level=level,
        span=found if level == 0 and found else _place(provision),
    )


def _place(provision: Provision) -> Span:
    """A unit's own text; where its heading stands below its label ("Chương I", "…"), both."""
    span = first_span(provision)
    return Span(span.start, max(span.end, provision.heading.end)) if provision.heading else span


def _title(text: str, provision: Provision) -> Span:
    """A title from the line that names its type to its caption; letterhead and caption are none of it."""
    lines = [line for span in provision.spans for line in _lines(text, span)]
    types = [index for index, line in enumerate(lines) if fold(line.of(text)).strip(" :.") in _types()]
    kept = lines[types[0] :] if types else lines
    captions = [index for index, line in enumerate(kept) if line.of(text).startswith("(")]
    kept = kept[: captions[0]] if captions and captions[0] else kept
    return Span(kept[0].start, kept[-1].end)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).split("\n"):
        if line:
            yield Span(start, start + len(line))
        start += len(line) + 1


@cache
def _types() -> frozenset[str]:
    return frozenset(fold(name) for name in strings("document_types.toml", "types"))
