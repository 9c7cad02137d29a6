"""Restoring a backup: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, exists, func, select, text

from bot.settings import Settings
from bot.storage.backup.archive import Archive, Manifest, TableEntry, opened
from bot.storage.backup.errors import BackupError
from bot.storage.backup.key import key_to_write, write_key
from bot.storage.backup.schema import VERSION, tables_of
from bot.storage.backup.values import from_json
from bot.storage.database import Database, open_database
from bot.storage.migrate import is_known, to_revision

_BATCH = 500  # rows


def restore(settings: Settings, path: Path, *, force: bool = False) -> Manifest:
    """Fill the database that the settings name from a backup of either kind, and bring its tables up to date.

    The file is read through and checked first. Then everything is done in one transaction: where anything fails, the
    records are what they were. `force`: replace records that are there. Stop the service before. Raises `BackupError`,
    `RecordsUnavailableError`.
    """
    with opened(path) as archive:
        if not is_known(archive.manifest.revision):
            raise BackupError(path, "newer", f"revision {archive.manifest.revision}")
        key = key_to_write(settings, path, archive, force)
        database = open_database(settings)
        try:
            with database.alone() as connection:
                _clear(database, connection, force)
                _fill(path, archive, database, connection)
                _check(path, connection, archive.manifest, tables_of(database, connection))
                to_revision(connection, "head")
        finally:
            database.close()
        if key is not None:
            write_key(settings, key)
        return archive.manifest


def _clear(database: Database, connection: Connection, force: bool) -> None:
    """Drop the tables. Raises `BackupError` where they hold something and that is not to be replaced."""
    tables = tables_of(database, connection)
    if not force and any(connection.scalar(select(exists(select(table)))) for table in tables):
        raise BackupError(database.place, "not_empty")
    for table in reversed(tables):
        table.drop(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {VERSION}"))


def _fill(path: Path, archive: Archive, database: Database, connection: Connection) -> None:
    """Make the tables as they were when the backup was made, and put the rows in."""
    to_revision(connection, archive.manifest.revision)
    made = {table.name: table for table in tables_of(database, connection)}
    if {entry.name for entry in archive.manifest.tables} != set(made):
        raise BackupError(path, "inconsistent", "not the tables of its revision")
    for entry in archive.manifest.tables:
        table = made[entry.name]
        if set(entry.columns) != set(table.columns.keys()):
            raise BackupError(path, "inconsistent", f"not the columns of {entry.name}")
        rows = _rows(path, archive, entry, table)
        while batch := list(islice(rows, _BATCH)):
            connection.execute(table.insert(), batch)
        if connection.dialect.name == "postgresql":
            _count_on(connection, table)


def _rows(path: Path, archive: Archive, entry: TableEntry, table: Table) -> Iterator[dict[str, Any]]:
    columns = [table.columns[name] for name in entry.columns]
    try:
        for row in archive.rows(entry):
            yield {column.name: from_json(value, column) for column, value in zip(columns, row, strict=True)}
    except (ValueError, TypeError) as error:
        raise BackupError(path, "inconsistent", f"{entry.name}: {error}") from error


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers rows from a sequence, which knows nothing of rows that brought their numbers."""
    for column in table.primary_key:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        )
        if sequence is not None:
            last = connection.scalar(select(func.max(column))) or 0
            connection.execute(text("SELECT setval(:sequence, :next, false)"), {"sequence": sequence, "next": last + 1})


def _check(path: Path, connection: Connection, manifest: Manifest, tables: Any) -> None:
    """Every row is there, and refers to one that is."""
    counted = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in tables}
    for entry in manifest.tables:
        if counted[entry.name] != entry.rows:
            raise BackupError(path, "inconsistent", f"{entry.name}: {counted[entry.name]} of {entry.rows} rows")
    if connection.dialect.name == "sqlite":
        # They are off while tables are made (`Database.alone`); PostgreSQL has checked each row.
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise BackupError(path, "inconsistent", f"{broken[0]} refers to a row that is not there")
