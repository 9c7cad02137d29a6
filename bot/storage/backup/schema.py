"""The tables of a database as they stand there, in the order of their references."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, MetaData, Table, inspect

from bot.storage.backup.errors import BackupError
from bot.storage.database import Database
from bot.storage.tables import Table as Model

VERSION = "alembic_version"


def tables_of(database: Database, connection: Connection) -> Sequence[Table]:
    """Every table but Alembic's own, read from the database: a new one cannot be forgotten.

    Raises `BackupError` where there is one that this program does not know: it would neither know how to fill it, nor
    whether it may drop it.
    """
    import bot.storage.records  # noqa: F401  all models are known once this is

    names = set(inspect(connection).get_table_names()) - {VERSION}
    foreign = sorted(names - set(Model.metadata.tables))
    if foreign:
        raise BackupError(database.place, "foreign", ", ".join(foreign))
    found = MetaData()
    found.reflect(connection, only=sorted(names))
    return [table for table in found.sorted_tables if table.name in names]
