"""The tables of the ledger. Their shape is changed by a migration, never by hand; a test compares the two.

What other tables of the same database hold of a conversation goes with it when it is forgotten: see `forgetting.NAMING`.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table

from assistant.clinic.columns import Words, Written

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

TALKS = Table(
    "talks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("conversation", Words, nullable=False),
    Column("known_as", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("consents", Written, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("episode", Integer, nullable=False),
    Column("heard_at", Float, nullable=False),
    Column("session", Written, nullable=False),
    Column("origins", Written, nullable=False),
    Column("contradictions", Written, nullable=False),
    Column("shared", Boolean),
    Index("ix_talks_heard_at", "heard_at"),
)
"""One row a conversation. `key` is the sha256 of its id; `episode` counts how often it began anew; `session`, `origins` and
`contradictions` are those of the episode so far. `shared` is whether the person wants the clinic to see it, NULL where nobody
asked."""

TURNS = Table(
    "turns",
    METADATA,
    Column("talk", ForeignKey("talks.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("message", String(64), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("text", Words, nullable=False),
    Column("reading", Written, nullable=False),
    Column("said", Written, nullable=False),
    Index("ix_turns_message", "talk", "message", unique=True),
    Index("ix_turns_at", "at"),
)
"""One row a turn, numbered from 1 in its conversation. `message` is the sha256 of the channel's id of the message."""

CASES = Table(
    "cases",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("talk", ForeignKey("talks.id", ondelete="CASCADE"), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("care", String(16), nullable=False),
    Column("care_rank", Integer, nullable=False),
    Column("walking", String(32), nullable=False),
    Column("unread", Boolean, nullable=False),
    Column("reviewed_at", Float),
    Column("reviewed_by", Words),
    Column("started_at", Float, nullable=False),
    Column("finished_at", Float, nullable=False),
    Column("updated_at", Float, nullable=False),
    Column("knowledge_version", String(64), nullable=False),
    Column("knowledge_sha256", String(64), nullable=False),
    Column("note", Words, nullable=False),
    Column("findings", Written, nullable=False),
    Column("contradictions", Written, nullable=False),
    Column("decided_on", Written, nullable=False),
    Column("assessment", LargeBinary, nullable=False),
    Index("ix_cases_episode", "talk", "episode", unique=True),
    Index("ix_cases_inbox", "care_rank", "updated_at"),
    Index("ix_cases_unread", "unread", "care_rank", "updated_at"),
    Index("ix_cases_walking", "walking", "care_rank", "updated_at"),
    Index("ix_cases_updated", "updated_at"),
)
"""One row an episode that came to a result or an alert. `assessment` holds the bytes as decided, `decided_on` the findings they
were decided on; `findings` where each came from; `care_rank` is the place of `care` in `assistant.triage.rules.CARE`."""

RECEIPTS = Table(
    "receipts",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("at", Float, nullable=False),
    Column("why", String(16), nullable=False),
    Column("counts", Written, nullable=False),
)
"""What was deleted, when and how much of it; nothing that identifies anybody."""
