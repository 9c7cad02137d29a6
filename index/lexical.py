"""The lexical index: Tantivy (BM25) over folded syllables and their bigrams."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy
from langchain_core.documents import Document
from tantivy import Occur, Query

from index.filters import Filters
from index.normalise.keys import terms
from index.passages import UNDATED

# A question repeats little; longer ones are cut, so that no text makes a search slow.
_MOST_TERMS = 400
_WRITER_HEAP = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    for field in ("document_id", "province", "type"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True)
    return builder.build()


class LexicalIndex:
    """Finds passages by their words, typed with diacritics or without.

    >>> LexicalIndex.build(folder, documents).search("ban chi dao", 5)  # doctest: +SKIP
    [('thu-nghiem-07-ct-2030:1-20', 7.1)]
    """

    def __init__(self, index: tantivy.Index) -> None:
        self._schema, self._index = index.schema, index
        self._searcher = index.searcher()

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Document]) -> LexicalIndex:
        """Write an index of documents (their `id`, `page_content` and filter metadata) into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        schema = _schema()
        index = tantivy.Index(schema, path=str(folder))
        writer = index.writer(heap_size=_WRITER_HEAP, num_threads=1)
        for document in documents:
            fields = {key: document.metadata.get(key, "") for key in ("document_id", "province", "type")}
            writer.add_document(
                tantivy.Document(
                    id=document.id,
                    terms=" ".join(terms(document.page_content)),
                    year=document.metadata.get("year", UNDATED),
                    **fields,
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open an index that `build` wrote; raises ValueError where there is none."""
        return cls(tantivy.Index.open(str(folder)))

    def search(self, question: str, k: int, filters: Filters | None = None) -> list[tuple[str, float]]:
        """Ids and BM25 scores (k1 1.2, b 0.75) of the best `k`, best first; equal scores in the order of the texts."""
        wanted = list(dict.fromkeys(terms(question)))[:_MOST_TERMS]
        if not wanted:
            return []
        any_term = Query.boolean_query([(Occur.Should, self._term("terms", term)) for term in wanted])
        query = Query.boolean_query([(Occur.Must, any_term), *self._restrictions(filters)])
        hits = self._searcher.search(query, k, count=False).hits
        return [(self._searcher.doc(address)["id"][0], score) for score, address in hits]

    def rarity(self, term: str) -> float:
        """How much a term tells, from 0 (in every passage) to 1 (in none)."""
        count = self._searcher.num_docs
        return 1 - self._searcher.doc_freq("terms", term) / count if count else 0.0

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        return self._searcher.doc_freq("terms", term)

    @property
    def size(self) -> int:
        """Number of passages."""
        return self._searcher.num_docs

    def _restrictions(self, filters: Filters | None) -> list[tuple[Occur, Query]]:
        if filters is None:
            return []
        musts: list[Query] = []
        if filters.document_ids:
            musts.append(self._any("document_id", filters.document_ids))
        if filters.province:
            musts.append(self._term("province", filters.province))
        if filters.type:
            musts.append(self._term("type", filters.type))
        if filters.year is not None:
            musts.append(self._any("year", (filters.year, UNDATED)))
        return [(Occur.Must, Query.const_score_query(must, 0.0)) for must in musts]

    def _any(self, field: str, values: Iterable[str | int]) -> Query:
        return Query.boolean_query([(Occur.Should, self._term(field, value)) for value in values])

    def _term(self, field: str, value: str | int) -> Query:
        option = {"terms": "freq"}.get(field, "basic")
        return Query.term_query(self._schema, field, value, index_option=option)
