"""A question on several provinces: each is answered from its own directives, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from bot import messages
from bot.answering.answer import Answer, Citation, Notice, Understood
from bot.answering.marks import renumbered


def compared(answers: Sequence[tuple[str, Answer]], asked: Understood) -> Answer | None:
    """One answer out of (province, its answer); None where no province has one.

    A province whose directives do not say it gets the words for that, so that silence is never read as likeness.
    """
    found = [answer for _, answer in answers if answer.status in ("answered", "corrected")]
    if not found:
        return None
    lines: list[str] = []
    citations: list[Citation] = []
    notices: list[Notice] = []
    for province, answer in answers:
        if answer not in found:
            lines.append(messages.of_province(province, messages.NOT_STATED))
            continue
        before = len(citations)
        lines.append(messages.of_province(province, renumbered(answer.answer, before)))
        citations += [
            citation.model_copy(update={"marker": citation.marker + before})
            for citation in answer.citations
            if citation.role != "nearest"
        ]
        notices += [notice for notice in answer.notices if notice not in notices]
    return Answer(
        status="answered",
        answer="\n".join(lines),
        # That a province does not say it follows from its whole text, not from a quotation.
        basis=found[0].basis if len({one.basis for one in found}) == 1 and len(found) == len(answers) else "derived",
        citations=tuple(citations),
        notices=tuple(notices),
        strategy="comparison",
        confidence=min(one.confidence for one in found),
        question=asked,
    )
