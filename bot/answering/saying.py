"""A candidate in the words of the contract: its citations, its notices, how the question was read."""

from __future__ import annotations

from bot import messages
from bot.answering.answer import Answer, Citation, Notice, Role, Status, Understood, cite
from bot.answering.strategy import Candidate
from bot.question.question import Question


def said(candidate: Candidate, question: Question) -> Answer:
    """A candidate in the words of the contract."""
    if candidate.status == "not_found":
        return not_found(candidate, question, candidate.text)
    if candidate.status in ("smalltalk", "clarify"):
        plain = without_citation(candidate.status, candidate.text, question)
        return plain.model_copy(update={"choices": candidate.choices, "strategy": candidate.strategy})
    return _supported(candidate, question)


def _supported(candidate: Candidate, question: Question) -> Answer:
    citations = _citations(candidate)
    return Answer(
        status=candidate.status,
        answer=candidate.text,
        basis=candidate.basis,
        citations=citations,
        notices=_notices(candidate),
        strategy=candidate.strategy,
        confidence=round(candidate.confidence, 3),
        question=understood_as(question),
    )


def not_found(best: Candidate | None, question: Question, text: str = messages.NOT_STATED) -> Answer:
    """What is not stated, with the nearest passage of the best candidate where it has one."""
    nearest = best.evidence[:1] if best else ()
    return Answer(
        status="not_found",
        answer=text,
        strategy=best.strategy if best and best.status == "not_found" else None,
        citations=tuple(cite(one.directive, one.provision, one.span, 1, "nearest") for one in nearest),
        notices=_notices(best) if best else (),
        confidence=round(best.confidence, 3) if best and nearest else 0.0,
        question=understood_as(question),
    )


def without_citation(status: Status, text: str, question: Question) -> Answer:
    """An answer that claims nothing."""
    return Answer(status=status, answer=text, question=understood_as(question))


def understood_as(question: Question) -> Understood:
    """How a question was read, for its answer."""
    return Understood(
        text=question.text,
        understood_as=question.cleaned,
        language=question.language,
        province=question.province,
        intent=question.intents[0] if question.intents else None,
    )


def _citations(candidate: Candidate) -> tuple[Citation, ...]:
    role: Role = "correction" if candidate.status == "corrected" else "support"
    return tuple(
        cite(item.directive, item.provision, item.span, marker, role)
        for marker, item in enumerate(candidate.evidence, 1)
    )


def _notices(candidate: Candidate) -> tuple[Notice, ...]:
    """What the catalogue says of a page that is not the directive's own full text."""
    accounts = {item.directive.id: item.directive for item in candidate.evidence if item.directive.is_account}
    return candidate.notices + tuple(
        Notice(kind="source", text=remark, source=messages.CATALOGUE)
        for directive in accounts.values()
        for remark in directive.remarks
    )
