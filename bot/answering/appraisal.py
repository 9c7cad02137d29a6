"""The appraisal strategy: what a directive says is weak, why, or achieved; all of it, or of what the question names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot import messages
from bot.answering.asked import asks_yes_no
from bot.answering.meant import directives_meant
from bot.answering.statements import identity_of
from bot.answering.strategy import Candidate, Evidence, evidence_at
from bot.answering.telling import Telling, telling
from bot.answering.topic import topic_of
from bot.question.question import Question
from index.directive import Directive, Span
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold
from index.structure.sentences import sentences

_SURE = 0.85
# Words of such a question that name no part of what is weak or achieved.
_ASKING = (
    r"\b(?:tom tat|tom luoc|noi gon|noi ngan|tra loi|gon|thoi|giup|tu (?:thay|danh gia|nhan)|thua nhan|danh gia|chi ra"
    r"|neu(?: ra| len)?|ke(?: ra)?|nhung nam qua|lau nay|hien nay|thoi gian qua|minh|nhung|cac|mat|cho|diem|khau|y"
    r"|van con|con|gom|the nao|ra sao|bi|tu|do|nen|doan|phan|muc|noi ve|dau|cuoi|ke|van tat|xem|vai|may|cai|dong"
    r"|tong hop|diem lai|nhin nhan|thuc trang|trong|noi|ngay|mo dau|chu tich|hoi dau|truoc do|tinh hinh|tom|liet ke"
    r"|hai|ba|xem)\b"
)
# Who asks how many, or where it stands, is answered otherwise.
_OTHERWISE = re.compile(
    r"\b(?:(?:co|gom|la|neu|ra) may|bao nhieu|bn)\b|\b(?:phan|muc|doan|dieu|khoan|chuong|trang) (?:nao|so)\b"
)
# From this rarity of its words on a question names a part; a sentence about it holds such a share of them.
_TOPIC, _SPOKEN_OF = 4.0, 0.5


class AppraisalStrategy:
    """Quotes the sentences under "hạn chế", "nguyên nhân", "kết quả" of the one directive that is meant."""

    name = "appraisal"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the directive has such a part, and speaks there of what the question names."""
        folded = fold(question.cleaned)
        asked = next((one for one in _aspects() if any(pattern.search(folded) for pattern in one.asked)), None)
        if asked is None or question.cites or _OTHERWISE.search(folded) or asks_yes_no(folded):
            return []
        chosen = directives_meant(question, library, filters)
        if len(chosen) != 1:
            return []
        directive = chosen[0]
        said = _sentences(directive, library, asked.names)
        if not said:
            return []
        topic = topic_of(
            question, directive, (*(one.pattern for aspect in _aspects() for one in aspect.asked), _ASKING)
        )
        told = telling(topic, library).about(identity_of(directive))
        if sum(told.words.values()) >= _TOPIC:
            said = _about(directive, said, told)
            if not said:
                return []
        evidence = tuple(said)
        lines = messages.listed([one.span.of(directive.text) for one in evidence])
        text = "\n".join(lines) if len(evidence) > 1 else messages.quoted([evidence[0].span.of(directive.text)])
        return [Candidate(self.name, text, evidence, "text", _SURE)]


@dataclass(frozen=True, slots=True)
class _Aspect:
    names: tuple[str, ...]
    asked: tuple[re.Pattern[str], ...]


@cache
def _aspects() -> tuple[_Aspect, ...]:
    """Causes before weaknesses: "nguyên nhân của hạn chế" asks for causes."""
    table = tomllib.loads(files("bot.answering").joinpath("data/aspects.toml").read_text(encoding="utf-8"))
    found = [_Aspect(tuple(one["names"]), tuple(re.compile(p) for p in one["asked"])) for one in table["aspects"]]
    return tuple(sorted(found, key=lambda one: "nguyên nhân" not in one.names))


def _sentences(directive: Directive, library: Library, names: tuple[str, ...]) -> list[Evidence]:
    """The sentences of the directive's part of that name, in their order."""
    spans: list[Span] = []
    for count in library.facts.counts:
        if count.document_id == directive.id and set(count.what.split(", ")) & set(names):
            spans += [span for span in count.spans if not any(span.overlaps(other) for other in spans)]
    return [evidence_at(directive, part) for span in spans for part in sentences(directive.text, span)]


def _about(directive: Directive, said: list[Evidence], told: Telling) -> list[Evidence]:
    """The sentence that speaks most of what is told, where one does."""
    best = max(said, key=lambda one: told.word_share(one.span.of(directive.text)))
    return [best] if told.word_share(best.span.of(directive.text)) >= _SPOKEN_OF else []
