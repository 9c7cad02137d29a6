"""Bring the tables to this program's version, or back to an older one's."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.storage.database import Database
from bot.storage.errors import RecordsNewerError

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """To the newest revision. Of several processes that start at once, one migrates and the others wait for it.

    Raises `RecordsNewerError` where a newer program has been here, else `RecordsUnavailableError`.
    """
    with database.alone() as connection:
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current == script.get_current_head():
            return
        if current and current not in {known.revision for known in script.walk_revisions()}:
            raise RecordsNewerError(database.place, f"revision {current} is not known")
        command.upgrade(config, "head")


def revision(database: Database) -> str | None:
    """Which revision the tables have; None where there are none."""
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this program has such a revision."""
    script = ScriptDirectory(str(_FOLDER))
    return revision in {known.revision for known in script.walk_revisions()}


def to_revision(connection: Connection, revision: str) -> None:
    """Bring the tables to a revision, or to the newest ("head"), in the transaction of a connection."""
    command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """To an older revision, before an older program is installed; "base" drops every table."""
    with database.alone() as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
