"""The clinic's own people: sign-in, invitations, audit; and whether a person shares a conversation with the clinic."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("talks", sa.Column("shared", sa.Boolean()))
    _people()
    _invitations()
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        *(
            sa.Column(name, sa.String(size), nullable=False)
            for name, size in (("who", 64), ("what", 32), ("about", 64))
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _people() -> None:
    op.create_table(
        "clinicians",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_clinicians"),
    )
    op.create_table(
        "sign_ins",
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("token", "clinician")),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("began_at", "used_at")),
        sa.PrimaryKeyConstraint("token", name="pk_sign_ins"),
        sa.ForeignKeyConstraint(["clinician"], ["clinicians.name"], name="fk_sign_ins_clinician", ondelete="CASCADE"),
    )
    op.create_index("ix_sign_ins_clinician", "sign_ins", ["clinician"])
    op.create_table(
        "tries",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tries"),
    )
    op.create_index("ix_tries_since", "tries", ["since"])


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("talk", sa.Integer()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "reason")),
        sa.Column("appointment_at", sa.Float()),
        sa.Column("made_by", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("made_at", "expires_at")),
        *(sa.Column(name, sa.Float()) for name in ("used_at", "revoked_at")),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token", name="uq_invitations_token"),
        sa.UniqueConstraint("talk", name="uq_invitations_talk"),
        sa.ForeignKeyConstraint(["talk"], ["talks.id"], name="fk_invitations_talk", ondelete="CASCADE"),
    )
    op.create_index("ix_invitations_made_at", "invitations", ["made_at"])


def downgrade() -> None:
    for name in ("audit", "invitations", "tries", "sign_ins", "clinicians"):
        op.drop_table(name)
    with op.batch_alter_table("talks") as talks:
        talks.drop_column("shared")
