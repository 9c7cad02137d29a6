"""The references strategy: date, issuer and subject of a document that the directives cite by its number."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import messages
from bot.answering.answer import Notice
from bot.answering.asked import asks_according_to, asks_to_confirm
from bot.answering.marks import marks
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence, evidence_at
from bot.answering.types_asked import types_asked
from bot.question.bodies import ISSUERS
from bot.question.followup import content
from bot.question.question import Question
from bot.question.targets import Cited
from index.directive import Directive, Span
from index.facts.records import Inconsistency, Reference
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, number_key, syllables
from index.structure.address import office_date

_SURE = 0.95
# What a question may ask of a cited document; other questions that name one ask about the passage around it.
_INTENTS = frozenset({"issued_on", "when", "issuer", "title", "definition", "number"})


class ReferencesStrategy:
    """Answers what the directives say of a cited document; where they differ, each reading gets its own line."""

    name = "references"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the question names just one cited document and asks for its identity."""
        if len(question.cites) != 1:
            return []
        if corrected := _own_number(question, library, filters):
            return [corrected]
        if not any(_is_cited(reference, question.cites[0]) for reference in library.facts.references):
            return [Candidate(self.name, messages.not_cited(question.cites[0].written), (), None, _SURE, "not_found")]
        chosen = directives_meant(question, library, filters)
        allowed = {directive.id for directive in chosen}
        found = [
            reference
            for reference in library.facts.references
            if reference.document_id in allowed and _is_cited(reference, question.cites[0])
        ]
        kinds = {_kind(one) for one in found}
        if found and len(kinds) == 1 and (checked := self._checked(question, library, _distinct(found))):
            return [checked]
        folded = fold(question.cleaned)
        if types_asked(folded) - {fold(one.type) for one in found} - {"quyet dinh"}:
            return []  # "kế hoạch số mấy để thực hiện Kết luận 114": the plan is asked for
        if _SUBJECT_ASKED.search(folded) and found and not any(one.title for one in found):
            return []  # what it is about stands in the passage around it, if anywhere
        if not found or not (
            _is_bare(question)
            or ((_INTENTS & set(question.intents) or _DAY_ASKED.search(folded)) and not asks_according_to(folded))
        ):
            return []
        if len(kinds) > 1:  # "Chỉ thị 05" may be of the centre or of a province: each gets its line
            if len(kinds) > _MOST_KINDS:
                return []
            each = [_distinct([one for one in found if _kind(one) == kind])[0] for kind in sorted(kinds)]
            return [self._answer(library, each)]
        return [self._answer(library, _distinct(found))]

    def _checked(self, question: Question, library: Library, found: list[Reference]) -> Candidate | None:
        """The cited document as it is, where the question gives it another issuer or year, or asks whether it is so."""
        folded = fold(question.cleaned)
        said = _OF_YEAR.search(folded)
        body = _OF_BODY.search(" ".join(syllables(question.cleaned)))
        if (said is None and body is None) or _CHOICE.search(folded):
            return None
        years = {one.date[:4] for one in found if one.date}
        issuers = " | ".join(" ".join(syllables(one.issuer)) for one in found if one.issuer)
        wrong_year = said is not None and bool(years) and said["year"] not in years
        named = (body["body"] or body["first"] or "") if body else ""
        wrong_body = bool(named) and bool(issuers) and named not in issuers
        answered = self._answer(library, found)
        if wrong_year or wrong_body:
            return replace(answered, text=messages.not_as_asked(answered.text), status="corrected")
        if asks_to_confirm(folded) and (years or said is None) and (issuers or body is None):
            return replace(answered, text=messages.yes_or_no("yes", answered.text))
        return None

    def _answer(self, library: Library, found: list[Reference]) -> Candidate:
        evidence = tuple(evidence_of(library.directive(one.document_id), one) for one in found)
        lines = [messages.cited_document(one, mark) for mark, one in enumerate(found, 1)]
        if len(found) > 1:
            lines = [
                f"{library.directive(one.document_id).province}: {line}" for one, line in zip(found, lines, strict=True)
            ]
        wanted = number_key(found[0].number or "")
        notices = tuple(
            _notice(library, one) for one in library.facts.inconsistencies if number_key(one.number) == wanted
        )
        return Candidate(self.name, "\n".join(lines), evidence, "text", _SURE, notices=notices)


def _kind(reference: Reference) -> tuple[str, tuple[str, ...]]:
    return fold(reference.type), number_key(reference.number or "")


