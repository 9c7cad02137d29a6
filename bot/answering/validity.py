"""The validity strategy: what has changed since, from the outside facts, apart from any quotation."""

from __future__ import annotations

from collections.abc import Iterator

from bot import messages
from bot.answering.answer import Notice
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate
from bot.question.question import Question
from bot.question.targets import Cited
from index.context import Context, Fact
from index.facts.numbers import NUMBER
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, number_key, syllables

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
    for cited in question.cites:
        yield from _of_document(cited, library.context)
    for body in library.context.body:
        if any(_names(name, folded) for name in body.old):
            yield _notice("validity", messages.body(body), body)
    for place in library.context.place:
        if any(fold(name) in folded for name in (place.old, *place.today)):
            yield _notice("place", messages.place(place), place)
    if question.documents or question.province:
        chosen = directives_meant(question, library, filters)
        ids = {directive.id for directive in chosen}
        for end in library.context.ended:
            if ids & set(end.document_ids):
                yield _notice("validity", messages.ended(end), end)


def _names(name: str, folded: str) -> bool:
    """Whether a question names a body: by its name, or by all of the words of it that tell ("dân vận … ở xã")."""
    if fold(name) in folded or fold(name).rsplit(" ", 2)[0] in folded:
        return True
    words = [word for word in syllables(name) if word not in ("o", "cap", "cua")]
    return len(words) > _FEW and set(words) <= set(syllables(folded))


_FEW = 3


def _of_document(cited: Cited, context: Context) -> Iterator[Notice]:
    """What replaces a cited document, and what a directive states wrongly of it."""
    for replaced in context.replaced:
        same_number = number_key(replaced.number)[: len(cited.parts)] == cited.parts
        if same_number and cited.type in (None, fold(replaced.type)):
            yield _notice("validity", messages.replaced(replaced), replaced)
    for error in context.source_error:
        number = NUMBER.search(error.about)
        if number and number_key(number.group())[: len(cited.parts)] == cited.parts:
            yield _notice("validity", messages.source_error(error), error)


def _notice(kind: str, text: str, fact: Fact) -> Notice:
    return Notice(kind="place" if kind == "place" else "validity", text=text, source=fact.source)
