"""Passage search as channels show it: citations, the nearest first."""

from __future__ import annotations

from bot.answering.answer import Citation, cite
from bot.question.question import clean, is_readable
from index.directive import Span
from index.filters import Filters
from index.library import Library


def nearest(library: Library, text: str, k: int, filters: Filters) -> tuple[Citation, ...]:
    """At most `k` passages; raises `UnknownDocumentError` for a filter that names no stored directive."""
    for document_id in filters.document_ids:
        library.directive(document_id)
    searched, found = clean(text), []
    if not is_readable(searched):
        return ()  # vectors find something near anything
    for marker, passage in enumerate(library.retriever.search(searched, k, filters), 1):
        place = passage.metadata
        directive = library.directive(place["document_id"])
        span = Span(place["start"], place["end"])
        found.append(cite(directive, directive.provision(place["provision_id"]), span, marker, "nearest"))
    return tuple(found)
