"""A directive's outline as links: the units that a person looks for, not every dash."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.directive import Directive, Kind, Provision

_SHOWN = (
    Kind.PART,
    Kind.SECTION,
    Kind.CHAPTER,
    Kind.ARTICLE,
    Kind.ITEM,
    Kind.POINT,
    Kind.HEADING,
    Kind.RECIPIENTS,
    Kind.SIGNATURE,
    Kind.NOTE,
)
_LONGEST = 72  # characters of an entry
_FEW = 4  # entries: below that, the dashes are what a text is divided into


@dataclass(frozen=True, slots=True)
class Entry:
    """A link into the text, with the units below it."""

    id: str
    text: str
    children: tuple[Entry, ...]


def outline_of(directive: Directive) -> tuple[Entry, ...]:
    """The entries of a directive, in the order of its text."""
    units = sum(provision.kind in _SHOWN for provision in directive.walk())
    return _entries(directive, directive.provisions, (*_SHOWN, Kind.DASH) if units < _FEW else _SHOWN)


def _entries(directive: Directive, provisions: Sequence[Provision], shown: Collection[Kind]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for provision in provisions:
        children = _entries(directive, provision.children, shown)
        if provision.kind in shown:
            found.append(Entry(provision.id, _text(directive, provision), children))
        else:
            found += children
    return tuple(found)


def _text(directive: Directive, provision: Provision) -> str:
    own = directive.own_text(provision).split("\n")[0]
    if provision.kind in (Kind.PART, Kind.RECIPIENTS, Kind.SIGNATURE, Kind.NOTE) or not own:
        return provision.address[-1]
    if len(own) <= _LONGEST:
        return own
    return own[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
