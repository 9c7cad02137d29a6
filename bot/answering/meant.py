"""Which stored directives a question may be answered from: those it names, inside what the caller's filters allow."""

from __future__ import annotations

from bot.question.question import Question
from bot.question.targets import directives_of, named_types
from index.directive import Directive
from index.filters import Filters
from index.library import Library


def directives_meant(
    question: Question, library: Library, filters: Filters, *, by_type: bool = False
) -> list[Directive]:
    """The directives named, else those of the province, else all; never one that the filters leave out.

    With `by_type` a type that the question names ("chỉ thị") narrows several to those of that type, if there are any.
    """
    chosen = directives_of(library, filters.province or question.province, question.documents)
    chosen = [one for one in chosen if admitted(one, filters)]
    if by_type and len(chosen) > 1 and (kinds := named_types(question.cleaned, library)):
        chosen = [one for one in chosen if {one.metadata.type, one.metadata.attached_type} & kinds] or chosen
    return chosen


def admitted(directive: Directive, filters: Filters) -> bool:
    """Whether the filters leave a directive in, as they do for a search."""
    metadata = directive.metadata
    return (
        (not filters.document_ids or directive.id in filters.document_ids)
        and filters.province in (None, directive.province)
        and filters.type in (None, metadata.type)
        and (filters.year is None or not metadata.issued_on or metadata.issued_on.startswith(str(filters.year)))
    )


def is_named(question: Question, filters: Filters) -> bool:
    """Whether a question, or its caller, says which directive or place is meant."""
    named = question.documents or question.provinces or question.cites
    return bool(named or filters.document_ids or filters.province)
