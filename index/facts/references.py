"""Every document that a directive cites: numbered ones by their number, the others by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from index.data import strings
from index.directive import Directive, Span
from index.facts.citation import follow
from index.facts.named import named_references
from index.facts.numbers import NUMBER, normal_number
from index.facts.records import Reference
from index.normalise.keys import fold, number_key

# Between a type and its number, and between numbers that share a type ("217-QĐ/TW, 218-QĐ/TW").
_TO_NUMBER = r"(?:\s+số)?\s*:?\s*$"
_COORDINATION = re.compile(r"\s*(?:,|;|và|hoặc)\s*(?:số\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mention:
    """One citation of a numbered document, as it stands in the text."""

    type: str
    number: str
    span: Span
    date: str | None = None
    date_written: str | None = None
    issuer: str | None = None
    title: str | None = None
    title_end: int = 0


def read_references(directive: Directive) -> list[Reference]:
    """The documents that a directive cites, each once, in the order of their first mention; never itself.

    What a mention leaves out (date, issuer, title) is taken from the first mention of the same type and number that
    has it.
    """
    own = {(fold(m.type or ""), number_key(m.number)) for m in (directive.stated, directive.metadata) if m.number}
    merged: dict[tuple[str, tuple[str, ...]], list[_Mention]] = {}
    for mention in _mentions(directive.text):
        key = (fold(mention.type), number_key(mention.number))
        if key not in own:
            merged.setdefault(key, []).append(mention)
    numbered = [_record(directive, mentions) for mentions in merged.values()]
    cited = [Span(one.span.start, max(one.span.end, one.title_end)) for group in merged.values() for one in group]
    named = named_references(directive, cited)
    return sorted([*numbered, *named], key=lambda reference: reference.mentions[0])


def _mentions(text: str) -> list[_Mention]:
    """All citations by number, in order; coordinated ones share type, date and issuer."""
    groups: list[list[_Mention]] = []
    for match in NUMBER.finditer(text):
        mention = _mention(text, match)
        if mention is None:
            previous = groups[-1][-1] if groups else None
            if previous is None or not _COORDINATION.fullmatch(text, previous.span.end, match.start()):
                continue
            mention = _complete(text, previous.type, match.group(), Span(match.start(), match.end()))
            groups[-1].append(mention)
        elif groups and _joined(text, groups[-1][-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [mention for group in groups for mention in _shared(group)]


def _mention(text: str, match: re.Match[str]) -> _Mention | None:
    line = text.rfind("\n", 0, match.start()) + 1
    before = _type_before().search(text[line : match.start()])
    if before is None:
        return None
    start = line + before.start("type")
    return _complete(text, _types()[fold(before["type"])], match.group(), Span(start, match.end()))


def _complete(text: str, kind: str, number: str, span: Span) -> _Mention:
    behind = follow(text, span.end)
    return _Mention(
        kind,
        normal_number(number),
        Span(span.start, behind.end),
        behind.date,
        behind.date_written,
        behind.issuer,
        behind.title,
        behind.title_end,
    )


def _joined(text: str, first: _Mention, second: _Mention) -> bool:
    """Whether two citations stand side by side, the first without a date of its own."""
    return first.date is None and _COORDINATION.fullmatch(text, first.span.end, second.span.start) is not None


def _shared(group: list[_Mention]) -> Iterator[_Mention]:
    """Coordinated citations: the date and issuer behind the last belong to all."""
    last = group[-1]
    for mention in group:
        yield replace(
            mention,
            date=mention.date or last.date,
            date_written=mention.date_written or last.date_written,
            issuer=mention.issuer or last.issuer,
        )


def _record(directive: Directive, mentions: list[_Mention]) -> Reference:
    first = mentions[0]
    dated = next((mention for mention in mentions if mention.date), first)
    return Reference(
        document_id=directive.id,
        type=first.type,
        number=first.number,
        number_written=first.number,
        date=dated.date,
        date_written=dated.date_written,
        issuer=next((mention.issuer for mention in mentions if mention.issuer), None),
        title=next((mention.title for mention in mentions if mention.title), None),
        mentions=tuple(mention.span for mention in mentions),
    )


@cache
def _types() -> dict[str, str]:
    names = (*strings("document_types.toml", "types"), *strings("reference_words.toml", "cited_types"))
    return {fold(name): name for name in names}


@cache
def _type_before() -> re.Pattern[str]:
    names = sorted(_types().values(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?P<type>{'|'.join(map(re.escape, names))}){_TO_NUMBER}", re.IGNORECASE)
