"""The restorer of diacritics that has read the stored directives, made once for each generation."""

from __future__ import annotations

import threading

from bot.question.diacritics import Restorer, default_restorer
from index.library import Library

_made: dict[str, Restorer] = {}
_lock = threading.Lock()
# An old generation is asked a little longer than it is published.
_KEPT = 2


def restorer(library: Library) -> Restorer:
    """The restorer of a library's generation; terms of its directives count more than those of the large corpus."""
    identity = library.manifest.id
    with _lock:
        if identity not in _made:
            while len(_made) >= _KEPT:
                del _made[next(iter(_made))]
            _made[identity] = default_restorer().with_texts(one.text for one in library.directives.values())
        return _made[identity]
