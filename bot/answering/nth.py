"""The nth strategy: one of several things that a directive counts ("nhóm thứ 7 nói về gì?", "bước 2 là gì?")."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, first_line
from bot.question.question import Question
from index.facts.records import Count
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

_SURE = 0.9
_ORDINALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_NTH = re.compile(
    rf"\b(?<!cho )(?P<what>nhom(?: [a-z]+ [a-z]+)?|buoc|nhiem vu(?:,? giai phap)?|giai phap|muc tieu"
    r"|nguyen nhan|han che|chi tieu) (?:(?:nao )?(?:duoc )?(?:xep|dat|dung|neu|nam|de|len)"
    r"(?: o| len| vao)?(?: vi tri)? )?(?:thu |so )?"
    rf"(?P<n>\d{{1,2}}|cuoi cung|cuoi|dau tien|{'|'.join(_ORDINALS)})\b(?!\.\d|\s?%)(?! (?:nhom|buoc))"
)

# What such a question may hold beside it; with more it asks about something else ("kinh phí cho bước 3").
_REST = re.compile(
    r"\b(?:noi|ro|hon|ve|la|gi|the nao|thi|sao|cu the|noi dung|quy dinh|viet|ghi|cua|trong|de an|chi thi"
    r"|nghi quyet|o|cua tinh|danh sach|nhiem vu|giai phap|va|dau tien|cuoi cung|duoc|neu|giao|cho|ai|yeu cau"
    r"|ban)\b|[?,.]"
)
_OTHER_WORDS = 4


class NthStrategy:
    """Quotes the item with that number of a count of that name; says how many there are where there are fewer."""

    name = "nth"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where just one directive counts such things."""
        asked = _NTH.search(fold(question.cleaned))
        left = fold(question.cleaned).replace(fold(question.province or " "), " ")
        rest = _REST.sub(" ", left.replace(asked.group(), " ")) if asked else ""
        if asked is None or (asked["n"] in _ORDINALS and "thu" not in asked.group()):
            return []
        allowed = {one.id for one in directives_meant(question, library, filters)}
        first = asked["what"].split()[0]
        counts = [
            one for one in library.facts.counts if one.document_id in allowed and one.count and first in _names(one)
        ]
        if len({(one.document_id, one.spans) for one in counts}) != 1:
            return []
        number = _number(asked["n"], len(counts[0].spans))
        is_beyond = number > len(counts[0].spans) and (first == "buoc" or "thu" in asked.group())
        if len(rest.split()) > _OTHER_WORDS and not is_beyond:
            return []  # something else is asked about it
        return [self._answer(library, counts[0], number)]

    def _answer(self, library: Library, count: Count, number: int) -> Candidate:
        directive = library.directive(count.document_id)
        if not 1 <= number <= len(count.spans):
            last = first_line(directive, count.spans[-1])
            text = f"{messages.only_so_many(len(count.spans), count.what)} [1]"
            return Candidate(self.name, text, (last,), "derived", _SURE, "corrected")
        evidence = first_line(directive, count.spans[number - 1])
        return Candidate(self.name, messages.quoted([evidence.span.of(directive.text)]), (evidence,), "text", _SURE)


def _names(count: Count) -> set[str]:
    """The first words of the names of what is counted: of "nhóm nhiệm vụ, giải pháp" all three."""
    what = fold(count.what)
    return {name.split()[0] for name in (what, *what.removeprefix("nhom ").split(", "))}


def _number(written: str, count: int) -> int:
    """The place that is asked for, from 1."""
    if written.startswith("cuoi"):
        return count
    if written == "dau tien":
        return 1
    return int(written) if written.isdigit() else _ORDINALS[written]
