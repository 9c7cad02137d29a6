"""The which-document strategy: the cited document that a question describes without its number ("kế hoạch số mấy")."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.meant import directives_meant
from bot.answering.references import evidence_of
from bot.answering.strategy import Candidate
from bot.answering.telling import telling
from bot.answering.topic import topic_of
from bot.question.question import Question
from bot.question.targets import SHORT_TYPES
from index.data import strings
from index.directive import Directive, Span
from index.facts.records import Reference
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold
from index.structure.sentences import sentences

_SURE = 0.9
_WHICH = r"(?:nao|so nao|so may|so bao nhieu|so bn|so gi|so hieu|mang so|may ngay)"
# Of the question's words that the mention with what stands around it must hold.
_LEAST = 0.55


class WhichDocumentStrategy:
    """Finds, of the cited documents of the type asked for, the one whose mention says what the question says."""

    name = "which_document"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the question asks which document of a type, and one is described best."""
        kinds = _types_asked(fold(question.searched))
        if not kinds:
            return []
        scored: list[tuple[tuple[float, float], Directive, Reference]] = []
        for directive in directives_meant(question, library, filters):
            told = telling(topic_of(question, directive, without_title=False), library)
            own = told.word_share(_own(directive)) if kinds & _own_types(directive) else 0.0
            for one in library.facts.references:
                if one.document_id != directive.id or one.number is None or fold(one.type) not in kinds:
                    continue
                around = " ".join(_around(directive, span) for span in one.mentions)
                share = told.word_share(f"{one.type} số {one.number} {one.issuer or ''} {one.title or ''} {around}")
                if one.number != directive.metadata.number and share > own:
                    # Of several in one clause, the one whose issuer the question names.
                    scored.append(((share, told.word_share(one.issuer or "")), directive, one))
        if local := [item for item in scored if _is_local(question, item[1], item[2])]:
            scored = local
        scored.sort(key=lambda item: item[0], reverse=True)
        if not scored or scored[0][0][0] < _LEAST:
            return []
        _, directive, best = scored[0]
        if len(scored) > 1 and scored[1][0] == scored[0][0] and scored[1][2].number != best.number:
            return []
        return [Candidate(self.name, messages.cited_document(best, 1), (evidence_of(directive, best),), "text", _SURE)]


def _is_local(question: Question, directive: Directive, reference: Reference) -> bool:
    """Whether a reference is of the place's own bodies, where the question asks for the place's own ("của Phú Yên")."""
    province = fold(directive.province or "-")
    own = re.search(
        rf"\b(?:cua|cap tinh|cap thanh pho)\b[^?]{{0,24}}\b{province}\b"
        r"|\bcua (?:tinh|thanh pho|thanh uy|tinh uy)\b|\bcap tinh\b",
        fold(question.cleaned),
    )
    return own is not None and re.search(r"/(?:TU|Th\.?U|UBND|HĐND)", reference.number or "") is not None


def _own(directive: Directive) -> str:
    """What a directive says of itself."""
    metadata = directive.metadata
    return (
        f"{metadata.type} số ngày ban hành {metadata.issuer} {metadata.title}"
        f" {metadata.attached} {metadata.attached_type} kèm theo"
    )


def _own_types(directive: Directive) -> set[str]:
    return {fold(kind) for kind in (directive.metadata.type, directive.metadata.attached_type) if kind}


def _types_asked(folded: str) -> set[str]:
    """The types behind which the question asks "nào" or "số mấy"."""
    names = {fold(one) for one in strings("document_types.toml", "types")} | set(SHORT_TYPES)
    types = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    found = {SHORT_TYPES.get(kind, kind) for kind in re.findall(rf"\b({types})\s+{_WHICH}", folded)}
    for asked in re.finditer(r"\b(?:so may|so nao|so bao nhieu|so bn|mang so|so hieu gi)\b", folded):
        before = list(re.finditer(rf"\b({types})\b", folded[: asked.start()]))
        if before:  # the nearest type is the one whose number is asked for
            found.add(SHORT_TYPES.get(before[-1][1], before[-1][1]))
    if "quy che" in found:  # a regulation is issued by a decision, whose number it goes by
        found.add("quyet dinh")
    return found


def _around(directive: Directive, span: Span) -> str:
    """The clause around a mention: to the semicolons beside it, inside its sentence."""
    provision = directive.provision_at(span.start)
    for own in provision.spans if provision else ():
        for sentence in sentences(directive.text, own):
            if sentence.start <= span.start < sentence.end:
                start = directive.text.rfind(";", sentence.start, span.start)
                end = directive.text.find(";", span.end, sentence.end)
                return directive.text[start + 1 if start >= 0 else sentence.start : end if end >= 0 else sentence.end]
    return span.of(directive.text)
