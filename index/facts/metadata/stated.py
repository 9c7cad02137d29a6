"""A value that a text states, with where it does."""

from __future__ import annotations

from dataclasses import dataclass

from index.directive import Span


@dataclass(frozen=True, slots=True)
class Stated:
    """A value in its usual writing, and the verbatim spans it was read from."""

    value: str
    spans: tuple[Span, ...]
