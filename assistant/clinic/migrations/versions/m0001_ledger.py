"""The ledger as it began: conversations, turns, cases and receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("conversation", "known_as", "channel", "consents")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("turns", "episode")),
        sa.Column("heard_at", sa.Float(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("session", "origins", "contradictions")),
        sa.PrimaryKeyConstraint("id", name="pk_talks"),
        sa.UniqueConstraint("key", name="uq_talks_key"),
    )
    op.create_index("ix_talks_heard_at", "talks", ["heard_at"])
    _turns()
    _cases()
    op.create_table(
        "receipts",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("talk", "number")),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "reading", "said")),
        sa.PrimaryKeyConstraint("talk", "number", name="pk_turns"),
        sa.ForeignKeyConstraint(["talk"], ["talks.id"], name="fk_turns_talk", ondelete="CASCADE"),
    )
    op.create_index("ix_turns_message", "turns", ["talk", "message"], unique=True)
    op.create_index("ix_turns_at", "turns", ["at"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("talk", "episode")),
        sa.Column("care", sa.String(16), nullable=False),
        sa.Column("care_rank", sa.Integer(), nullable=False),
        sa.Column("walking", sa.String(32), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("reviewed_at", sa.Float()),
        sa.Column("reviewed_by", sa.Text()),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("started_at", "finished_at", "updated_at")),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("knowledge_version", "knowledge_sha256")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("note", "findings", "contradictions", "decided_on")),
        sa.Column("assessment", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.ForeignKeyConstraint(["talk"], ["talks.id"], name="fk_cases_talk", ondelete="CASCADE"),
    )
    op.create_index("ix_cases_episode", "cases", ["talk", "episode"], unique=True)
    op.create_index("ix_cases_inbox", "cases", ["care_rank", "updated_at"])
    op.create_index("ix_cases_unread", "cases", ["unread", "care_rank", "updated_at"])
    op.create_index("ix_cases_walking", "cases", ["walking", "care_rank", "updated_at"])
    op.create_index("ix_cases_updated", "cases", ["updated_at"])


def downgrade() -> None:
    for name in ("receipts", "cases", "turns", "talks"):
        op.drop_table(name)
