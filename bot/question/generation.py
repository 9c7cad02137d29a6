"""What is made of a library's texts, once for each generation."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from index.library import Library

Made = TypeVar("Made")
# An old generation is asked a little longer than it is published.
_KEPT = 2


def once_a_generation(make: Callable[[Library], Made]) -> Callable[[Library], Made]:
    """A function that keeps what it made of the last two generations, and none of their libraries."""
    made: dict[str, Made] = {}
    lock = threading.Lock()

    def kept(library: Library) -> Made:
        identity = library.manifest.id
        with lock:
            if identity not in made:
                while len(made) >= _KEPT:
                    del made[next(iter(made))]
                made[identity] = make(library)
            return made[identity]

    return kept
