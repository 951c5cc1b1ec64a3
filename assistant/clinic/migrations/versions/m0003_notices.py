"""The outbox: what is to be told to the clinic about a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "notices",
        *(sa.Column(name, sa.String(32), nullable=False) for name in ("id", "case_id")),
        *(sa.Column(name, sa.String(16), nullable=False) for name in ("kind", "target", "care")),
        sa.Column("walking", sa.String(32), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_fault", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_notices_case_id", ondelete="CASCADE"),
    )
    op.create_index("ix_notices_case_id", "notices", ["case_id"])
    op.create_index("ix_notices_due", "notices", ["state", "target", "due_at"])


def downgrade() -> None:
    op.drop_table("notices")
