"""How many of something a directive has: units of each kind, groups of solutions, causes, steps, recipients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from index.data import strings
from index.directive import Directive, Kind, Provision, Span
from index.facts.headings import NUMBERED, heading, is_execution, led_to, opening, own_body, themes
from index.facts.mottos import motto_parts, mottos
from index.facts.records import Count
from index.facts.steps import steps
from index.normalise.keys import fold

_LISTED = (Kind.DASH, Kind.PLUS)
_COUNTED = (*NUMBERED, *_LISTED)
_EXECUTION = "nhiệm vụ tổ chức thực hiện"
_TOTAL = "{} (tổng)"
_STATED_WORDS = 25


def read_counts(directive: Directive) -> list[Count]:
    """All counts of a directive. What is counted is named as the text names it; the spans are the items."""
    top = _below_parts(directive.provisions)
    found: list[Count] = []
    for holder, children in top:
        found += _of_holder(directive, holder, children)
    for provision in directive.walk():
        if provision.kind is not Kind.PART:
            found += _of_holder(directive, provision, provision.children)
            found += _of_heading(directive, provision)
    found += _fixed(directive)
    found += steps(directive)
    found += _parts_of_mottos(directive)
    unique = {(one.what, one.provision_id, one.spans): one for one in found}
    return list(unique.values())


def _below_parts(provisions: Sequence[Provision]) -> list[tuple[Provision | None, Sequence[Provision]]]:
    parts = [one for one in provisions if one.kind is Kind.PART]
    return [(part, part.children) for part in parts] if parts else [(None, provisions)]


def _count(directive: Directive, what: str, items: Iterable[Provision], holder: Provision | None) -> Count:
    spans = tuple(_span(item) for item in items)
    return Count(directive.id, what, len(spans), holder.id if holder else None, spans)


def _span(item: Provision) -> Span:
    """A unit's own text; of one that was cut into sentences, from the first to the last."""
    spans = item.subtree_spans()
    return item.spans[0] if item.spans else Span(spans[0].start, spans[-1].end)


def _of_holder(directive: Directive, holder: Provision | None, children: Sequence[Provision]) -> Iterator[Count]:
    """How many units of each kind stand directly in a unit, and in all below it; lead-ins that announce them.

    What has a fixed place is counted by `_fixed`; a preamble's lead-ins with the units that follow it.
    """
    if holder is not None and holder.kind in (Kind.BASIS, Kind.RECIPIENTS, Kind.PREAMBLE):
        return
    counted = [child for child in children if child.kind in _COUNTED]
    for name, units in groupby(sorted(counted, key=_unit_name), key=_unit_name):
        yield _count(directive, name, units, holder)
    for kind in (Kind.ARTICLE, Kind.DASH):
        yield from _total(directive, holder, children, kind)
    if holder is not None and holder.heading is not None and not counted and len(children) == 1:
        yield _undivided(directive, "gạch đầu dòng", holder, children)
    yield from _led_in_order(directive, children)


def _unit_name(unit: Provision) -> str:
    """The name of a unit's kind: "mục", "khoản", "gạch đầu dòng"; "Điều" keeps its capital, as it is written."""
    if unit.kind in _LISTED:
        return "gạch đầu dòng" if unit.kind is Kind.DASH else "dấu cộng"
    name = unit.address[-1].split()[0]
    return name if unit.kind is Kind.ARTICLE else name.lower()


def _total(
    directive: Directive, holder: Provision | None, children: Sequence[Provision], kind: Kind
) -> Iterator[Count]:
    """All units of a kind in a unit that does not hold them directly."""
    units = [below for child in children if child.kind in NUMBERED for below in child.walk() if below.kind is kind]
    direct = [child for child in children if child.kind is kind]
    numbered = [child for child in children if child.kind in NUMBERED]
    holding = [child for child in numbered if any(below.kind is kind for below in child.walk())]
    if not direct and len(holding) > 1:
        yield _count(directive, _TOTAL.format(_unit_name(units[0])), units, holder)


def _of_heading(directive: Directive, provision: Provision) -> Iterator[Count]:
    """What a heading names, counted by the units below it; a heading whose units name things themselves has none."""
    found = heading(directive, provision)
    if found is None:
        return
    words = found.of(directive.text)
    if is_execution(words):
        yield from _units(directive, _EXECUTION, provision, provision.children)
        return
    names = themes(words) or (led_to(words) if provision.kind in _LISTED else ())
    inner = [one for child in provision.children if (one := heading(directive, child)) is not None]
    if names and not any(themes(one.of(directive.text)) for one in inner):
        yield from _units(directive, _grouped(names), provision, provision.children)


def _grouped(names: tuple[str, ...]) -> str:
    """The name of what is counted: "nhóm nhiệm vụ, giải pháp" where each unit holds several measures."""
    grouped = all(name in strings("outline_words.toml", "grouped") for name in names)
    return f"nhóm {', '.join(names)}" if grouped else ", ".join(names)


