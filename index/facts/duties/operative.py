"""Which provisions order something: tasks, solutions, organisation; not situation, basis, notes or recipients."""

from __future__ import annotations

import re

from index.directive import Kind, Provision, Span
from index.facts.duties.wording import Wording, either

_APART = frozenset({Kind.TITLE, Kind.STAMP, Kind.BASIS, Kind.RECIPIENTS, Kind.SIGNATURE, Kind.AUTHOR, Kind.NOTE})
_SITUATION = re.compile(either("situation"))
_OPERATIVE = re.compile(either("operative"))
_TELLS = re.compile(either("situation_openings"))
_EFFECT = re.compile(either("effects"))
_REPORTED = re.compile(
    r"(?<!\w)(?:đã (?:được|ban hành|xác định|đánh giá|có|đưa|đạt|từng bước)|còn bộc lộ|vẫn còn"
    r"|chưa được|chưa thật sự|chưa thực sự)(?!\w)"
)


def is_operative(wording: Wording, provision: Provision) -> bool:
    """Whether a provision, by its kind and heading, may hold duties; what stands below a situation tells it too."""
    if provision.kind in _APART or provision.kind is Kind.PREAMBLE:
        return False
    if provision.heading is None:
        return True
    heading = wording.plain[provision.heading.start : provision.heading.end].strip()
    return _SITUATION.match(heading) is None or _OPERATIVE.search(heading) is not None


def orders(wording: Wording, sentence: Span) -> bool:
    """Whether a sentence may order something: it neither tells a situation nor gives a purpose or an effect."""
    if _EFFECT.match(wording.plain, sentence.start) or _TELLS.match(wording.plain, sentence.start):
        return False
    return _REPORTED.search(wording.bare, sentence.start, sentence.end) is None


def tells(wording: Wording, first: Span) -> bool:
    """Whether a paragraph, by its first sentence, tells a situation."""
    return _TELLS.match(wording.plain, first.start) is not None
