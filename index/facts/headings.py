"""What a unit's heading is and what it names: "Nhiệm vụ, giải pháp …", "… những hạn chế sau:"."""

from __future__ import annotations

import re
from functools import cache

from index.data import strings
from index.directive import Directive, Kind, Provision, Span
from index.normalise.keys import fold_aligned

NUMBERED = (Kind.SECTION, Kind.CHAPTER, Kind.ARTICLE, Kind.ITEM, Kind.POINT)
_LISTED = (Kind.DASH, Kind.PLUS)
_RUN_IN_WORDS = 12  # of a heading that its paragraph goes on behind
_LEAD_WORDS = 25  # of a list item that only leads to the items below it
_OPENING_WORDS = 45  # of the first clause of a paragraph that leads to what it names
_INNER_END = re.compile(r"[.;!?](?=\s)")


def heading(directive: Directive, provision: Provision) -> Span | None:
    """The heading of a unit, without its label and its colon; None where it is a plain paragraph.

    Besides a heading of its own line: what stands before the colon of a numbered paragraph ("2.3- Phạm vi: …"), a list
    item that leads to others ("- … chỉ tiêu sau:"), a paragraph that begins with what it lists ("Các mục tiêu cụ
    thể: …").
    """
    text = directive.text
    if provision.kind is Kind.HEADING and provision.heading is not None:
        return provision.heading
    if not provision.spans:
        return provision.heading
    if provision.kind in NUMBERED:
        return _without_colon(text, provision.heading) if provision.heading else _run_in(text, provision)
    if provision.kind in _LISTED and provision.children:
        body = own_body(text, provision)
        whole = body.of(text)
        return _without_colon(text, body) if whole.endswith(":") and len(whole.split()) <= _LEAD_WORDS else None
    if provision.kind is Kind.PARAGRAPH:
        span = _run_in(text, provision)
        return span if span is not None and themes(span.of(text)) else None
    return None


def first_span(provision: Provision) -> Span:
    """The first span of a unit; of one that was cut into sentences, its first sentence."""
    return provision.spans[0] if provision.spans else provision.subtree_spans()[0]


def own_body(text: str, provision: Provision) -> Span:
    """The first span of a unit behind its label."""
    span = first_span(provision)
    start = span.start + len(provision.label or "")
    return Span(start + len(text[start : span.end]) - len(text[start : span.end].lstrip()), span.end)


def clean_label(label: str | None) -> str | None:
    """A label without the marks behind it: "2.1-" is "2.1", "Điều 1." is "Điều 1"; None for dashes."""
    return (label or "").rstrip(" .-–:)/") or None


def _run_in(text: str, provision: Provision) -> Span | None:
    body = own_body(text, provision)
    colon = text.find(":", body.start, body.end)
    if colon < 0 or colon + 1 >= body.end or not text[colon + 1].isspace():
        return None
    span = Span(body.start, colon)
    words = span.of(text)
    return span if len(words.split()) <= _RUN_IN_WORDS and not _INNER_END.search(words) else None


def _without_colon(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip(" :")))


def themes(words: str) -> tuple[str, ...]:
    """What a heading names at its beginning, with its qualifier.

    >>> themes("Các nhiệm vụ, giải pháp được xác định"), themes("Mục tiêu cụ thể"), themes("Nâng cao nhận thức")
    (('nhiệm vụ', 'giải pháp'), ('mục tiêu cụ thể',), ())
    """
    match = _begins().match(fold_aligned(words))
    return _named(match["list"], match["qualifier"]) if match else ()


def led_to(words: str) -> tuple[str, ...]:
    """What the lead-in before a colon announces at its end.

    >>> led_to("vẫn còn bộc lộ một số hạn chế, đó là"), led_to("thực hiện tốt những nhiệm vụ trọng tâm sau")
    (('hạn chế',), ('nhiệm vụ',))
    """
    match = _leads().search(fold_aligned(words))
    return _named(match["list"], None) if match else ()


def opening(text: str, provision: Provision) -> Span | None:
    """The lead-in of a unit's own text: its last sentence where a colon ends it, else its first up to a colon."""
    body = own_body(text, provision)
    words = body.of(text)
    if words.endswith(":"):
        ends = list(_INNER_END.finditer(words))
        start = ends[-1].end() + 1 if ends else 0
        return Span(body.start + start, body.end - 1)
    first = _INNER_END.search(words)
    colon = re.search(r":\s", words[: first.start()] if first else words)
    if colon is None or len(words[: colon.start()].split()) > _OPENING_WORDS:
        return None
    return Span(body.start, body.start + colon.start())


def is_execution(words: str) -> bool:
    """Whether a heading stands above tasks of single bodies: "Tổ chức thực hiện"."""
    folded = fold_aligned(words)
    return any(folded.startswith(fold_aligned(one)) for one in strings("outline_words.toml", "execution"))


def _named(folded: str, qualifier: str | None) -> tuple[str, ...]:
    written = {fold_aligned(one): one for one in strings("outline_words.toml", "themes")}
    names = [written[one] for one in re.split(r"\s*,\s*(?:va\s+)?|\s+va\s+", folded.strip()) if one in written]
    kept = {fold_aligned(one): one for one in strings("outline_words.toml", "kept_qualifiers")}
    if qualifier and len(names) == 1 and qualifier in kept:
        names = [f"{names[0]} {kept[qualifier]}"]
    return tuple(names)


@cache
def _begins() -> re.Pattern[str]:
    names, openers = _folded("themes"), _folded("openers")
    kept = _folded("kept_qualifiers")
    return re.compile(
        rf"\W*(?:(?:{openers})\s+)*(?P<list>(?:{names})(?:(?:\s*,\s*|\s+va\s+|,\s*va\s+)(?:{names}))*)"
        rf"(?:\s+(?P<qualifier>{kept}))?(?!\w)"
    )


@cache
def _leads() -> re.Pattern[str]:
    names, ends, kept = _folded("themes"), _folded("lead_ends"), _folded("qualifiers")
    return re.compile(
        rf"(?<!\w)(?:{_folded('openers')})\s+(?P<list>(?:{names})(?:(?:\s*,\s*|\s+va\s+)(?:{names}))*)"
        rf"(?:\s+(?:{kept}))*\s*,?\s*(?:(?:{ends})\s*)*:?$"
    )


def _folded(key: str) -> str:
    words = sorted(strings("outline_words.toml", key), key=len, reverse=True)
    return "|".join(re.escape(fold_aligned(word)).replace(r"\ ", r"\s+") for word in words)