def _units(directive: Directive, what: str, holder: Provision | None, children: Sequence[Provision]) -> Iterator[Count]:
    """The numbered units, else the dashes; without either, nothing can be counted and the reason says so."""
    numbered = [child for child in children if child.kind in NUMBERED]
    units = numbered or [child for child in children if child.kind in _LISTED]
    if units:
        yield _count(directive, what, units, holder)
    elif holder is not None:
        yield _undivided(directive, what, holder, children)


def _undivided(directive: Directive, what: str, holder: Provision, children: Sequence[Provision]) -> Count:
    plain = [child for child in children if child.spans] or [holder]
    reason = strings("outline_words.toml", "undivided" if len(plain) == 1 else "unmarked")[0]
    return Count(directive.id, what, None, holder.id, tuple(_span(one) for one in plain), reason)


def _led_in_order(directive: Directive, children: Sequence[Provision]) -> Iterator[Count]:
    """Lead-ins among plain paragraphs: what they announce stands in their own text, undivided, or in what follows."""
    text = directive.text
    flat = [inner for child in children for inner in (child.children if child.kind is Kind.PREAMBLE else (child,))]
    for index, child in enumerate(flat):
        if child.kind is not Kind.PARAGRAPH or not child.spans:
            continue
        names = _announced(text, child)
        if not names:
            if told := _stated(text, child):
                below = _plain_behind(text, flat[index + 1 :])
                yield from [_undivided(directive, ", ".join(told), child, below)] if below else ()
            continue
        following = [later for later in flat[index + 1 :] if later.kind in _COUNTED]
        if own_body(text, child).of(text).endswith(":"):
            yield from _units(directive, ", ".join(names), None, following)
        else:
            yield _undivided(directive, ", ".join(names), child, ())


def _stated(text: str, paragraph: Provision) -> tuple[str, ...]:
    """What a paragraph of one short sentence says there is, at its end: "… vẫn còn bộc lộ những hạn chế."."""
    words = own_body(text, paragraph).of(text).strip()
    return led_to(words.rstrip(".")) if words.endswith(".") and len(words.split()) <= _STATED_WORDS else ()


def _plain_behind(text: str, later: Sequence[Provision]) -> list[Provision]:
    """The plain paragraphs up to one that announces something else."""
    plain = takewhile(lambda one: one.kind is Kind.PARAGRAPH and one.spans and not _announced(text, one), later)
    return list(plain)


def _announced(text: str, paragraph: Provision) -> tuple[str, ...]:
    """What a plain paragraph says it lists: at the end of its lead-in, or with its first words."""
    lead = opening(text, paragraph)
    if lead is not None:
        return led_to(lead.of(text)) or themes(lead.of(text))
    return themes(own_body(text, paragraph).of(text))


def _fixed(directive: Directive) -> Iterator[Count]:
    """What every document has in fixed places: bases, opening and closing paragraphs, recipients, notes."""
    text = directive.text
    notes = [one for one in directive.walk() if one.kind is Kind.NOTE]
    if notes:
        yield _count(directive, "chú thích", notes, None)
    for one in directive.walk():
        if one.kind is Kind.BASIS:
            bases = [child for child in one.children if fold(own_body(text, child).of(text)).startswith("can cu")]
            yield _count(directive, "căn cứ ban hành", bases, one)
        elif one.kind is Kind.RECIPIENTS:
            yield _count(directive, "bộ phận nhận (Nơi nhận)", [c for c in one.children if not _aside(text, c)], one)
        elif one.kind is Kind.PREAMBLE:
            plain = [child for child in one.children if not _span(child).of(text).isupper()]
            if plain:
                yield _count(directive, "đoạn mở đầu", plain, one)
    for _, children in _below_parts(directive.provisions):
        closing = [child for child in children if child.kind is Kind.CLOSING]
        if closing:
            yield _count(directive, closing[0].address[-1], closing, None)


def _parts_of_mottos(directive: Directive) -> Iterator[Count]:
    """The parts of each motto that has several, where it stands first."""
    for motto in mottos(directive):
        parts = motto_parts(motto.term)
        if len(parts) > 1:
            spans, start = [], motto.spans[0].start
            for part in parts:
                start = directive.text.index(part, start)
                spans.append(Span(start, start + len(part)))
                start += len(part)
            holder = directive.provision_at(motto.spans[0].start)
            yield Count(directive.id, "vế", len(parts), holder.id if holder else None, tuple(spans))


def _aside(text: str, line: Provision) -> bool:
    """Whether a line of the recipients is only a remark in brackets, which belongs to the line above it."""
    words = own_body(text, line).of(text).strip(" ;,.")
    return words.startswith("(") and words.endswith(")")
