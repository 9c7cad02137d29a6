"""The vectors: Chroma through LangChain, in a folder of the generation."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from index.filters import Filters
from index.passages import UNDATED

_COLLECTION = "passages"
_BATCH = 16
# Chroma opens a path once per process and keeps a table of what is open without a lock of its own.
_opening = threading.Lock()


class VectorIndex:
    """Finds passages by meaning. Cosine similarity; the embedder is always ours, never Chroma's default."""

    def __init__(self, folder: Path, embeddings: Embeddings | None, create: bool = False) -> None:
        with _opening:
            settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
            self._client = cast(Client, chromadb.PersistentClient(path=str(folder), settings=settings))
            self._store = Chroma(
                collection_name=_COLLECTION,
                embedding_function=embeddings,
                client=self._client,
                collection_configuration={"hnsw": {"space": "cosine", "ef_search": 200}} if create else None,
                create_collection_if_not_exists=create,
            )

    def add(self, documents: Sequence[Document]) -> Iterator[int]:
        """Embed and store documents; yields how many have been stored, after each batch."""
        stored = 0
        for start in range(0, len(documents), _BATCH):
            batch = list(documents[start : start + _BATCH])
            self._store.add_documents(batch, ids=[str(document.id) for document in batch])
            stored += len(batch)
            yield stored

    def search(self, vector: list[float], k: int, filters: Filters | None = None) -> list[tuple[Document, float]]:
        """The nearest `k` documents and their cosine similarity, nearest first."""
        found = self._store.similarity_search_by_vector_with_relevance_scores(vector, k=k, filter=_where(filters))
        return [(document, 1 - distance) for document, distance in found]

    def close(self) -> None:
        """Release the folder."""
        with _opening:
            self._client.close()


def _where(filters: Filters | None) -> dict[str, Any] | None:
    if filters is None:
        return None
    conditions: list[dict[str, Any]] = []
    if filters.document_ids:
        conditions.append({"document_id": {"$in": list(filters.document_ids)}})
    if filters.province:
        conditions.append({"province": {"$eq": filters.province}})
    if filters.type:
        conditions.append({"type": {"$eq": filters.type}})
    if filters.year is not None:
        conditions.append({"year": {"$in": [filters.year, UNDATED]}})
    if len(conditions) > 1:
        return {"$and": conditions}
    return conditions[0] if conditions else None
