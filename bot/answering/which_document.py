"""The which-document strategy: the cited document that a question describes without its number ("kế hoạch số mấy")."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import messages
from bot.answering.expected import YEAR
from bot.answering.meant import directives_meant
from bot.answering.references import evidence_of, is_local
from bot.answering.statements import years_of
from bot.answering.strategy import Candidate
from bot.answering.telling import telling
from bot.answering.topic import topic_of
from bot.answering.types_asked import WHICH, type_names, types_asked
from bot.question.bodies import ISSUERS
from bot.question.question import Question
from bot.question.targets import SHORT_TYPES
from index.directive import Directive, Span
from index.facts.duties.inclusion import full_name
from index.facts.records import Reference
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold
from index.structure.sentences import sentences

_SURE = 0.9
# Of the question's words that the mention with what stands around it must hold.
_LEAST = 0.55
_LEAST_KNOWN = 0.2  # where its issuer, or the month of its issue, is known and no other is of it
_CLOSE = 0.08
_MOST = 4
_TWO = 2
_ISSUER = re.compile(rf"\b\w+\s+(?:cua|do) (?P<issuer>{ISSUERS}|bo [a-z]+ [a-z]+)\b")
_ISSUED = re.compile(r"\b(?:thang (?P<month>\d{1,2}) (?:nam )?|nam )(?P<year>(?:19|20)\d\d)\b")


class WhichDocumentStrategy:
    """Finds, of the cited documents of the type asked for, the one whose mention says what the question says."""

    name = "which_document"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the question asks which document of a type, and one is described best."""
        folded = fold(question.searched)
        kinds = types_asked(folded)
        if not kinds:
            return []
        if len(starts := _types_asked_at(folded)) == _TWO:
            each = self._each_type(question, starts, library, filters)
            return [each] if each else []  # one of two is no answer
        issuer, issued = _issuer_asked(folded), _ISSUED.search(folded)
        scored: list[tuple[tuple[float, float], Directive, Reference]] = []
        for directive in directives_meant(question, library, filters):
            told = telling(topic_of(question, directive, without_title=False), library)
            own = told.word_share(_own(directive)) if kinds & own_types(directive) else 0.0
            for one in library.facts.references:
                if one.document_id != directive.id or one.number is None or fold(one.type) not in kinds:
                    continue
                if (issuer and not _is_of(one, issuer)) or (issued and not _is_issued(one, issued)):
                    continue
                around = " ".join(_around(directive, span) for span in one.mentions)
                share = told.word_share(f"{one.type} số {one.number} {one.issuer or ''} {one.title or ''} {around}")
                if one.number != directive.metadata.number and share > own:
                    # Of several in one clause, the one whose issuer the question names.
                    scored.append(((share, told.word_share(one.issuer or "")), directive, one))
        if local := [item for item in scored if _is_local(question, item[1], item[2])]:
            scored = local
        scored.sort(key=lambda item: item[0], reverse=True)
        if (issuer or issued) and scored and len({item[2].number for item in scored}) == 1:
            scored = scored[:1]  # the only one of that issuer or month: hardly another word is needed
        elif issuer and scored and (several := _of_issuer(scored)):
            return [self._listed(several)]
        least = _LEAST_KNOWN if (issuer or issued) and len(scored) == 1 else _LEAST
        if not scored or scored[0][0][0] < least:
            return []
        _, directive, best = scored[0]
        if len(scored) > 1 and scored[1][0] == scored[0][0] and scored[1][2].number != best.number:
            return []
        return [self._listed([(directive, best)])]

    def _each_type(self, question: Question, starts: list[int], library: Library, filters: Filters) -> Candidate | None:
        """A line for each type, where "nghị quyết nào của Chính phủ và quyết định nào của tỉnh" asks for two."""
        if len(fold(question.searched)) != len(question.searched):
            return None
        head = question.searched[: starts[0]]
        parts = [question.searched[starts[0] : starts[1]].rstrip(" ,").removesuffix(" và").removesuffix(" va")]
        parts.append(question.searched[starts[1] :])
        found: list[tuple[Directive, Reference]] = []
        for part in parts:
            alone = self.propose(replace(question, searched=f"{head}{part}", cleaned=f"{head}{part}"), library, filters)
            if not alone:
                return None
            number = alone[0].evidence[0]
            named = [
                (number.directive, one)
                for one in library.facts.references
                if one.document_id == number.directive.id and evidence_of(number.directive, one) == number
            ]
            found += named[:1]
        return self._listed(found) if len(found) == _TWO else None

    def _listed(self, found: list[tuple[Directive, Reference]]) -> Candidate:
        """A line for each document."""
        lines = [messages.cited_document(one, mark) for mark, (_, one) in enumerate(found, 1)]
        evidence = tuple(evidence_of(directive, one) for directive, one in found)
        return Candidate(self.name, "\n".join(lines), evidence, "text", _SURE)


