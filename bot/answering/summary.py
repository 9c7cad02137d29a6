"""The summary strategy: one verbatim sentence for each item of a directive or of one of its units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import messages
from bot.answering.meant import directives_meant
from bot.answering.outline import ORDINARY_UNITS
from bot.answering.statements import identity_of, statements
from bot.answering.strategy import Candidate, Evidence, evidence_at, first_line
from bot.answering.telling import telling
from bot.answering.topic import topic_of
from bot.answering.units import (
    best_unit,
    first_sentence,
    following,
    items_of,
    main_part,
    unit_of_heading,
    units_named,
)
from bot.question.question import Question
from bot.question.targets import named_places
from index.directive import Directive, Kind, Provision
from index.filters import Filters
from index.library import Library
from index.normalise.keys import accented_syllables, fold, syllables
from index.structure.sentences import sentences

_SURE = 0.9
_MOST = 12
_MOST_BEHIND = 6
# Beside these words a type names what is summed up: the whole document, whatever else is said.
_SUMMED = r"\b(?:tom tat|tom luoc|tom gon|rut gon|luoc|noi dung (?:chinh|chu yeu|cot loi)|cot loi|diem chinh)\b"
_FILLERS = (
    r"(?:\W+(?:giup|dum|ho|cho|toi|em|minh|chung toi|sep|lanh dao|lai|toan bo|ca|noi dung|cua|van ban|vai|may"
    r"|gach dau dong|dong|y|chinh|nhanh|gon|ngan))*\W+"
)
_ASKS = re.compile(
    r"\b(?:tom tat|tom luoc|tom lai|gom lai|gop lai|tong hop lai|tom gon|rut gon|goi gon|van tat|ngan gon|dai y"
    r"|diem qua|luoc qua"
    r"|(?:noi|neu|viet|ghi|trinh bay|ke|liet ke|tra loi|cho) (?:that )?(?:ngan )?(?:gon|ngan|van tat)|diem lai|y chinh"
    r"|(?:gom|co|ban|noi|neu) (?:nhung|cac|may) y\b|noi dung cot loi|cot loi|(?:nhung|cac) diem (?:chinh|can nho"
    r"|dang chu y)|tom (?:giup|ho|dum|cho|nhanh|cai|phan|muc|y)|luoc (?:cho|giup|lai|nhanh)"
    r"|ke van tat|tong hop (?:giup|ho|cho)|vai dong|y lon|nua trang|suon|co dong|doc nhanh|tom y|noi gon|rot cuoc"
    r"|noi dung (?:chinh|chu yeu|co ban)"
    r"|diem chinh"
    r"|cac y\b|summar\w+|main points?|khai quat|sao luoc)\b"
)
# Words of a request for a summary that name no part of a text.
_REQUEST = re.compile(
    rf"{_ASKS.pattern}|\b(?:giup|cho|gui|sep|lanh dao|phan|doan|muc(?! tieu| dich)"
    r"|may|viec|nhiem vu|yeu cau|giao|chinh|chu yeu|trong tam|tat ca|he thong|kem theo|quy che|quy dinh|dat ra"
    r"|trong|cua|cac|nhung|noi dung|toan bo|ca|van ban|vb|ct|nq|qd|da|kh|hd|chi thi"
    r"|nghi quyet|quyet dinh|de an|ke hoach|huong dan|neu ra|nay|do|xin|toi|em|minh|dum|voi|nhe|di|de"
    r"|trinh|nghi|bao cao|nghe|biet|ngan|gon|lai|thoi|theo|o|ve|cuoi|dau|gom|nao|vai|y|ra sao|the nao|nhin nhan"
    r"|danh gia|con so|dan|ke|luoc|tom|dong|gi|soan|viet|lam|nhom|noi|cai|dat|ra|tong hop|van tat|xem|can|lon"
    r"|sep|nua|(?<!vu )trang(?! bi| trai))\b"
)
_ISSUER_WORDS = (r"\b(?:thanh uy|tinh uy|tinh|thanh pho|ubnd|uy ban nhan dan|bai gioi thieu)\b", r"\b\d+\b")
_ITEMS = (Kind.SECTION, Kind.CHAPTER, Kind.ARTICLE, Kind.ITEM, Kind.POINT, Kind.DASH, Kind.HEADING)
# A heading must hold this much of what the request tells.
_NAMED = 0.7
_CLOSE = 0.05


class SummaryStrategy:
    """Shows the first sentence of every item, in the text's own words and order."""

    name = "summary"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant; of the part of it that the question names, if it names one."""
        if not _ASKS.search(fold(question.cleaned)):
            return []
        chosen = directives_meant(question, library, filters, by_type=True)
        if len(chosen) != 1:
            return []
        directive = chosen[0]
        evidence = self._items(question, directive, library)
        if not evidence:
            return []
        if len(evidence) == 1:  # a sentence that announces: what stands behind it says more
            evidence = (*evidence, *following(evidence[0], _MOST_BEHIND))
        lines = messages.listed([one.span.of(directive.text) for one in evidence])
        return [Candidate(self.name, "\n".join(lines), evidence, "text", _SURE)]

    def _items(self, question: Question, directive: Directive, library: Library) -> tuple[Evidence, ...]:
        """The items of the unit named by its label, else of the topic named, else of the whole."""
        if unit := _numbered(question, directive):
            return items_of(directive, unit, _MOST)
        topic = topic_of(question, directive, (_REQUEST.pattern, *_ISSUER_WORDS))
        if named := unit_of_heading(directive, question.searched):
            return _counted(topic, directive, library) or items_of(directive, named, _MOST)
        words = {word.rstrip("12345") for word in map(fold, telling(_held(topic, directive), library).words)}
        if words - set(syllables(identity_of(directive))):
            found = _counted(topic, directive, library) or self._of_topic(topic, directive, library)
            if found:
                return found
            if not _is_of_whole(question, directive):
                return ()
        items = _main_items(directive)[:_MOST]
        return (
            *_title(directive, library),
            *(Evidence(directive, item, first_sentence(directive, item)) for item in items),
        )

    def _of_topic(self, topic: Question, directive: Directive, library: Library) -> tuple[Evidence, ...]:
        """The items of the unit that the topic names, else the paragraph that says most of it."""
        told = telling(topic, library)
        if not told.words:
            return ()
        unit = best_unit(directive, telling(_held(topic, directive), library))
        if unit and unit.share >= _NAMED and unit.own > 0:
            return items_of(directive, unit.provision, _MOST)
        found = statements(topic, told, library, Filters(document_ids=(directive.id,)))
        close = [one for one in found if one.features.around >= _NAMED and one.score >= found[0].score - _CLOSE]
        # Of sentences that say the topic as well, the short one announces it and the long one mentions it.
        best = min(close, key=lambda one: len(one.text), default=None)
        return items_of(directive, best.provision, _MOST) if best else ()


def _held(topic: Question, directive: Directive) -> Question:
    """A topic without the words that the directive nowhere has: those of a request name no part of it."""
    held = set(accented_syllables(directive.text))
    words = (word for word in topic.searched.split() if set(accented_syllables(word)) <= held)
    return replace(topic, searched=" ".join(words))


def _numbered(question: Question, directive: Directive) -> Provision | None:
    """The unit that the request names by its label ("mục 7"), where the directive has just one."""
    found = units_named(directive, named_places(question.cleaned))
    return found[0] if len(found) == 1 else None


def _counted(topic: Question, directive: Directive, library: Library) -> tuple[Evidence, ...]:
    """What the topic names first of the things that the directive counts ("hạn chế", "nguyên nhân"), item by item."""
    spoken = " ".join(syllables(topic.searched))
    named = [
        (position, -len(one.what), one)
        for one in library.facts.counts
        if one.document_id == directive.id and fold(one.what) not in ORDINARY_UNITS
        for name in {fold(one.what), fold(one.what).removeprefix("nhom "), *fold(one.what).split(", ")}
        if (position := f" {spoken} ".find(f" {' '.join(syllables(name))} ")) >= 0
    ]
    if not named:
        return ()
    count = min(named, key=lambda item: item[:2])[2]
    spans = count.spans
    if count.count is None or len(spans) == 1:  # one paragraph: its sentences
        spans = tuple(part for span in spans for part in sentences(directive.text, span))
    return tuple(first_line(directive, span) for span in spans[:_MOST])


def _title(directive: Directive, library: Library) -> tuple[Evidence, ...]:
    """The subject line, where the text has one."""
    for field in library.facts.metadata:
        if field.document_id == directive.id and field.name == "title" and field.spans:
            return (evidence_at(directive, field.spans[0]),)
    return ()


def _main_items(directive: Directive) -> Sequence[Provision]:
    """The main items of a directive: of the attached text where there is one."""
    top = [one for one in main_part(directive) if one.kind in _ITEMS]
    if len(top) <= 4:  # parts and chapters say little: the units below them do
        below = [child for one in top for child in one.children if child.kind in _ITEMS]
        top = below or top
    return [shown for one in top for shown in (_tasks(directive, one) or (one,))]


def _tasks(directive: Directive, unit: Provision) -> Sequence[Provision]:
    """The headed units below a heading that only announces tasks ("Nhiệm vụ và giải pháp"); none of any other."""
    heading = fold(unit.heading.of(directive.text)) if unit.heading else ""
    below = [child for child in unit.children if child.heading]
    announces = re.search(r"\b(?:nhiem vu|giai phap|noi dung)\b", heading) and len(heading.split()) <= _ANNOUNCES
    return below if announces and len(below) >= _FEW else ()


_ANNOUNCES = 7  # words of such a heading
_FEW = 3


def _is_of_whole(question: Question, directive: Directive) -> bool:
    """Whether the directive itself, by its type, is what is to be summed up ("tóm tắt Đề án … cho người chưa đọc")."""
    kinds = "|".join(fold(kind) for kind in (directive.metadata.type, directive.metadata.attached_type) if kind)
    folded = fold(question.cleaned)
    return bool(kinds) and (
        re.search(rf"{_SUMMED}{_FILLERS}(?:{kinds})\b|\b(?:{kinds})\b[^?]{{0,40}}{_SUMMED}", folded) is not None
    )
