"""The legal basis strategy: what a directive names in its "Căn cứ …" lines, each line quoted."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence
from bot.question.question import Question
from index.directive import Directive, Kind
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold
from index.structure.sentences import sentences

_SURE = 0.95
_ASKS = re.compile(
    r"\bcan cu (?:ban hanh|phap ly|vao (?:dau|nhung|cac|van ban|gi)|nhung|nao|gi|van ban nao)\b|\bban hanh can cu\b"
    r"|\b(?:phan|muc|dong|cac) can cu\b|\blay\b.{3,60}\blam (?:can cu|co so)\b|\bco so phap ly\b"
    r"|\b(?:ra|ban hanh|ky)\b.{0,40}\b(?:van ban|quyet dinh|nghi quyet|chi thi|de an|ke hoach|huong dan)\b"
    r".{0,60}\b(?:dua|can cu) (?:vao|tren|theo)\b.{0,60}\b(?:nao|gi)\b"
    r"|\b(?:ban hanh|ra)\b.{0,20}\b(?:de|nham) (?:thuc hien|trien khai)\b.{0,30}\b(?:nao|gi)\b"
    r"|\b(?:dua|can cu) (?:vao|tren|theo)\b.{0,60}\b(?:nao|gi)\b.{0,30}\b(?:de (?:ra|ban hanh)|duoc ban hanh"
    r"|ban hanh)\b"
    r"|\b(?:dua|can cu) (?:vao|tren|theo)\b.{0,30}\bvan ban\b.{0,30}\b(?:nao|gi)\b"
)
# "Căn cứ nào mà giao …", "dựa trên văn bản nào mà …" ask why something is so, not what a directive rests on.
_WHAT_FOR = re.compile(
    r"\b(?:can cu (?:nao|gi|vao dau)|van ban nao)\b(?:(?! (?:ma|de)\b).){0,40} (?:ma|de)\b"
    r"(?! (?:ra|ban hanh|xay dung)\b)"
    r"(?!.{0,60}\b(?:ban hanh|ra doi|duoc ra|ra (?:nghi quyet|chi thi|de an|quyet dinh))\b)"
)
_TO_CARRY_OUT = re.compile(r"\b(?:de|nham) (?:thuc hien|trien khai)\b")


class LegalBasisStrategy:
    """Lists the lines on which the one directive that is meant rests."""

    name = "legal_basis"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant; without such lines it says that there are none."""
        folded = fold(question.cleaned)
        if question.cites or not _ASKS.search(folded) or _WHAT_FOR.search(folded):
            return []
        chosen = directives_meant(question, library, filters)
        if len(chosen) != 1:
            return []
        evidence = _lines(chosen[0]) or _carried_out(chosen[0])
        if not evidence and _TO_CARRY_OUT.search(folded):
            return []
        if not evidence:
            return [Candidate(self.name, messages.NO_BASIS, (), None, _SURE, "not_found")]
        lines = messages.listed([one.span.of(one.directive.text) for one in evidence])
        return [Candidate(self.name, "\n".join(lines), evidence, "text", _SURE)]


def _lines(directive: Directive) -> tuple[Evidence, ...]:
    """The lines of the first basis: an attached text may have one of its own behind it."""
    basis = next((one for one in directive.walk() if one.kind is Kind.BASIS), None)
    if basis is None:
        return ()
    return tuple(
        Evidence(directive, child, child.spans[0])
        for child in basis.children
        if fold(child.spans[0].of(directive.text).lstrip("-– ")).startswith("can cu")
    )


# A directive without such lines says in its first sentences what it carries out.
_CARRIES_OUT = re.compile(r"\W*(?:thuc hien|quan triet|trien khai|can cu|de thuc hien|thi hanh|tren co so)\b")
_FIRST = 1500  # characters


def _carried_out(directive: Directive) -> tuple[Evidence, ...]:
    """The sentence of a directive's beginning that says what it carries out, with what it is issued for."""
    for provision in directive.walk():
        for own in provision.spans:
            for span in sentences(directive.text, own):
                said = fold(span.of(directive.text))
                if span.start > _FIRST:
                    return ()
                if _CARRIES_OUT.match(said) and re.search(r"\b(?:ban hanh|ra|de ra|xay dung|yeu cau)\b", said):
                    return (Evidence(directive, provision, span),)
    return ()
