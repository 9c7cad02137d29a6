"""The vectors: Chroma through LangChain, in a folder of the generation or on a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from index.chroma import ASKING, BUILDING, ServerCollection, close, folder_client, server_client
from index.errors import IndexDamagedError, VectorsLostError
from index.filters import Filters
from index.passages import UNDATED

_COLLECTION = "passages"
_BATCH = 16


class VectorIndex:
    """Finds passages by meaning. Cosine similarity; the embedder is always ours, never Chroma's default.

    `place` is a folder, or a collection on a server, to which `token` opens; everything may raise a
    `VectorServerError` then.
    """

    def __init__(
        self,
        place: Path | ServerCollection,
        embeddings: Embeddings | None,
        create: bool = False,
        *,
        token: SecretStr | None = None,
    ) -> None:
        self._place = place
        if isinstance(place, ServerCollection):
            self._client, name = server_client(place.server, token, BUILDING if create else ASKING), place.name
        else:
            self._client, name = folder_client(place), _COLLECTION
        try:
            self._store = Chroma(
                collection_name=name,
                embedding_function=embeddings,
                client=self._client,
                collection_configuration={"hnsw": {"space": "cosine", "ef_search": 200}} if create else None,
                create_collection_if_not_exists=create,
            )
        except BaseException:
            close(self._client)
            raise

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

    def check(self, passages: int) -> None:
        """Raise where it does not hold so many passages: `VectorsLostError` on a server, else `IndexDamagedError`."""
        held = self._store._collection.count()
        if held != passages:
            problem = f"holds vectors of {held} passages instead of {passages}"
            if isinstance(self._place, ServerCollection):
                raise VectorsLostError(self._place.server, problem)
            raise IndexDamagedError(self._place, problem)

    def close(self) -> None:
        """Release the folder, or the connections."""
        close(self._client)


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
