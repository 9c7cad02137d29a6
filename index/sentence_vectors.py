"""The vectors of single sentences: how near in meaning each sentence of a passage is to a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from index.directive import Directive
from index.passages import sentences_of

_VECTORS, _COUNTS = "vectors.npy", "counts.npy"
_BATCH = 32


class SentenceVectors:
    """One row a sentence, in the order of the passages: float16, read from the file as they are asked for."""

    def __init__(self, vectors: np.ndarray[Any, Any], counts: Sequence[int], passages: Sequence[str]) -> None:
        starts = [0, *accumulate(counts)]
        if len(counts) != len(passages) or starts[-1] != len(vectors):
            raise ValueError("the sentence vectors do not belong to the passages")
        self._vectors = vectors
        self._rows = {one: slice(starts[i], starts[i + 1]) for i, one in enumerate(passages)}

    @classmethod
    def build(
        cls, folder: Path, embeddings: Embeddings, directives: Mapping[str, Directive], documents: Sequence[Document]
    ) -> None:
        """Embed every sentence of the passages and write two files into a folder."""
        texts: list[str] = []
        counts: list[int] = []
        for document in documents:
            directive = directives[document.metadata["document_id"]]
            spans = list(sentences_of(directive, document))
            counts.append(len(spans))
            texts += [span.of(directive.text) for span in spans]
        rows: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            rows += embeddings.embed_documents(texts[start : start + _BATCH])
        folder.mkdir()
        np.save(folder / _VECTORS, np.asarray(rows, dtype=np.float16))
        np.save(folder / _COUNTS, np.asarray(counts, dtype=np.int32))

    @classmethod
    def open(cls, folder: Path, passages: Sequence[str]) -> SentenceVectors:
        """Raises `OSError` or `ValueError` where the files are missing or are of other passages."""
        vectors = np.load(folder / _VECTORS, mmap_mode="r")
        return cls(vectors, np.load(folder / _COUNTS).tolist(), passages)

    def similarities(self, passage: str, vector: Sequence[float]) -> list[float]:
        """Cosine of a question's unit vector with each sentence of a passage, in their order."""
        rows = np.asarray(self._vectors[self._rows[passage]], dtype=np.float32)
        found: list[float] = (rows @ np.asarray(vector, dtype=np.float32)).tolist()
        return found
