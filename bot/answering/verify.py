"""The last gate: what cannot be proved is not said."""

from __future__ import annotations

from bot.answering.answer import Answer
from bot.answering.claims import unproved
from bot.answering.marks import MARK
from index.library import Library


def problems(answer: Answer, library: Library) -> list[str]:
    """What is wrong with an answer's proof; empty where every claim stands.

    Every quotation is a verbatim span; every mark has its citation; with basis *text*, every name, number and date
    stands in a quotation; the place asked for is the place cited.
    """
    found = []
    for citation in answer.citations:
        text = library.directive(citation.document_id).text
        if text[citation.start : citation.end] != citation.quote or not citation.quote:
            found.append(f"citation {citation.marker} is not verbatim")
    marks = {int(mark) for mark in MARK.findall(answer.answer)}
    markers = {citation.marker for citation in answer.citations if citation.role != "nearest"}
    if marks != markers:
        found.append(f"marks {sorted(marks)} and citations {sorted(markers)} differ")
    if answer.status in ("answered", "corrected") and not markers:
        found.append("an answer without a citation")
    asked = answer.question.province
    if asked and any(citation.province != asked for citation in answer.citations):
        found.append(f"a citation of another place than {asked}")
    if answer.basis == "text":
        identities = "\n".join(f"{citation.province}\n{citation.citation_line}" for citation in answer.citations)
        quotes = "\n".join(citation.quote for citation in answer.citations)
        found += [f"not in a quotation: {claim}" for claim in unproved(answer.answer, quotes, identities)]
    return found
