"""Library: a generation opened, with its directives and its retriever behind one handle."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from chromadb.errors import ChromaError
from langchain_core.documents import Document
from pydantic import SecretStr, TypeAdapter, ValidationError

from index.context import Context
from index.directive import Directive
from index.embeddings import Model, open_model
from index.errors import IndexDamagedError, IndexMismatchError, UnknownDocumentError
from index.facts.records import Facts
from index.generations import FORMAT, Generations, Manifest
from index.lexical import LexicalIndex
from index.passages import passages
from index.program import program_version
from index.retriever import HybridRetriever
from index.sentence_vectors import SentenceVectors
from index.settings import IndexSettings
from index.vectors import VectorIndex

DIRECTIVES = "directives.json"
FACTS = "facts.json"
CONTEXT = "context.json"
LEXICAL = "lexical"
VECTORS = "vectors"
SENTENCES = "sentences"
_directives = TypeAdapter(list[Directive])
_facts = TypeAdapter(Facts)


def save_texts(folder: Path, directives: list[Directive], facts: Facts, context: Context) -> None:
    """Write directives, facts and outside facts, whole, as JSON."""
    (folder / DIRECTIVES).write_bytes(_directives.dump_json(directives))
    (folder / FACTS).write_bytes(_facts.dump_json(facts))
    (folder / CONTEXT).write_text(context.model_dump_json(), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Opened:
    """The parts of a generation."""

    directives: dict[str, Directive]
    facts: Facts
    context: Context
    retriever: HybridRetriever


class Library:
    """Everything that can be asked of one generation.

    >>> with Library.open(settings) as library:  # doctest: +SKIP
    ...     library.retriever.invoke("Ai làm trưởng ban chỉ đạo?", k=5)
    """

    def __init__(self, manifest: Manifest, opened: _Opened, hold: IO[str]) -> None:
        self.manifest = manifest
        self.directives = opened.directives
        self.facts = opened.facts
        self.context = opened.context  # outside facts: they stand beside an answer, never in a quotation
        self.retriever = opened.retriever
        self._hold = hold

    @classmethod
    def open(cls, settings: IndexSettings, model: Model | None = None) -> Library:
        """Open the published generation.

        Raises `IndexMissingError`, `IndexMismatchError` (made with another model or program, or with vectors in another
        place), `IndexDamagedError`, or a `VectorServerError` where a Chroma server holds the vectors.
        """
        model = model or open_model(settings)
        generations = Generations(settings.data)
        generation, hold = generations.acquire()
        try:
            manifest = generations.manifest(generation)
            _check(settings, manifest, model)
            opened = _open(generations.path(generation), manifest, model, settings.chroma_token)
            return cls(manifest, opened, hold)
        except BaseException:
            hold.close()
            raise

    def directive(self, document_id: str) -> Directive:
        """A directive by its id; raises `UnknownDocumentError`."""
        try:
            return self.directives[document_id]
        except KeyError:
            raise UnknownDocumentError(document_id, list(self.directives)) from None

    def check_vectors(self) -> None:
        """Ask for the vectors where they are; raises a `VectorServerError` or `IndexDamagedError`."""
        self.retriever.vectors.check(self.manifest.passages)

    def close(self) -> None:
        """Let go of the generation, so that a later build may remove it."""
        self.retriever.vectors.close()
        self._hold.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class LiveLibrary:
    """The published generation, whichever it is now: a running server takes up a new one without a restart."""

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._model = open_model(settings)
        self._generations = Generations(settings.data)
        self._lock = threading.Lock()
        self._library = Library.open(settings, self._model)
        self._users: dict[str, int] = {}

    @contextmanager
    def use(self) -> Iterator[Library]:
        """The library for one question; a retired generation is closed when its last question is answered."""
        library = self._enter()
        try:
            yield library
        finally:
            self._leave(library)

    def close(self) -> None:
        """Let go of the generation."""
        self._library.close()

    def _enter(self) -> Library:
        with self._lock:
            published = self._generations.current_id()
            if published not in (None, self._library.manifest.id):
                retired, self._library = self._library, Library.open(self._settings, self._model)
                if not self._users.get(retired.manifest.id):
                    retired.close()
            identity = self._library.manifest.id
            self._users[identity] = self._users.get(identity, 0) + 1
            return self._library

    def _leave(self, library: Library) -> None:
        with self._lock:
            self._users[library.manifest.id] -= 1
            if library is not self._library and not self._users[library.manifest.id]:
                library.close()


def _check(settings: IndexSettings, manifest: Manifest, model: Model) -> None:
    expected = (
        ("format", str(manifest.format), str(FORMAT)),
        ("program", manifest.program, program_version()),
        ("embeddings", manifest.embeddings, model.fingerprint),
        ("vectors", manifest.vectors_in, settings.chroma_url or "embedded"),
    )
    for what, found, wanted in expected:
        if found != wanted:
            raise IndexMismatchError(settings.data, what, found, wanted)


def _open(path: Path, manifest: Manifest, model: Model, token: SecretStr | None) -> _Opened:
    try:
        directives = _directives.validate_json((path / DIRECTIVES).read_bytes())
        facts = _facts.validate_json((path / FACTS).read_bytes())
        context = Context.model_validate_json((path / CONTEXT).read_bytes())
        lexical = LexicalIndex.open(path / LEXICAL)
        documents: dict[str, Document] = {str(d.id): d for directive in directives for d in passages(directive)}
        near = SentenceVectors.open(path / SENTENCES, list(documents))
        if lexical.size != len(documents) or manifest.passages != len(documents):
            raise IndexDamagedError(path, f"holds {lexical.size} passages instead of {len(documents)}")
        vectors = VectorIndex(manifest.vectors or path / VECTORS, model.embeddings, token=token)
    except (OSError, ValidationError, ValueError, ChromaError) as error:
        raise IndexDamagedError(path, f"cannot be opened ({type(error).__name__})") from error
    try:
        vectors.check(len(documents))
    except BaseException:
        vectors.close()
        raise
    retriever = HybridRetriever(
        passages=documents, lexical=lexical, vectors=vectors, sentences=near, embeddings=model.embeddings
    )
    return _Opened({directive.id: directive for directive in directives}, facts, context, retriever)
