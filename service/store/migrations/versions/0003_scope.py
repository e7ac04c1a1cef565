"""Whose a job is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add it; the jobs that are there are nobody's."""
    op.add_column("jobs", sa.Column("scope", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("jobs", "scope")
