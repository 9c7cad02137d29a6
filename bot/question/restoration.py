"""The restorer of diacritics that has read the stored directives."""

from __future__ import annotations

from bot.question.diacritics import Restorer, default_restorer
from bot.question.generation import once_a_generation
from index.library import Library


@once_a_generation
def restorer(library: Library) -> Restorer:
    """The restorer of a library's generation; terms of its directives count more than those of the large corpus."""
    return default_restorer().with_texts(one.text for one in library.directives.values())
