"""The tables of the clinic's own people: who may sign in, who is signed in, whom they invited, and who saw what.

They stand in the ledger's database and are changed by its migrations. No column holds a patient's words; names, reasons and
appointments of invitations go with the conversation that they began.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table

from assistant.clinic.columns import Words
from assistant.clinic.tables import METADATA

CLINICIANS = Table(
    "clinicians",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("password", String(255), nullable=False),
    Column("made_at", Float, nullable=False),
)
"""One row a person who may sign in. `password` is an argon2 hash with its own salt and costs."""

SIGN_INS = Table(
    "sign_ins",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("clinician", ForeignKey("clinicians.name", ondelete="CASCADE"), nullable=False),
    Column("began_at", Float, nullable=False),
    Column("used_at", Float, nullable=False),
    Index("ix_sign_ins_clinician", "clinician"),
)
"""One row a browser that is signed in. `token` is the sha256 of what its cookie holds."""

TRIES = Table(
    "tries",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", Float, nullable=False),
    Index("ix_tries_since", "since"),
)
"""How often a sign-in failed since a time, for a name, an address, or both; `key` is a sha256 of them."""

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("talk", ForeignKey("talks.id", ondelete="CASCADE"), unique=True),
    Column("name", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("appointment_at", Float),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("used_at", Float),
    Column("revoked_at", Float),
    Index("ix_invitations_made_at", "made_at"),
)
"""One row an invitation. `token` is the sha256 of what its link holds; `talk` is the conversation that it began."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("who", String(64), nullable=False),
    Column("what", String(32), nullable=False),
    Column("about", String(64), nullable=False),
    Index("ix_audit_at", "at"),
)
"""Who did what when; `about` is the id of a case or an invitation, or nothing."""
