"""The file of a backup: a ZIP with a JSON Lines file for each table and a manifest with their checksums.

manifest.json           what it is: `Manifest`
tables/<name>.jsonl     a JSON array a row, in the order of the manifest's columns
secret.key              the key of the hashes that stand for people, where it was asked for
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.storage.backup.errors import BackupError

# Raise when the file changes its meaning: an older program refuses it then.
FORMAT = 1
_MANIFEST = "manifest.json"
_KEY = "secret.key"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableEntry(_Value):
    """One table: how its rows are written, how many there are, and the SHA-256 of their file."""

    name: str
    columns: tuple[str, ...]
    rows: int = Field(ge=0)
    sha256: str


class Manifest(_Value):
    """What a backup is."""

    format: int
    program: str
    made_at: datetime
    revision: str = Field(description="Alembic revision of the tables")
    database: str = Field(description="sqlite | postgresql, whence it comes; it can go to either")
    key: str = Field(description="Fingerprint of the key of the hashes that stand for people")
    has_key: bool = Field(description="Whether the key itself is in the file")
    tables: tuple[TableEntry, ...] = Field(description="In an order in which they can be filled")

    @property
    def rows(self) -> int:
        """Over all tables."""
        return sum(table.rows for table in self.tables)


class Writer:
    """A backup that is being written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def table(self, name: str, columns: tuple[str, ...], rows: Iterable[list[Any]]) -> TableEntry:
        """Write the rows of a table; at no time are all of them in memory."""
        digest, count = hashlib.sha256(), 0
        with self._file.open(f"tables/{name}.jsonl", "w", force_zip64=True) as output:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
                digest.update(line)
                output.write(line)
                count += 1
        return TableEntry(name=name, columns=columns, rows=count, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest, key: bytes | None) -> None:
        """Write what the file is, last of all."""
        if key is not None:
            self._file.writestr(_KEY, key)
        self._file.writestr(_MANIFEST, manifest.model_dump_json(indent=1))


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Write a backup, which only its owner may read; the whole file is there when the block has ended, or nothing."""
    if path.exists():
        raise BackupError(path, "exists")
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w+b") as raw:
                with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
                    yield Writer(file)
                raw.flush()
                os.fsync(raw.fileno())
            fresh.replace(path)
            _sync(path.parent)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(path, "unwritable", error.strerror or str(error)) from error


class Archive:
    """A backup that has been read through once: it is whole, and each of its tables is what the manifest says."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self._path, self._file = path, file
        self.manifest = self._read_manifest()
        for table in self.manifest.tables:
            self._check(table)

    @property
    def key(self) -> bytes | None:
        """The key of the hashes that stand for people, where the file holds it."""
        return self._member(_KEY) if self.manifest.has_key else None

    def rows(self, table: TableEntry) -> Iterator[list[Any]]:
        """The rows of a table."""
        with self._file.open(f"tables/{table.name}.jsonl") as lines:
            for line in lines:
                yield json.loads(line)

    def _member(self, name: str) -> bytes:
        try:
            return self._file.read(name)
        except KeyError:
            raise BackupError(self._path, "not_a_backup", f"{name} is missing") from None
        except _BROKEN as error:
            raise BackupError(self._path, "damaged", str(error)) from error

    def _read_manifest(self) -> Manifest:
        content = self._member(_MANIFEST)
        try:
            if json.loads(content)["format"] > FORMAT:
                raise BackupError(self._path, "newer", "")
            return Manifest.model_validate_json(content)
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            raise BackupError(self._path, "damaged", f"{_MANIFEST} cannot be read ({type(error).__name__})") from None

    def _check(self, table: TableEntry) -> None:
        digest, count = hashlib.sha256(), 0
        try:
            with self._file.open(f"tables/{table.name}.jsonl") as lines:
                for line in lines:
                    digest.update(line)
                    count += 1
        except KeyError:
            raise BackupError(self._path, "damaged", f"{table.name} is missing") from None
        except _BROKEN as error:
            raise BackupError(self._path, "damaged", f"{table.name}: {error}") from error
        if (digest.hexdigest(), count) != (table.sha256, table.rows):
            raise BackupError(self._path, "damaged", f"{table.name} does not fit its checksum")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Read a backup through and check it. Raises `BackupError` before anything else is done with it."""
    try:
        with zipfile.ZipFile(path) as file:
            yield Archive(path, file)
    except _BROKEN as error:
        raise BackupError(path, "not_a_backup", str(error)) from error
    except OSError as error:
        if error.errno == errno.EINVAL and error.filename is None:  # it says that a part lies before its beginning
            raise BackupError(path, "damaged", error.strerror or str(error)) from error
        if error.filename is None or Path(error.filename) != path:
            raise
        raise BackupError(path, "unreadable", error.strerror or str(error)) from error


def _sync(folder: Path) -> None:
    """Bring the new name to the disk; some network shares cannot, and need not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
