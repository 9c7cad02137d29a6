"""The validity strategy: what has changed since, from the outside facts, apart from any quotation."""

from __future__ import annotations

from collections.abc import Iterator

from bot import messages
from bot.answering.answer import Notice
from bot.answering.meant import directives_meant
from bot.answering.outside import is_numbered, replacements, validity_notice
from bot.answering.strategy import Candidate
from bot.question.question import Question
from index.facts.numbers import NUMBER
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, syllables

_SURE = 0.95


class ValidityStrategy:
    """Says that the stored texts do not tell, and sets beside it what the curated file knows, with source and date."""

    name = "validity"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the question asks what holds today; the file's silence is said as well."""
        if "validity" not in question.intents:
            return []
        notices = tuple(dict.fromkeys(_notices(question, library, filters)))
        text = messages.VALIDITY_NOTED if notices else messages.VALIDITY_UNKNOWN
        return [Candidate(self.name, text, (), None, _SURE, "not_found", notices)]


def _notices(question: Question, library: Library, filters: Filters) -> Iterator[Notice]:
    folded = fold(question.cleaned)
    yield from replacements(question, library.context)
    for error in library.context.source_error:
        number = NUMBER.search(error.about)
        if number and any(is_numbered(cited, number.group()) for cited in question.cites):
            yield validity_notice(messages.source_error(error), error)
    for body in library.context.body:
        if any(_names(name, folded) for name in body.old):
            yield validity_notice(messages.body(body), body)
    for place in library.context.place:
        if any(fold(name) in folded for name in (place.old, *place.today)):
            yield Notice(kind="place", text=messages.place(place), source=place.source)
    if question.documents or question.province:
        chosen = directives_meant(question, library, filters)
        ids = {directive.id for directive in chosen}
        for end in library.context.ended:
            if ids & set(end.document_ids):
                yield validity_notice(messages.ended(end), end)


def _names(name: str, folded: str) -> bool:
    """Whether a question names a body: by its name, or by all of the words of it that tell ("dân vận … ở xã")."""
    if fold(name) in folded or fold(name).rsplit(" ", 2)[0] in folded:
        return True
    words = [word for word in syllables(name) if word not in ("o", "cap", "cua")]
    return len(words) > _FEW and set(words) <= set(syllables(folded))


_FEW = 3
