"""Who made the code with which somebody signed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_COLUMNS = (("access_codes", "made_by"), ("access_sessions", "code_by"), ("access_identities", "code_by"))


def upgrade() -> None:
    """Add the columns; of what is there already nobody knows."""
    for table, column in _COLUMNS:
        op.add_column(table, sa.Column(column, sa.String(12)))


def downgrade() -> None:
    """Drop them."""
    for table, column in _COLUMNS:
        op.drop_column(table, column)
