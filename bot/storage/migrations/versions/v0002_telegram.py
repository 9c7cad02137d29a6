"""What the Telegram bot keeps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "telegram_updates",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("lane", sa.String(64)),
        sa.Column("person", sa.String(64)),
        sa.Column("payload", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_telegram_updates"),
        sa.UniqueConstraint("bot", "update_id", name="uq_telegram_updates_bot"),
    )
    for column in ("received_at", "waiting", "person"):
        op.create_index(f"ix_telegram_updates_{column}", "telegram_updates", [column])
    op.create_table(
        "telegram_sends",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("job", sa.String(64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(64)),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.BigInteger()),
        sa.Column("turn_id", sa.String(32)),
        sa.Column("payload", sa.Text()),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("uncertain", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_telegram_sends"),
        sa.UniqueConstraint("bot", "job", "ordinal", name="uq_telegram_sends_bot"),
    )
    op.create_index("ix_telegram_sends_about", "telegram_sends", ["bot", "chat_id", "about"])
    for column in ("person", "made_at"):
        op.create_index(f"ix_telegram_sends_{column}", "telegram_sends", [column])
    op.create_table(
        "telegram_chats",
        sa.Column("bot", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("person", sa.String(64)),
        sa.Column("used_at", _TIME, nullable=False),
        sa.Column("document_id", sa.Text()),
        sa.Column("only_admins", sa.Boolean(), nullable=False),
        sa.Column("suggestions", sa.Boolean(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("declined_at", _TIME),
        sa.PrimaryKeyConstraint("bot", "chat_id", name="pk_telegram_chats"),
    )
    for column in ("person", "used_at"):
        op.create_index(f"ix_telegram_chats_{column}", "telegram_chats", [column])
    op.create_table(
        "telegram_reminders",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("duty", sa.String(32), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("remind_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_telegram_reminders"),
        sa.UniqueConstraint("bot", "person", "duty", "due", "days_before", name="uq_telegram_reminders_bot"),
    )
    for column in ("person", "remind_at"):
        op.create_index(f"ix_telegram_reminders_{column}", "telegram_reminders", [column])


def downgrade() -> None:
    """Drop the tables and what they hold."""
    for table in ("telegram_reminders", "telegram_chats", "telegram_sends", "telegram_updates"):
        op.drop_table(table)
