"""Questions about the last answer itself: where it stands, more of it, what else there is, whether it is sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import messages
from bot.answering.answer import Answer, Citation
from bot.answering.expected import fits
from bot.answering.statements import years_of
from bot.answering.strategy import Candidate, Evidence, evidence_at
from bot.answering.units import following
from bot.question.followup import content
from bot.question.question import Question
from index.directive import Span
from index.library import Library
from index.normalise.keys import fold, syllables

_SURE = 0.9
_LIKELY = 0.7
_LONGEST = 1200  # characters of the unit that is shown whole
_THAT = r"(?:(?:muc|diem|doan|cau|y|phan|noi dung|dieu|khoan|cai|viec|buoc)\s+)?(?:do|nay|ay|vua roi|tren)"
_END = (
    r"(?:\s+(?:a|nhe|nhi|vay|the|ha|voi|nha|di|nao|ad|trong|cua|van ban|quyet dinh|chi thi|nghi quyet|de an|nay|do))*"
    r"\W*"
)
_POINTS = re.compile(
    r"\b(?:viec|cai|dieu|chuyen|nhiem vu|thang|nam|ngay|muc|chi tieu|ban|don vi|noi)?\s?(?:do|nay|ay)\b"
)
_POINTERS = frozenset({"viec", "do", "nay", "ay", "cai", "chuyen", "dieu"})
_WHERE = re.compile(
    rf"\W*(?:{_THAT} )?(?:(?:nam|ghi|viet|trich|quy dinh|noi) )?(?:o|tai|trong) (?:dau|cho nao|muc nao|muc may|phan nao"
    rf"|dieu nao|doan nao|khoan nao|diem nao|trang nao){_END}"
)
_MORE = re.compile(
    r"\W*(?:(?:xin|cho|hay|ban|anh|chi|ad|em|minh)\s+)*(?:noi|giai thich|trinh bay|ghi|cho biet|doc|neu|trich)?\s*"
    rf"(?:ro|ky|chi tiet|cu the|day du|them)(?: hon| them| ra)*(?: (?:ve )?{_THAT})?{_END}"
)
_ELSE = re.compile(
    r"\W*(?:the |vay )?(?:con|them)(?: (?:co|nhung))?(?: (?:gi|ai|viec gi|noi dung gi|cai gi|y gi|y nao|muc nao))?"
    rf"(?: (?:nua|khac))?(?: (?:khong|ko|k))?{_END}"
)
_REALLY = re.compile(
    r"\W*(?:co )?(?:chac|that|dung|chinh xac|dam bao)(?: chan| su)?(?: (?:la )?(?:vay|the|nhu vay|nhu the))?"
    rf"(?: (?:khong|chua|ko|k|chu)){_END}"
)


def about_last(question: Question, last: Answer, library: Library) -> Candidate | None:
    """An answer to a question that says nothing by itself but points at the last answer; None for any other."""
    # The answer may be of an older generation: what is no longer there, letter by letter, is not pointed at.
    cited = [one for one in last.citations if one.role != "nearest" and _stands(one, library)]
    if not cited:
        return None
    asked = " ".join(fold(question.cleaned).replace("?", " ").split())
    evidence = [evidence_at(library.directive(one.document_id), Span(one.start, one.end)) for one in cited]
    if _REALLY.fullmatch(asked):
        return _candidate(evidence)
    if _WHERE.fullmatch(asked):
        lines = [messages.stands_at(one.citation_line, mark) for mark, one in enumerate(cited, 1)]
        return Candidate("again", "\n".join(lines), tuple(evidence), "derived", _SURE)
    if _MORE.fullmatch(asked):
        return _candidate(_whole(evidence[0]))
    if _ELSE.fullmatch(asked) and len(asked.split()) > 1:
        behind = following(evidence[-1])
        return _candidate(behind) if behind else Candidate("again", messages.NOTHING_ELSE, (), None, _SURE, "not_found")
    return _same_passage(question, asked, evidence)


def _stands(citation: Citation, library: Library) -> bool:
    directive = library.directives.get(citation.document_id)
    return directive is not None and directive.text[citation.start : citation.end] == citation.quote


def _same_passage(question: Question, asked: str, evidence: Sequence[Evidence]) -> Candidate | None:
    """The quotation again, where "ai chỉ đạo việc đó?" asks for something else that it holds."""
    if not _POINTS.search(asked):
        return None
    words = [word for word in content(question.cleaned) if word not in _POINTERS]
    for one in evidence:
        quote = one.span.of(one.directive.text)
        held = set(syllables(quote))
        if words and all(word in held for word in words) and fits(question.searched, quote, years_of(one.directive)):
            return replace(_candidate([one]), confidence=_LIKELY)
    return None


def _candidate(evidence: Sequence[Evidence]) -> Candidate:
    text = messages.quoted([one.span.of(one.directive.text) for one in evidence])
    return Candidate("again", text, tuple(evidence), "text", _SURE)


def _whole(one: Evidence) -> list[Evidence]:
    """The unit in which a quotation stands, with what is below it as far as it is short."""
    spans = one.provision.subtree_spans()
    fitting = [span for span in spans if span.end - spans[0].start <= _LONGEST]
    if not fitting or (fitting[-1].end <= one.span.end and fitting[0].start >= one.span.start):
        return [one, *following(one)]  # all of it was said: what stands behind it
    return [Evidence(one.directive, one.provision, Span(fitting[0].start, fitting[-1].end))]
