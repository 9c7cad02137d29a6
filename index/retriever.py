"""Hybrid retrieval: words and meaning, fused by rank."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from index.filters import Filters
from index.lexical import LexicalIndex
from index.normalise.keys import has_diacritics
from index.sentence_vectors import SentenceVectors
from index.vectors import VectorIndex

# Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009) with its usual constant; with e5 the dense side does better
# at half weight (measured by `danvan-evaluate retrieval`).
_RANK_CONSTANT = 60
_DENSE_WEIGHT = 0.5
_CANDIDATES = 50
_KEPT = 8


class HybridRetriever(BaseRetriever):
    """A LangChain retriever over one generation.

    `invoke(question, k=10, filters=Filters(...))` gives documents, best first, with `score` (fused), `lexical_rank`
    and `similarity` (cosine, None where the words alone found it) in their metadata. A question without diacritics is
    searched by its words alone: the embedded model reads only Vietnamese with diacritics.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    passages: dict[str, Document]
    lexical: LexicalIndex
    vectors: VectorIndex
    sentences: SentenceVectors | None = None
    embeddings: Embeddings
    _embedded: Callable[[str], tuple[float, ...]] = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Keep the last few vectors: one question is searched several times, with different filters."""
        super().model_post_init(context)
        self._embedded = lru_cache(maxsize=_KEPT)(lambda text: tuple(self.embeddings.embed_query(text)))

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int = 10,
        filters: Filters | None = None,
    ) -> list[Document]:
        return self.search(query, k, filters)

    def search(
        self, question: str, k: int = 10, filters: Filters | None = None, *, words: str | None = None
    ) -> list[Document]:
        """The best `k` passages for a question, best first; `words` are searched by the lexical side in its place."""
        candidates = max(k, _CANDIDATES)
        found: dict[str, dict[str, Any]] = {}
        for rank, (identity, _) in enumerate(self.lexical.search(words or question, candidates, filters), 1):
            found[identity] = {"score": 1 / (_RANK_CONSTANT + rank), "lexical_rank": rank, "similarity": None}
        if has_diacritics(question) or not found:
            vector = list(self._embedded(question))
            for rank, (document, similarity) in enumerate(self.vectors.search(vector, candidates, filters), 1):
                entry = found.setdefault(str(document.id), {"score": 0.0, "lexical_rank": None})
                entry["score"] += _DENSE_WEIGHT / (_RANK_CONSTANT + rank)
                entry["similarity"] = similarity
        best = sorted(found, key=lambda identity: -found[identity]["score"])[:k]
        return [self._document(identity, found[identity]) for identity in best]

    def nearness(self, question: str, passage: str) -> list[float] | None:
        """Cosine of a question and each sentence of a passage (`index.passages.sentences_of`), where it has meaning.

        None for a question without diacritics, as in `search`.
        """
        if self.sentences is None or not has_diacritics(question):
            return None
        return self.sentences.similarities(passage, self._embedded(question))

    def _document(self, identity: str, scores: dict[str, Any]) -> Document:
        passage = self.passages[identity]
        return Document(id=identity, page_content=passage.page_content, metadata=passage.metadata | scores)
