"""Run by Alembic: revisions go through the connection, and the transaction, that `bot.storage.migrate` opened."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import Table

# SQLite changes a column by copying its table: `render_as_batch`.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
context.run_migrations()
