"""Corrections and reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "corrections",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("made_at", sa.Double(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name=op.f("fk_corrections_sha256")),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_corrections")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("corrections")
