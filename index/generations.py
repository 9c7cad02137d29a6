"""Generations: each build is a folder of its own, published by replacing one small file.

    <data>/generations/<id>/    manifest, directives, facts, context (.json), lexical/, vectors/, sentences/,
                                in-use.lock
    <data>/CURRENT              the id of the published generation

A reader holds a shared lock on a generation's `in-use.lock`; only an unlocked generation is removed. Vectors may be in
a collection on a Chroma server instead: the manifest, which is written first, names it, and it goes with the folder.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import portalocker
from pydantic import BaseModel, ValidationError

from index.chroma import ServerCollection, drop
from index.errors import BuildLockedError, DataFolderError, IndexDamagedError, IndexMissingError
from index.settings import IndexSettings

# Raise when what a build writes changes its meaning: readers refuse other generations.
FORMAT = 4
_LOCK = "in-use.lock"


class Manifest(BaseModel):
    """What a generation was made from and with; `content` is the hash of that, `id` is unique to the build."""

    id: str
    content: str
    format: int
    program: str
    embeddings: str
    corpus: str  # hash of the catalogue and of all files
    documents: int
    passages: int
    vectors: ServerCollection | None = None  # None: in the generation's folder

    @property
    def vectors_in(self) -> str:
        """Where the vectors are: `embedded`, or the URL of a Chroma server."""
        return self.vectors.server if self.vectors else "embedded"


class Generations:
    """The generations of one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._folder = data / "generations"
        self._pointer = data / "CURRENT"

    def current_id(self) -> str | None:
        """Id of the published generation; None where none has been published."""
        try:
            return self._pointer.read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamagedError(self._pointer, f"cannot be read ({error})") from None

    def path(self, generation: str) -> Path:
        """Folder of a generation."""
        return self._folder / generation

    def manifest(self, generation: str) -> Manifest:
        """What a generation says of itself; raises `IndexDamagedError`."""
        path = self.path(generation) / "manifest.json"
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise IndexDamagedError(path, f"cannot be read ({type(error).__name__})") from None

    def acquire(self) -> tuple[str, IO[str]]:
        """Take hold of the published generation, so that it is not removed; close the file to let go."""
        for _ in range(20):  # a build may publish and clean between the two steps
            generation = self.current_id()
            if generation is None:
                raise IndexMissingError(self.data)
            try:
                handle = (self.path(generation) / _LOCK).open("r+", encoding="ascii")
                portalocker.lock(handle, portalocker.LOCK_SH | portalocker.LOCK_NB)
            except (FileNotFoundError, portalocker.LockException):
                continue
            except OSError as error:
                raise DataFolderError(self.data, error.strerror or str(error)) from None
            if (self.path(generation) / _LOCK).exists():
                return generation, handle
            handle.close()
        raise IndexDamagedError(self._pointer, "names a generation that is not there")

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the builders' lock; raises `BuildLockedError` at once where another process builds."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self.data / "build.lock").open("a", encoding="ascii") as handle:
                try:
                    portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
                except portalocker.LockException:
                    raise BuildLockedError(self.data) from None
                yield
        except OSError as error:
            raise DataFolderError(self.data, error.strerror or str(error)) from None

    def new(self) -> Path:
        """An empty folder to build in; it becomes a generation when described and published."""
        path = self._folder / f".new-{secrets.token_hex(6)}"
        path.mkdir()
        return path

    def describe(self, folder: Path, manifest: Manifest) -> None:
        """Write what will be in the folder, before anything is: what a killed build leaves elsewhere is found by it."""
        path = folder / "manifest.json"
        path.write_text(manifest.model_dump_json(indent=1, exclude_none=True), encoding="utf-8")
        _sync(path)

    def publish(self, built: Path, manifest: Manifest) -> None:
        """Turn a built folder into the published generation. At every moment CURRENT names a whole generation."""
        (built / _LOCK).touch()
        _sync(built)
        built.rename(self.path(manifest.id))
        fresh = self._pointer.with_name(f"CURRENT.{secrets.token_hex(6)}")
        fresh.write_text(manifest.id + "\n", encoding="ascii")
        _sync(fresh)
        fresh.replace(self._pointer)

    def clean(self, settings: IndexSettings) -> None:
        """Remove what no reader holds: old generations, and what interrupted builds left. Call while building."""
        current = self.current_id()
        for path in self._folder.iterdir():
            if path.name != current and (path.name.startswith(".") or self._unused(path)):
                self.discard(path, settings)
        for path in self.data.glob("CURRENT.*"):
            path.unlink(missing_ok=True)

    def discard(self, folder: Path, settings: IndexSettings) -> None:
        """Remove a folder with its collection on a server; where that does not answer, both stay for the next time."""
        collection = self._collection(folder)
        if collection is None or drop(collection, settings):
            shutil.rmtree(folder, ignore_errors=True)

    def _collection(self, folder: Path) -> ServerCollection | None:
        """The collection that goes with a folder: none of another folder, of which this one is a copy."""
        try:
            collection = self.manifest(folder.name).vectors
            return collection if collection and collection.folder == folder.stat().st_ino else None
        except (IndexDamagedError, OSError):
            return None

    @staticmethod
    def _unused(path: Path) -> bool:
        lock = path / _LOCK
        try:
            with lock.open("r+", encoding="ascii") as handle:
                portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
                lock.unlink()  # whoever comes now finds no lock and looks at CURRENT again
        except FileNotFoundError:
            return True
        except (portalocker.LockException, OSError):
            return False
        return True


def _sync(path: Path) -> None:
    """Bring files to the disk, so that a power cut after publishing cannot leave a pointer to half a generation."""
    for item in [path, *path.rglob("*")] if path.is_dir() else [path]:
        handle = os.open(item, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
