"""The last gate: what cannot be proved is not said."""

from __future__ import annotations

import re

from bot.answering.answer import Answer
from index.library import Library

_MARK = re.compile(r"\[(\d+)\]")


def problems(answer: Answer, library: Library) -> list[str]:
    """What is wrong with an answer's proof; empty where every claim stands.

    Every quotation is a verbatim span; every mark has its citation; basis *text* quotes all that it says.
    """
    found = []
    for citation in answer.citations:
        text = library.directive(citation.document_id).text
        if text[citation.start : citation.end] != citation.quote or not citation.quote:
            found.append(f"citation {citation.marker} is not verbatim")
    marks = {int(mark) for mark in _MARK.findall(answer.answer)}
    markers = {citation.marker for citation in answer.citations if citation.role != "nearest"}
    if marks != markers:
        found.append(f"marks {sorted(marks)} and citations {sorted(markers)} differ")
    if answer.status in ("answered", "corrected") and not markers:
        found.append("an answer without a citation")
    if answer.basis == "text":
        quotes = "\n".join(citation.quote for citation in answer.citations)
        said = [piece.strip() for piece in _MARK.split(answer.answer)[::2]]
        if not all(piece in quotes for piece in said):
            found.append("words that stand in no quotation")
    return found
