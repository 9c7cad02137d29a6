"""Who may use the service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "access_people",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("seen_at", _TIME),
        sa.Column("revoked_at", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_access_people"),
        sa.CheckConstraint("role IN ('reader', 'administrator')", name="ck_access_people_role"),
    )
    in_force = sa.text("revoked_at IS NULL")
    op.create_index(
        "uq_access_people_name",
        "access_people",
        ["name"],
        unique=True,
        postgresql_where=in_force,
        sqlite_where=in_force,
    )
    _of_person("access_codes", "code", [sa.Column("expires_at", _TIME, nullable=False)])
    _of_person(
        "access_sessions",
        "token",
        [
            sa.Column("begun_at", _TIME, nullable=False),
            sa.Column("seen_at", _TIME, nullable=False),
            sa.Column("expires_at", _TIME, nullable=False),
        ],
    )
    _of_person("access_identities", "identity", [sa.Column("linked_at", _TIME, nullable=False)])
    for table in ("access_codes", "access_sessions"):
        op.create_index(f"ix_{table}_expires_at", table, ["expires_at"])
    op.create_table(
        "access_keys",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME),
        sa.Column("expires_at", _TIME),
        sa.Column("revoked_at", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_access_keys"),
        sa.UniqueConstraint("key", name="uq_access_keys_key"),
    )
    op.create_table(
        "access_attempts",
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_access_attempts"),
    )
    op.create_index("ix_access_attempts_last_at", "access_attempts", ["last_at"])


def _of_person(table: str, key: str, columns: list[sa.Column[object]]) -> None:
    op.create_table(
        table,
        sa.Column(key, sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(12), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["person_id"], ["access_people.id"], name=f"fk_{table}_person_id", ondelete="CASCADE"),
    )
    op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def downgrade() -> None:
    """Drop the tables and what they hold."""
    for table in (
        "access_attempts",
        "access_keys",
        "access_identities",
        "access_sessions",
        "access_codes",
        "access_people",
    ):
        op.drop_table(table)
