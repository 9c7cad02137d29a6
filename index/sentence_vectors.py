"""The vectors of single sentences: how near in meaning each sentence of a passage is to a question.

A long sentence says several things: its clauses, between semicolons, are embedded one by one, and the nearest counts.
"""

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
from index.structure.sentences import clauses

# Vectors of clauses; how many sentences each passage has; how many clauses each sentence has.
_VECTORS, _SENTENCES, _CLAUSES = "vectors.npy", "sentences.npy", "clauses.npy"
_BATCH = 32


class SentenceVectors:
    """One row a clause, in the order of passages and sentences: float16, read from the file as they are asked for."""

    def __init__(
        self, vectors: np.ndarray[Any, Any], sentences: Sequence[int], clauses: Sequence[int], passages: Sequence[str]
    ) -> None:
        first_sentence = [0, *accumulate(sentences)]
        first_clause = [0, *accumulate(clauses)]
        if (
            len(sentences) != len(passages)
            or first_sentence[-1] != len(clauses)
            or first_clause[-1] != len(vectors)
            or 0 in clauses
        ):
            raise ValueError("the sentence vectors do not belong to the passages")
        self._vectors = vectors
        self._starts = {
            passage: first_clause[first_sentence[i] : first_sentence[i + 1] + 1] for i, passage in enumerate(passages)
        }

    @classmethod
    def build(
        cls, folder: Path, embeddings: Embeddings, directives: Mapping[str, Directive], documents: Sequence[Document]
    ) -> None:
        """Embed every clause of every sentence of the passages and write three files into a folder."""
        texts: list[str] = []
        in_passage: list[int] = []
        in_sentence: list[int] = []
        for document in documents:
            directive = directives[document.metadata["document_id"]]
            spans = list(sentences_of(directive, document))
            in_passage.append(len(spans))
            for span in spans:
                parts = list(clauses(directive.text, span))
                in_sentence.append(len(parts))
                texts += [part.of(directive.text) for part in parts]
        rows: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            rows += embeddings.embed_documents(texts[start : start + _BATCH])
        folder.mkdir()
        np.save(folder / _VECTORS, np.asarray(rows, dtype=np.float16))
        np.save(folder / _SENTENCES, np.asarray(in_passage, dtype=np.int32))
        np.save(folder / _CLAUSES, np.asarray(in_sentence, dtype=np.int32))

    @classmethod
    def open(cls, folder: Path, passages: Sequence[str]) -> SentenceVectors:
        """Raises `OSError` or `ValueError` where the files are missing or are of other passages."""
        vectors = np.load(folder / _VECTORS, mmap_mode="r")
        return cls(vectors, np.load(folder / _SENTENCES).tolist(), np.load(folder / _CLAUSES).tolist(), passages)

    def similarities(self, passage: str, vector: Sequence[float]) -> list[float]:
        """Cosine of a question's unit vector with the nearest clause of each sentence of a passage, in their order."""
        starts = self._starts[passage]
        if len(starts) < 2:
            return []
        rows = np.asarray(self._vectors[starts[0] : starts[-1]], dtype=np.float32)
        cosines = rows @ np.asarray(vector, dtype=np.float32)
        nearest: list[float] = np.maximum.reduceat(cosines, np.asarray(starts[:-1]) - starts[0]).tolist()
        return nearest
