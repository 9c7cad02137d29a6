"""Build a generation: read the corpus, index its passages, publish."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from langchain_core.documents import Document

from index.catalogue import CATALOGUE, load_catalogue
from index.chroma import new_collection
from index.context import CONTEXT as CONTEXT_FILE
from index.context import load_context
from index.corpus import load_corpus
from index.embedding_cache import CachedEmbeddings
from index.embeddings import open_model
from index.errors import IndexDamagedError, VectorsLostError
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
    """Build and publish a generation where corpus, program, model or place of the vectors have changed (or `force`).

    `progress(done, total)` counts passages. Returns the published manifest and whether it is new. Raises
    `BuildLockedError`, `CorpusError`, `CatalogueError`, `EmbeddingsError`, `DataFolderError`, `VectorServerError`; what
    was published before stays published then.
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
    made_of = wanted.model_dump_json(exclude_none=True) + (settings.chroma_url or "")
    wanted.content = hashlib.sha256(made_of.encode()).hexdigest()[:16]
    generations = Generations(settings.data)
    with generations.building():
        if not force and (published := _published(generations)) and _is_built(published, wanted, settings):
            return published, False
        wanted.id = f"{wanted.content}-{secrets.token_hex(3)}"
        folder = generations.new()
        if settings.chroma_url is not None:
            wanted.vectors = new_collection(settings.chroma_url, wanted.id, folder)
        try:
            generations.describe(folder, wanted)
            save_texts(folder, directives, read_facts(directives), context)
            LexicalIndex.build(folder / LEXICAL, documents)
            embeddings = CachedEmbeddings(model, settings.data / "embeddings.sqlite")
            vectors = VectorIndex(
                wanted.vectors or folder / VECTORS, embeddings, create=True, token=settings.chroma_token
            )
            with closing(vectors):
                _embed(vectors, documents, progress)
            SentenceVectors.build(folder / SENTENCES, embeddings, {one.id: one for one in directives}, documents)
            generations.publish(folder, wanted)
        except BaseException:
            generations.discard(folder, settings)
            raise
        generations.clean(settings)
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


def _is_built(published: Manifest, wanted: Manifest, settings: IndexSettings) -> bool:
    """Whether what is published is what is wanted, on a server with all of its vectors: a server may lose them."""
    if published.content != wanted.content:
        return False
    if published.vectors is None:
        return True
    try:
        with closing(VectorIndex(published.vectors, None, token=settings.chroma_token)) as vectors:
            vectors.check(published.passages)
    except VectorsLostError:
        return False
    return True


def _embed(vectors: VectorIndex, documents: list[Document], progress: Progress | None) -> None:
    for stored in vectors.add(documents):
        if progress:
            progress(stored, len(documents))