_MOST_KINDS = 4
_DAY_ASKED = re.compile(r"\bngay (?:may|nao|bao nhieu)\W*$|^(?:cho (?:biet|hoi) )?ngay (?:ra|ban hanh|ky)\b")
# "Của Bộ Chính trị hay Ban Bí thư" asks, and takes nothing for granted.
_CHOICE = re.compile(r"\b(?:cua|do) .{2,40} hay (?:la )?(?:cua |do )?\w")
_SUBJECT_ASKED = re.compile(r"\bve (?:\w+ ){0,2}gi\b|\bnoi (?:ve )?gi\b|\btrich yeu\b")
# The year and the issuer that a question gives a numbered document.
_OF_YEAR = re.compile(
    r"(?:\bso )?\d[\w./-]*(?: \w+){0,12}? (?:ban hanh|ra|ky|ngay [\d/.-]+|nam) (?:vao )?"
    r"(?:nam |thang \d{1,2}(?:/| nam ))?(?P<year>(?:19|20)\d\d)\b"
)
_OF_BODY = re.compile(
    rf"\d[\w ]*? (?:la )?(?:cua|do) (?P<body>{ISSUERS})\b|^(?P<first>{ISSUERS}) (?:da )?(?:ban hanh|ra|ky)\b"
)


def _own_number(question: Question, library: Library, filters: Filters) -> Candidate | None:
    """The number of the one directive that is meant, where the question gives it other digits ("40-ĐA/TU")."""
    parts = question.cites[0].parts
    chosen = directives_meant(question, library, filters)
    if (
        len(chosen) != 1
        or len(parts) < _WHOLE
        or any(_is_cited(one, question.cites[0]) for one in library.facts.references)
    ):
        return None
    directive = chosen[0]
    own = number_key(directive.metadata.number or "")
    stated = [f for f in library.facts.metadata if f.document_id == directive.id and f.name == "number" and f.spans]
    if own[1:] != parts[1:] or not stated:
        return None
    dated = [f for f in library.facts.metadata if f.document_id == directive.id and f.name == "issued_on" and f.spans]
    spans = [stated[0].spans[0], *(field.spans[0] for field in dated[:1])]
    evidence = tuple(evidence_at(directive, span) for span in spans)
    day = office_date(dated[0].value) if dated else None
    text = messages.not_as_asked(f"{messages.identity(directive.metadata.number, day)} {marks(len(evidence))}")
    return Candidate("references", text, evidence, "text", _SURE, "corrected")


_WHOLE = 3  # parts of a whole number: digits, type, body


def _is_bare(question: Question) -> bool:
    """Whether a question is hardly more than the document's name ("còn Quy định 124?")."""
    named = {*question.cites[0].parts, *(question.cites[0].type or "").split()}
    return len([word for word in content(question.cleaned) if word not in named]) <= _BESIDE


_BESIDE = 1  # words
_SHORTENED_ALIKE = {"quyet dinh", "quy dinh"}


def _is_cited(reference: Reference, cited: Cited) -> bool:
    """Whether a reference is what was named: the type, where it was said, and the number as far as it was given."""
    if reference.number is None:
        return False
    # "QĐ" is a decision as well as a regulation.
    if cited.type and cited.type != fold(reference.type) and {cited.type, fold(reference.type)} != _SHORTENED_ALIKE:
        return False
    return number_key(reference.number)[: len(cited.parts)] == cited.parts


def is_local(reference: Reference) -> bool:
    """Whether a cited document is of a province's own bodies, by its number ("139-QĐ/TU", "18/CT-UBND")."""
    return _LOCAL.search(reference.number or "") is not None


_LOCAL = re.compile(r"/(?:TU|Th\.?U|UBND|HĐND)")


def _distinct(found: list[Reference]) -> list[Reference]:
    """One reference for each reading of the date: those with most of what is asked first in their group."""
    best: dict[str | None, Reference] = {}
    for one in sorted(found, key=lambda r: (r.date is None, r.issuer is None, r.title is None)):
        best.setdefault(one.date, one)
    if len(best) > 1:
        best.pop(None, None)
    return list(best.values())


def evidence_of(directive: Directive, reference: Reference) -> Evidence:
    """The mention that holds most, up to the end of the subject where it stands behind it."""
    text = directive.text
    mentions = sorted(reference.mentions, key=lambda span: span.start - span.end)
    for mention in mentions:
        line_end = text.find("\n", mention.end)
        line = text[mention.start : line_end if line_end >= 0 else len(text)]
        holds_date = reference.date_written is None or reference.date_written in line
        position = line.find(reference.title) if reference.title else -1
        if holds_date and (reference.title is None or 0 <= position <= mention.end - mention.start + 40):
            end = mention.start + position + len(reference.title) if reference.title else mention.end
            end += text[end : end + 1] == "”"
            span = Span(mention.start, max(end, mention.end))
            return evidence_at(directive, span)
    span = mentions[0]
    return evidence_at(directive, span)


def _notice(library: Library, one: Inconsistency) -> Notice:
    readings: dict[str, list[str]] = {}
    for reading in one.readings:
        value = office_date(reading.value) if one.field == "date" else reading.value
        readings.setdefault(value, []).append(library.directive(reading.document_id).province or reading.document_id)
    return Notice(kind="inconsistency", text=messages.inconsistency(one.type, one.number, readings))
