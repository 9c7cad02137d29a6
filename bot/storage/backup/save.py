"""Making a backup while the service runs: everything as it was at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Table, select

from bot.settings import Settings
from bot.storage.backup.archive import FORMAT, Manifest, written
from bot.storage.backup.errors import BackupError
from bot.storage.backup.key import fingerprint
from bot.storage.backup.schema import tables_of
from bot.storage.backup.values import to_json
from bot.storage.database import Database, open_database
from bot.storage.people import existing_secret

_BATCH = 500  # rows that are held in memory


def save(settings: Settings, path: Path, *, with_key: bool = False) -> Manifest:
    """Write all records to a new file; nobody who asks or answers waits for it.

    Whatever was acknowledged before this was called is in it, and nothing in part: all tables are read in one
    transaction. The tables are taken as they are, of this program's revision or an older one's. `with_key`: put the
    key of the people into the file, too. Raises `BackupError`, `RecordsUnavailableError`.
    """
    key = existing_secret(settings)
    database = open_database(settings)
    try:
        if key is None or (database.is_file and not Path(database.place).exists()):
            raise BackupError(database.place, "no_records")
        with written(path) as writer, database.snapshot() as connection:
            now = datetime.now(UTC)
            found = tables_of(database, connection)
            entries = tuple(
                writer.table(table.name, tuple(table.columns.keys()), _rows(connection, table)) for table in found
            )
            manifest = Manifest(
                format=FORMAT,
                program=version("danvan-assistant"),
                made_at=now,
                revision=_revision(database, connection),
                database=connection.dialect.name,
                key=fingerprint(key),
                has_key=with_key,
                tables=entries,
            )
            writer.finish(manifest, key if with_key else None)
            return manifest
    finally:
        database.close()


def _rows(connection: Connection, table: Table) -> Iterator[list[Any]]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_BATCH)
    for row in connection.execute(query):
        yield [to_json(value) for value in row]


def _revision(database: Database, connection: Connection) -> str:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise BackupError(database.place, "no_records")
    return revision
