"""The kind of a directive, where a question calls it another: "Chỉ thị của Tỉnh ủy" for what is a resolution."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.answer import Answer, cite
from bot.answering.references import is_local
from bot.answering.strategy import evidence_at
from bot.answering.which_document import own_types
from bot.question.question import Question
from index.data import strings
from index.directive import Directive, Span
from index.library import Library
from index.normalise.keys import fold

_SHORT = r"(?:ban thuong vu |btv )?(?:tinh uy|thanh uy|huyen uy|dang uy|ubnd|uy ban nhan dan|chu tich)?"


def of_its_kind(answer: Answer, question: Question, library: Library) -> Answer:
    """The answer with the directive's true kind before it, as a correction, where the question gives another."""
    directive = _only_one(answer, library)
    if answer.status != "answered" or answer.strategy in _OF_DOCUMENTS or directive is None or question.cites:
        return answer
    said = _called(fold(question.cleaned), directive)
    span = _title_span(library, directive)
    if said is None or span is None or _cites_one(library, directive, said):
        return answer
    place = evidence_at(directive, span)
    mark = max((one.marker for one in answer.citations), default=0) + 1
    title = cite(directive, place.provision, place.span, mark, "correction")
    text = messages.of_kind(directive.metadata.type or "", directive.province or "", mark)
    return answer.model_copy(
        update={
            "status": "corrected",
            "answer": f"{messages.not_as_asked(text)}\n{answer.answer}",
            "citations": (*answer.citations, title),
        }
    )


def _only_one(answer: Answer, library: Library) -> Directive | None:
    cited = {one.document_id for one in answer.citations if one.role != "nearest"}
    return library.directive(cited.pop()) if len(cited) == 1 else None


def _called(folded: str, directive: Directive) -> str | None:
    """The type that the question gives the directive of a place, where it is none of the directive's own."""
    own = own_types(directive)
    if not own or not directive.province:
        return None
    kinds = "|".join(sorted((re.escape(fold(kind)) for kind in strings("document_types.toml", "types")), key=len)[::-1])
    found = re.search(
        rf"\b(?P<kind>{kinds}) (?:ve dan van |dan van )?(?:cua )?{_SHORT} ?(?:tinh |thanh pho )?"
        rf"{re.escape(fold(directive.province))}\b",
        folded,
    )
    return found["kind"] if found and not any(found["kind"] in kind for kind in own) else None


def _cites_one(library: Library, directive: Directive, kind: str) -> bool:
    """Whether a directive cites a document of a kind that its own place has issued: that may be meant."""
    return any(
        one.document_id == directive.id and fold(one.type) == kind and is_local(one) for one in library.facts.references
    )


# Strategies whose answers are about documents that a directive cites.
_OF_DOCUMENTS = frozenset({"which_document", "references", "legal_basis", "comparison"})


def _title_span(library: Library, directive: Directive) -> Span | None:
    for field in library.facts.metadata:
        if field.document_id == directive.id and field.name in ("type", "title") and field.spans:
            return field.spans[0]
    return None
