"""Outside facts beside an answer: a wrong date in a quotation, a replaced document, a body or place since changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot import messages
from bot.answering.answer import Answer, Notice
from bot.question.question import Question
from bot.question.targets import Cited
from index.context import Context, Fact
from index.facts.numbers import NUMBER
from index.library import Library
from index.normalise.keys import fold, number_key


def outside_notices(answer: Answer, question: Question, library: Library) -> tuple[Notice, ...]:
    """Notices for an answer, each once; none that the answer has already."""
    context = library.context
    found = [*_errors(answer, context), *replacements(question, context), *_bodies(answer, question, library)]
    known = {notice.text for notice in answer.notices}
    return tuple(notice for notice in dict.fromkeys(found) if notice.text not in known)


def replacements(question: Question, context: Context) -> Iterator[Notice]:
    """What replaces a document that the question names."""
    for cited in question.cites:
        for one in context.replaced:
            if is_numbered(cited, one.number) and cited.type in (None, fold(one.type)):
                yield validity_notice(messages.replaced(one), one)


def is_numbered(cited: Cited, number: str) -> bool:
    """Whether a number is the one that was named, as far as it was given."""
    return number_key(number)[: len(cited.parts)] == cited.parts


def validity_notice(text: str, fact: Fact) -> Notice:
    """A notice on what holds today, with its source."""
    return Notice(kind="validity", text=text, source=fact.source)


def _errors(answer: Answer, context: Context) -> Iterator[Notice]:
    """What a quoted clause states wrongly of a document that it cites."""
    for error in context.source_error:
        number = NUMBER.search(error.about)
        for citation in answer.citations:
            if citation.document_id == error.document_id and number and number.group() in citation.quote:
                yield validity_notice(messages.source_error(error), error)


def _bodies(answer: Answer, question: Question, library: Library) -> Iterator[Notice]:
    """What a body is now that the question names or that the answer says first."""
    if answer.status not in ("answered", "corrected"):
        return
    said = fold(f"{question.searched}\n{answer.answer[:_BEGINNING]}")
    levels = {library.directive(citation.document_id).level for citation in answer.citations}
    for body in library.context.body:
        if body.level and levels == {"huyện"} and body.level == "tỉnh":
            continue  # the committee of a city inside a province is not the province's
        if any(_BODY.match(fold(name)) and fold(name) in said for name in body.old):
            yield validity_notice(messages.body(body), body)


# What is a body by its first words; the file also names kinds of work, which only a question of today asks about.
_BODY = re.compile(r"(?:ban|dang doan|thanh uy|tinh uy|huyen uy|so|uy ban|van phong|hoi dong)\s")
_BEGINNING = 120  # characters of an answer in which its subject stands
