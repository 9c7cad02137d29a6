"""Every way in which reading or indexing can fail, as a type.

`str(error)` is one English sentence for logs; `bot.messages` says the same in Vietnamese to people, from the
error's own fields. An error names the file, table, key or setting it is about.
"""

from __future__ import annotations

from pathlib import Path


class DanvanError(Exception):
    """Base of all errors that are the user's or the administrator's to mend, not a fault of the program."""


class TableError(DanvanError):
    """A field of a TOML file is wrong or missing."""

    def __init__(self, file: Path, table: str, key: str, problem: str) -> None:
        self.file, self.table, self.key, self.problem = file, table, key, problem
        where = f"[{table}] {key}".strip() if table else key
        super().__init__(f"{file}: {where}: {problem}")


class CatalogueError(TableError):
    """A field of `catalogue.toml` is wrong or missing."""


class ContextError(TableError):
    """A field of `context.toml` is wrong or missing."""


class CorpusError(DanvanError):
    """The corpus folder, or one of its files, cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}")


class UnknownDocumentError(DanvanError):
    """A document id that the corpus does not hold."""

    def __init__(self, document_id: str, known: list[str]) -> None:
        self.document_id, self.known = document_id, known
        super().__init__(f"no document {document_id!r}; known: {', '.join(known)}")


class EmbeddingsError(DanvanError):
    """The embedding model that the settings name cannot be had, or failed."""

    def __init__(self, spec: str, problem: str, remedy: str) -> None:
        self.spec, self.problem, self.remedy = spec, problem, remedy
        super().__init__(f"embeddings {spec!r}: {problem}; {remedy}")


class IndexMissingError(DanvanError):
    """No generation has been published in the data folder yet."""

    def __init__(self, data: Path) -> None:
        self.data = data
        super().__init__(f"no index in {data}; run `danvan index`")


class IndexMismatchError(DanvanError):
    """The published generation was made with another model, program version or corpus than the settings name."""

    def __init__(self, data: Path, what: str, found: str, expected: str) -> None:
        self.data, self.what, self.found, self.expected = data, what, found, expected
        super().__init__(f"the index in {data} was made with {what} {found}, not {expected}; run `danvan index`")


class IndexDamagedError(DanvanError):
    """A published generation lacks a part or cannot be opened."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}; run `danvan index --force`")


class VectorServerError(DanvanError):
    """The Chroma server on which the vectors are, or are to be, cannot be used; no message holds the token."""

    remedy = "run `danvan doctor`"

    def __init__(self, server: str, problem: str) -> None:
        self.server, self.problem = server, problem
        super().__init__(f"Chroma server {server}: {problem}; {self.remedy}")


class VectorServerUnreachableError(VectorServerError):
    """It does not answer, or not as a Chroma server does."""

    remedy = "check that it runs, and DANVAN_CHROMA_URL"


class VectorServerRefusedError(VectorServerError):
    """It, or the proxy before it, does not take the token."""

    remedy = "check DANVAN_CHROMA_TOKEN"


class VectorsLostError(VectorServerError):
    """It answers, and does not hold the vectors of the generation, or not all of them."""

    remedy = "run `danvan index`"


class BuildLockedError(DanvanError):
    """Another process is building in the same data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        super().__init__(f"another build is running in {data}")


class DataFolderError(DanvanError):
    """The data folder cannot be written."""

    def __init__(self, data: Path, problem: str) -> None:
        self.data, self.problem = data, problem
        super().__init__(f"cannot write {data}: {problem}")


class UnusableFileError(DanvanError):
    """A file that a command was given, or a line of it, cannot be used."""

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        self.path, self.line, self.problem = path, line, problem
        super().__init__(f"{path}{f', line {line}' if line else ''}: {problem}")
