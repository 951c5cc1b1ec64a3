"""The tables of the knowledge base file."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()


def _table(name: str, *columns: Column[object]) -> Table:
    return Table(name, METADATA, *columns)


STAMP = _table("stamp", Column("name", String, primary_key=True), Column("value", Text, nullable=False))
"""version and sha256 of all that went in."""

SOURCES = _table("sources", Column("id", String, primary_key=True), Column("written", JSON, nullable=False))

PASSAGES = _table(
    "passages",
    Column("id", String, primary_key=True),
    Column("source", ForeignKey("sources.id"), nullable=False),
    Column("section", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("anchor", String, index=True),
)

CLAIMS = _table("claims", Column("id", String, primary_key=True), Column("kind", String), Column("says", Text))

SUPPORT = _table(
    "support",
    Column("claim", ForeignKey("claims.id"), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("passage", ForeignKey("passages.id"), nullable=False),
)
"""The passages that support a claim, best first (rank 0)."""

FINDINGS = _table(
    "findings",
    Column("position", Integer, primary_key=True),
    Column("id", String, unique=True),
    Column("written", JSON, nullable=False),
)

PHRASES = _table(
    "phrases",
    Column("position", Integer, primary_key=True),
    Column("file", String, nullable=False),
    Column("finding", ForeignKey("findings.id"), nullable=False),
    Column("value", String),
    Column("role", String, nullable=False),
    Column("pattern", Text, nullable=False),
)

WORD_CLASSES = _table(
    "word_classes",
    Column("position", Integer, primary_key=True),
    Column("file", String, nullable=False),
    Column("name", String, nullable=False),
    Column("phrase", Text, nullable=False),
)

RULES = _table(
    "rules",
    Column("position", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("written", JSON, nullable=False),
)
"""care, walking and corrections rules, each as written."""

EXERCISES = _table(
    "exercises",
    Column("position", Integer, primary_key=True),
    Column("id", String, unique=True),
    Column("written", JSON, nullable=False),
)

DOSES = _table(
    "doses",
    Column("exercise", ForeignKey("exercises.id"), primary_key=True),
    Column("measure", String, primary_key=True),
    Column("low", String, nullable=False),
    Column("high", String, nullable=False),
    Column("passage", ForeignKey("passages.id"), nullable=False),
)

QUESTIONS = _table(
    "questions",
    Column("position", Integer, primary_key=True),
    Column("id", String, unique=True),
    Column("written", JSON, nullable=False),
)

TEXTS = _table("texts", Column("name", String, primary_key=True), Column("written", JSON, nullable=False))
"""What belongs to no rule: facts, implied and assumed answers, cues, messages, topics."""
