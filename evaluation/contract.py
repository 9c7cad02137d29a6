"""What every answer must keep, whatever was asked: the contract, checked from outside."""

from __future__ import annotations

import re
from typing import get_args

from bot.answering.answer import Answer, Citation, Status
from index.filters import Filters
from index.library import Library

_MARK = re.compile(r"\[(\d+)\]")
_SUPPORTING = ("answered", "corrected")


def breaches(answer: Answer, library: Library, filters: Filters | None = None) -> list[str]:
    """What an answer breaks of the contract, in words; empty where it breaks nothing.

    It is written down as JSON and read again; its status is a known one; every quotation is verbatim at its offsets;
    the marks are those of its citations; what is asserted is supported, what is not found is not; filters hold.
    """
    if answer.status not in get_args(Status):
        return [f"status {answer.status}"]
    found = []
    if Answer.model_validate_json(answer.model_dump_json()) != answer:
        found.append("another answer after JSON")
    if not answer.answer.strip():
        found.append("nothing said")
    found += [
        problem for citation in answer.citations for problem in _citation(citation, library, filters or Filters())
    ]
    asserted = [citation for citation in answer.citations if citation.role != "nearest"]
    marks = {int(mark) for mark in _MARK.findall(answer.answer)}
    if marks != {citation.marker for citation in asserted}:
        found.append(f"marks {sorted(marks)}, citations {[citation.marker for citation in asserted]}")
    if len({citation.marker for citation in answer.citations}) < len(answer.citations):
        found.append("two citations of one mark")
    if answer.status in _SUPPORTING and not asserted:
        found.append(f"{answer.status} without a supporting citation")
    if answer.status not in _SUPPORTING and asserted:
        found.append(f"{answer.status} with a supporting citation")
    if len(answer.citations) - len(asserted) > 1:
        found.append("more than one nearest passage")
    if answer.status == "clarify" and not answer.choices:
        found.append("clarify without choices")
    return found


def _citation(citation: Citation, library: Library, filters: Filters) -> list[str]:
    directive = library.directives.get(citation.document_id)
    if directive is None:
        return [f"citation of an unknown document {citation.document_id}"]
    found = []
    if not citation.quote or directive.text[citation.start : citation.end] != citation.quote:
        found.append(f"citation {citation.marker} is not verbatim")
    if filters.document_ids and citation.document_id not in filters.document_ids:
        found.append(f"citation of {citation.document_id}, not of {filters.document_ids}")
    if filters.province and citation.province != filters.province:
        found.append(f"citation of {citation.province}, not of {filters.province}")
    if filters.type and citation.type != filters.type:
        found.append(f"citation of a {citation.type}, not of a {filters.type}")
    if filters.year and citation.issued_on and not citation.issued_on.startswith(str(filters.year)):
        found.append(f"citation of {citation.issued_on}, not of {filters.year}")
    return found