def _types_asked_at(folded: str) -> list[int]:
    """Where a question asks for a document of a type."""
    return [match.start() for match in re.finditer(rf"\b(?:{type_names()})\s+{WHICH}", folded)]


def _of_issuer(scored: list[tuple[tuple[float, float], Directive, Reference]]) -> list[tuple[Directive, Reference]]:
    """All documents of the issuer that is asked for, each once, where the question tells none of them from another."""
    best = scored[0][0][0]
    close = [item for item in scored if item[0][0] >= best - _CLOSE]
    found = {item[2].number: (item[1], item[2]) for item in reversed(close)}
    return list(found.values())[::-1] if 1 < len(found) <= _MOST and best >= _LEAST_KNOWN else []


def _issuer_asked(folded: str) -> str | None:
    """The issuer behind the type that is asked for ("chỉ thị nào của Thủ tướng", "nghị quyết của Chính phủ số mấy")."""
    found = _ISSUER.search(folded)
    return found["issuer"] if found else None


def _is_of(reference: Reference, issuer: str) -> bool:
    own = fold(reference.issuer or "").replace("uy ban nhan dan", "ubnd")
    return issuer.replace("uy ban nhan dan", "ubnd") in own


def _is_issued(reference: Reference, said: re.Match[str]) -> bool:
    if not reference.date:
        return False
    year, month = reference.date[:4], int(reference.date[5:7])
    return said["year"] == year and (said["month"] is None or int(said["month"]) == month)


def _is_local(question: Question, directive: Directive, reference: Reference) -> bool:
    """Whether a reference is of the place's own bodies, where the question asks for the place's own ("của Phú Yên")."""
    province = fold(directive.province or "-")
    own = re.search(
        rf"\b(?:cua|cap tinh|cap thanh pho)\b[^?]{{0,24}}\b{province}\b"
        r"|\bcua (?:tinh|thanh pho|thanh uy|tinh uy)\b|\bcap tinh\b",
        fold(question.cleaned),
    )
    return own is not None and is_local(reference)


def _own(directive: Directive) -> str:
    """What a directive says of itself."""
    metadata = directive.metadata
    return (
        f"{metadata.type} số ngày ban hành {metadata.issuer} {metadata.title}"
        f" {metadata.attached} {metadata.attached_type} kèm theo"
    )


def own_types(directive: Directive) -> set[str]:
    """The folded types of a directive and of what is attached to it."""
    return {fold(kind) for kind in (directive.metadata.type, directive.metadata.attached_type) if kind}


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


def is_another(question: Question, directive: Directive) -> bool:
    """Whether a question is about a document of another type, year or issuer than the directive: a cited one."""
    if _is_of_another_type(fold(question.cleaned), directive):
        return True
    years = set(YEAR.findall(fold(question.cleaned)))
    if years and not years & years_of(directive):
        return True
    asked, issuer = (
        re.sub(r"\btp\b", "thanh pho", fold(full_name(question.searched))),
        fold(full_name(directive.metadata.issuer or "")),
    )
    named = [" ".join(match.group().split()) for match in re.finditer(rf"\b(?:{ISSUERS})\b", asked)]
    return bool(issuer and named) and not any(one in issuer for one in named)


def _is_of_another_type(folded: str, directive: Directive) -> bool:
    """Whether the first type that a question names is neither the directive's nor in its title: "Quy chế … số mấy"."""
    first = re.search(rf"\b(?:{type_names()})\b", folded)
    if first is None:
        return False
    kind = SHORT_TYPES.get(first.group(), first.group())
    title = fold(f"{directive.metadata.title or ''} {directive.metadata.attached or ''}")
    return kind not in own_types(directive) and kind not in title
