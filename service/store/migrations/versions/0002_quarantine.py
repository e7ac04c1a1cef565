"""Quarantine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make its table."""
    op.create_table(
        "quarantine",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("failure", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_quarantine")),
    )
    op.create_index(op.f("ix_quarantine_created_at"), "quarantine", ["created_at"], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_quarantine_created_at"), table_name="quarantine")
    op.drop_table("quarantine")
