"""Documents cited by their name, without a number: laws, regulations, programmes, resolutions of congresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from index.data import strings
from index.directive import Directive, Span
from index.facts.records import Reference
from index.normalise.keys import fold

# A name goes on over small words and ends at a mark or at a verb that the sentence continues with.
_ENDS = (
    r",(?!\s+nhiệm kỳ)|[;:.“”\"\n]|\s?\((?![A-ZĐ]{2,8}\))|\)(?=[,;.\s]*$)"
    r"|\s(?:và|gắn|để|nhằm|trong|trên|theo|đến|cho|đã|được|là|có|với|giao|tại|do|hằng|hàng|ban hành|kèm)\b"
)


def named_references(directive: Directive, numbered: Iterable[Span]) -> list[Reference]:
    """Unnumbered citations, each name once; what lies in a numbered citation or in its own title is none."""
    taken = list(numbered)
    found: dict[str, list[Span]] = {}
    written: dict[str, tuple[str, str]] = {}
    for match in _pattern().finditer(directive.text):
        span = Span(match.start(), match.end())
        name = " ".join(match.group().split())
        if any(span.overlaps(other) for other in taken) or not _names_something(match):
            continue
        key = _same_name(fold(name), written)
        found.setdefault(key, []).append(span)
        if len(name) > len(written.get(key, ("", ""))[1]):
            written[key] = (_type(name), name)
    return [
        Reference(directive.id, kind, None, None, None, None, None, name, tuple(found[key]))
        for key, (kind, name) in written.items()
    ]


def _names_something(match: re.Match[str]) -> bool:
    """Whether a name follows the type: "Luật Khiếu nại", "Chương trình hành động của Tỉnh ủy", not "Luật này"."""
    rest = match["rest"].split()
    return len(rest) > 1 and rest[0].lower() not in ("này", "đó", "trên", "số", "mới", "các", "hiện")


def _same_name(key: str, known: dict[str, tuple[str, str]]) -> str:
    """The key under which a name is known: in full elsewhere, or shortened. A place behind it makes it another one."""
    for other in known:
        shorter, longer = sorted((key, other), key=len)
        if longer.startswith(shorter) and not re.match(
            r"\s*(?:tinh|thanh pho|huyen|xa|phuong)\b", longer[len(shorter) :]
        ):
            return other
    return key


def _type(name: str) -> str:
    types = sorted(strings("document_types.toml", "types"), key=len, reverse=True)
    return next((kind for kind in types if fold(name).startswith(fold(kind))), name.split(maxsplit=1)[0])


@cache
def _pattern() -> re.Pattern[str]:
    types = sorted(strings("reference_words.toml", "named_types"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, types))})(?P<rest>\s(?:(?!{_ENDS})[^\n])+)")
