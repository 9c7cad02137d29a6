"""Vectors by model and text, so that an unchanged passage is embedded once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from index.embeddings import Model

_TABLE = "CREATE TABLE IF NOT EXISTS vectors (model TEXT, text TEXT, vector BLOB, PRIMARY KEY (model, text))"


class CachedEmbeddings(Embeddings):
    """Embeddings that look a passage up in an SQLite file before computing its vector; questions are not kept."""

    def __init__(self, model: Model, path: Path) -> None:
        self._model, self._path = model, path

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self._model.embeddings.embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, in their order; those not yet known are computed and kept."""
        keys = [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for text in texts]
        with self._open() as database:
            known = {key: vector for key in keys if (vector := self._read(database, key)) is not None}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            computed = self._model.embeddings.embed_documents(list(missing.values()))
            for key, vector in zip(missing, computed, strict=True):
                known[key] = vector
                blob = np.asarray(vector, dtype="<f4").tobytes()
                database.execute(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", (self._model.fingerprint, key, blob)
                )
        return [known[key] for key in keys]

    def _read(self, database: sqlite3.Connection, key: str) -> list[float] | None:
        found = database.execute(
            "SELECT vector FROM vectors WHERE model = ? AND text = ?", (self._model.fingerprint, key)
        ).fetchone()
        vector: list[float] | None = np.frombuffer(found[0], dtype="<f4").tolist() if found else None
        return vector

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A transaction; a damaged cache is thrown away, since it can be computed again."""
        try:
            database = sqlite3.connect(self._path)
            database.execute(_TABLE)
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            database = sqlite3.connect(self._path)
            database.execute(_TABLE)
        with closing(database), database:
            yield database
