"""The table of conversations that go on: of each the state that its next turn needs, and how many turns made it.

The ledger empties it of a conversation that is forgotten, as it does every table that names conversations.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, case, delete, insert, null, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

metadata = MetaData()
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("updated", Float, nullable=False, index=True),
)


@dataclass(frozen=True)
class Row:
    """A conversation as it is stored. `state` is None where the caller has that version already."""

    version: int
    state: str | None


def make_table(engine: Engine) -> None:
    """Make the table where it is missing."""
    try:
        metadata.create_all(engine)
    except SQLAlchemyError:
        metadata.create_all(engine)  # another process made it in between, or something is really wrong


def load(connection: Connection, conversation: str, known: int) -> Row | None:
    """The stored conversation, without its state if that is of the version `known`; None where there is none."""
    state = case((conversations.c.version == known, null()), else_=conversations.c.state)
    row = connection.execute(
        select(conversations.c.version, state).where(conversations.c.id == conversation)
    ).one_or_none()
    return Row(*row) if row else None


def store(connection: Connection, conversation: str, state: str, now: float) -> int:
    """Write the newest state; the version it then has."""
    row = select(conversations.c.version).where(conversations.c.id == conversation).with_for_update()
    version = connection.execute(row).scalar_one_or_none()
    if version is None:
        connection.execute(insert(conversations).values(id=conversation, version=1, state=state, updated=now))
        return 1
    newer = {"version": version + 1, "state": state, "updated": now}
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(newer))
    return int(version) + 1


def drop_older(connection: Connection, before: float) -> int:
    """Forget what nobody went on with since `before` (seconds since the epoch); how many conversations that were."""
    return int(connection.execute(delete(conversations).where(conversations.c.updated < before)).rowcount)


def ids(connection: Connection) -> list[str]:
    """The ids of all conversations that go on."""
    return list(connection.execute(select(conversations.c.id)).scalars())
