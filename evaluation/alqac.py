"""ALQAC 2023-2025: a retrieval benchmark of Vietnamese law that nobody here wrote (BEIR layout)."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from langchain_core.documents import Document

from evaluation.retrieval import CUTS
from index.embedding_cache import CachedEmbeddings
from index.embeddings import open_model
from index.lexical import LexicalIndex
from index.normalise.keys import fold
from index.retriever import HybridRetriever
from index.settings import IndexSettings
from index.vectors import VectorIndex

Ranked = Callable[[str, int], list[str]]


def alqac_report(folder: Path, settings: IndexSettings, dense: bool) -> str:
    """Mean recall of the relevant articles, of questions as written and folded (no diacritics)."""
    documents = _documents(folder)
    questions = {row["_id"]: str(row["text"]) for row in _rows(folder / "queries.jsonl")}
    relevant: dict[str, set[str]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            relevant.setdefault(row["query-id"], set()).add(row["corpus-id"])
    report = [f"ALQAC: {len(documents)} articles, {len(questions)} questions", ""]
    report += ["| search | " + " | ".join(f"R@{k}" for k in CUTS) + " |", "|---|" + "---|" * len(CUTS)]
    with tempfile.TemporaryDirectory() as workplace:
        lexical = LexicalIndex.build(Path(workplace) / "lexical", documents)
        searches: dict[str, Ranked] = {"words": lambda text, k: [found for found, _ in lexical.search(text, k)]}
        if dense:
            searches |= _dense(Path(workplace), settings, documents, lexical)
        for name, search in searches.items():
            report.append(_row(name, search, questions, relevant))
            if name == "words":
                folded = {identity: fold(text) for identity, text in questions.items()}
                report.append(_row("words, questions without diacritics", search, folded, relevant))
    return "\n".join(report)


def _documents(folder: Path) -> list[Document]:
    return [
        Document(id=str(row["_id"]), page_content=f"{row.get('title', '')}\n{row['text']}", metadata={"title": "-"})
        for row in _rows(folder / "corpus.jsonl")
    ]


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _dense(
    workplace: Path, settings: IndexSettings, documents: list[Document], lexical: LexicalIndex
) -> dict[str, Ranked]:
    model = open_model(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    cached = CachedEmbeddings(model, settings.data / "embeddings.sqlite")  # a second run takes seconds
    vectors = VectorIndex(workplace / "vectors", cached, create=True)
    for _ in vectors.add(documents):
        pass
    passages = {str(document.id): document for document in documents}
    hybrid = HybridRetriever(passages=passages, lexical=lexical, vectors=vectors, embeddings=model.embeddings)

    def meaning(text: str, k: int) -> list[str]:
        return [str(found.id) for found, _ in vectors.search(model.embeddings.embed_query(text), k)]

    return {"meaning": meaning, "hybrid": lambda text, k: [str(found.id) for found in hybrid.search(text, k)]}


def _row(name: str, search: Ranked, questions: dict[object, str], relevant: dict[str, set[str]]) -> str:
    totals = dict.fromkeys(CUTS, 0.0)
    for identity, text in questions.items():
        found = search(text, max(CUTS))
        wanted = relevant[str(identity)]
        for cut in CUTS:
            totals[cut] += len(wanted & set(found[:cut])) / len(wanted)
    return f"| {name} | " + " | ".join(f"{totals[cut] / len(questions):.3f}" for cut in CUTS) + " |"
