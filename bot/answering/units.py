"""The unit of a directive that a question speaks of: the one whose heading or lead-in holds what the question tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.statements import identity_of
from bot.answering.strategy import Evidence
from bot.answering.telling import Telling
from index.directive import Directive, Kind, Provision, Span
from index.normalise.keys import fold, spaced
from index.structure.sentences import sentences

# Units that are no part of a text's own division.
_OUTSIDE = frozenset({Kind.PART, Kind.TITLE, Kind.STAMP, Kind.RECIPIENTS, Kind.SIGNATURE, Kind.AUTHOR, Kind.BASIS})
_LEAD_IN = 40  # words of a lead-in that say what its items are
_SPAN = 2  # items at least
_WHOLE_HEADING = 3  # syllables of a heading by which a unit is known


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision with items, and how much of the question its heading (with what names the document) holds."""

    directive: Directive
    provision: Provision
    share: float
    own: float  # of the heading alone
    length: int  # words of the heading


def main_part(directive: Directive) -> tuple[Provision, ...]:
    """The units of the text itself: of what is attached to a decision, not of the annexes behind it."""
    parts = [one for one in directive.provisions if one.kind is Kind.PART]
    own = [one for one in parts if not fold(one.address[0]).startswith(_ANNEX)]
    return (own or parts)[-1].children if parts else directive.provisions


# How annexes are called; Phụ lục I, Nghị định 30/2020/NĐ-CP.
_ANNEX = ("phu luc", "mau", "bieu mau", "bieu")


def units_named(directive: Directive, named: list[str]) -> list[Provision]:
    """The units that a question names by their labels ("muc 2", "diem 3.8").

    People call the numbered items of a directive "mục", "khoản", "điểm" or "điều" alike: where there is no unit of the
    name that was given, the one of that number is meant.
    """
    if not named:
        return []
    exact = [one for one in directive.walk() if is_named(one, named)]
    if exact or len(named) > 1:
        return exact
    kind, _, number = named[0].partition(" ")
    if kind not in _ALIKE or any(
        fold(one.address[-1]).startswith(f"{kind} ") for one in directive.walk() if one.address
    ):
        return []
    found = [one for other in _ALIKE for one in directive.walk() if is_named(one, [f"{other} {number}"])]
    return found if len(found) == 1 else []


_ALIKE = ("muc", "khoan", "diem", "dieu")


def is_named(provision: Provision, named: list[str]) -> bool:
    """Whether a provision is the unit that is named: the smallest one named, inside the larger ones named."""
    address = [fold(level) for level in provision.address]
    if not address:
        return False
    held = {*address, *(level.split()[-1] for level in address if "." in level)}
    # "Mục 2.3", "giải pháp 2.3" and "điểm 2.3" are one: a number with a dot is no other unit's.
    wanted = [one.split()[-1] if "." in one else one for one in named]
    return any(one in (address[-1], address[-1].split()[-1]) for one in wanted if one in held) and all(
        one in held for one in wanted
    )


def best_unit(directive: Directive, told: Telling) -> Unit | None:
    """The unit whose heading holds most of what is told; None where none holds anything of it."""
    document = identity_of(directive)
    found = [
        Unit(directive, one, told.word_share(f"{head} {above} {document}"), told.share(head), len(head.split()))
        for one, head, above in _headed(directive)
    ]
    return max(found, key=lambda unit: (round(unit.share, 3), unit.own, -unit.length), default=None)


def unit_of_heading(directive: Directive, question: str) -> Provision | None:
    """The unit whose whole heading stands in a question ("phần tổ chức thực hiện"): the longest, not the title."""
    spoken, title = spaced(question), spaced(identity_of(directive))
    found = []
    for provision, head, _ in _headed(directive):
        name = spaced(head.removeprefix(provision.label or "")) if provision.heading else " "
        if len(name.split()) >= _WHOLE_HEADING and name in spoken and name not in title:
            found.append((len(name), provision))
    return max(found, key=lambda one: one[0])[1] if found else None


def items_of(directive: Directive, provision: Provision, most: int = 12) -> tuple[Evidence, ...]:
    """The first sentence of each item of a unit; of a unit that is one paragraph, its sentences."""
    below = [child for child in provision.children if child.kind not in _OUTSIDE]
    if len(below) >= _SPAN:
        return tuple(Evidence(directive, child, first_sentence(directive, child)) for child in below[:most])
    spans = [span for one in provision.walk() for own in one.spans for span in sentences(directive.text, own)]
    if provision.heading:
        spans = [span for span in spans if span.start >= provision.heading.end]
    worded = [span for span in spans if len(span.of(directive.text).split()) > 1]  # "2." is a label, no sentence
    return tuple(Evidence(directive, directive.provision_at(span.start) or provision, span) for span in worded[:most])


def first_sentence(directive: Directive, provision: Provision) -> Span:
    """The heading of a unit, else its first sentence, without the label."""
    span = provision.heading or (provision.spans[0] if provision.spans else provision.subtree_spans()[0])
    start = span.start
    if provision.label and directive.text.startswith(provision.label, start):
        start += len(provision.label)
        start += len(directive.text[start : span.end]) - len(directive.text[start : span.end].lstrip(" -–.:)"))
    return next(sentences(directive.text, Span(start, span.end)), span) if start < span.end else span


def _headed(directive: Directive) -> Iterator[tuple[Provision, str, str]]:
    """Every unit with its heading or lead-in, and the headings above it."""

    def below(provision: Provision, above: str) -> Iterator[tuple[Provision, str, str]]:
        own = provision.heading.of(directive.text) if provision.heading else ""
        if not own and provision.children and provision.spans:
            own = " ".join(directive.own_text(provision).split()[:_LEAD_IN])
        if own and provision.kind not in _OUTSIDE and (provision.heading or provision.children):
            yield provision, own, above
        for child in provision.children:
            yield from below(child, f"{above} {own if provision.heading else ''}")

    for provision in directive.provisions:
        yield from below(provision, "")


def following(one: Evidence, most: int = 5) -> list[Evidence]:
    """The next sentences of the same unit, else the first sentences of the units behind it on the same level."""
    text = one.directive.text
    rest = [
        Evidence(one.directive, one.provision, span)
        for own in one.provision.spans
        for span in sentences(text, own)
        if span.start >= one.span.end and len(span.of(text).split()) > 1
    ]
    if rest:
        return rest[:most]
    siblings = _siblings(one.directive, one.provision)
    later = [unit for unit in siblings if unit.spans and unit.spans[0].start >= one.span.end]
    return [Evidence(one.directive, unit, first_sentence(one.directive, unit)) for unit in later[:most]]


def _siblings(directive: Directive, provision: Provision) -> Sequence[Provision]:
    for parent in directive.walk():
        if any(child.id == provision.id for child in parent.children):
            return [child for child in parent.children if child.kind not in (Kind.RECIPIENTS, Kind.SIGNATURE)]
    return ()
