"""Build a generation: read the corpus, index its passages, publish."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from index.catalogue import CATALOGUE, load_catalogue
from index.context import CONTEXT as CONTEXT_FILE
from index.context import load_context
from index.corpus import load_corpus
from index.embedding_cache import CachedEmbeddings
from index.embeddings import open_model
from index.errors import IndexDamagedError
from index.facts.read import read_facts
from index.generations import FORMAT, Generations, Manifest
from index.lexical import LexicalIndex
from index.library import LEXICAL, SENTENCES, VECTORS, save_texts
from index.passages import passages
from index.program import program_version
from index.sentence_vectors import SentenceVectors
from index.settings import IndexSettings
from index.vectors import VectorIndex

Progress = Callable[[int, int], None]


def build(settings: IndexSettings, progress: Progress | None = None, force: bool = False) -> tuple[Manifest, bool]:
    """Build and publish a generation where corpus, program or model have changed (or `force`).

    `progress(done, total)` counts passages. Returns the published manifest and whether it is new. Raises
    `BuildLockedError`, `CorpusError`, `CatalogueError`, `EmbeddingsError`, `DataFolderError`; what was published
    before stays published then.
    """
    directives = load_corpus(settings.corpus)
    context = load_context(settings.corpus, known={directive.id for directive in directives})
    model = open_model(settings)
    wanted = Manifest(
        id="",
        content="",
        format=FORMAT,
        program=program_version(),
        embeddings=model.fingerprint,
        corpus=corpus_hash(settings.corpus),
        documents=len(directives),
        passages=0,
    )
    documents = [document for directive in directives for document in passages(directive)]
    wanted.passages = len(documents)
    wanted.content = hashlib.sha256(wanted.model_dump_json().encode()).hexdigest()[:16]
    generations = Generations(settings.data)
    with generations.building():
        if not force and (published := _published(generations)) and published.content == wanted.content:
            return published, False
        wanted.id = f"{wanted.content}-{secrets.token_hex(3)}"
        folder = generations.new()
        try:
            save_texts(folder, directives, read_facts(directives), context)
            LexicalIndex.build(folder / LEXICAL, documents)
            embeddings = CachedEmbeddings(model, settings.data / "embeddings.sqlite")
            _embed(folder, embeddings, documents, progress)
            SentenceVectors.build(folder / SENTENCES, embeddings, {one.id: one for one in directives}, documents)
            generations.publish(folder, wanted)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        generations.clean()
    return wanted, True


def corpus_hash(folder: Path) -> str:
    """Hash of the catalogue, of all files that it names, and of the outside facts."""
    digest = hashlib.sha256((folder / CATALOGUE).read_bytes())
    if (folder / CONTEXT_FILE).exists():
        digest.update((folder / CONTEXT_FILE).read_bytes())
    for entry in load_catalogue(folder).documents.values():
        digest.update(hashlib.sha256((folder / entry.file).read_bytes()).digest())
    return digest.hexdigest()[:16]


def _published(generations: Generations) -> Manifest | None:
    try:
        current = generations.current_id()
        return generations.manifest(current) if current else None
    except IndexDamagedError:
        return None


def _embed(folder: Path, embeddings: Embeddings, documents: list[Document], progress: Progress | None) -> None:
    vectors = VectorIndex(folder / VECTORS, embeddings, create=True)
    try:
        for stored in vectors.add(documents):
            if progress:
                progress(stored, len(documents))
    finally:
        vectors.close()
