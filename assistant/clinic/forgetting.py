"""Deletes conversations from every table of the database, on request and when they are older than they may be."""

from __future__ import annotations

import os
import secrets
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import MetaData, Table, and_, delete, exists, inspect, or_, select
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.clinic.opening import leave_nothing
from assistant.clinic.staff import tables as s
from assistant.errors import InputError

DAY = 24 * 3600.0
NAMING = ("conversation", "sender_id")
"""Columns by which tables that are not the ledger's name a conversation; in a table `conversations` it is `id`."""


@dataclass(frozen=True)
class Receipt:
    """Proof of a deletion: a random id, the time in seconds since the epoch, and how many rows of what. `conversations` are
    those of which nothing is left; they are told to the caller and never kept."""

    id: str
    at: float
    counts: Mapping[str, int]
    conversations: tuple[str, ...] = field(default=(), repr=False)


def key_of(text: str) -> str:
    """A text of any length and letters as a key: its sha256."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def forget(connection: Connection, conversation: str) -> Receipt:
    """Delete everything of a conversation from every table. Somebody unknown gets a receipt over nothing."""
    leave_nothing(connection)
    counts = _elsewhere(connection, (conversation,))
    talk = connection.execute(select(t.TALKS.c.id).where(t.TALKS.c.key == key_of(conversation))).scalar()
    if talk is not None:
        for table in (t.CASES, t.TURNS, s.INVITATIONS):
            counts[table.name] += connection.execute(delete(table).where(table.c.talk == talk)).rowcount
        counts["talks"] += connection.execute(delete(t.TALKS).where(t.TALKS.c.id == talk)).rowcount
    return _receipt(connection, "asked", time.time(), counts, (conversation,))


def sweep(connection: Connection, now: float, days: float | None = None) -> Receipt | None:
    """Delete what is older than `days` (by default PSOAS_RETENTION_DAYS; 0 keeps everything): whole episodes whose last turn is
    older, and conversations nobody went on with. None where there was nothing to delete."""
    days = retention_days() if days is None else days
    if not days:
        return None
    limit = now - days * DAY
    gone = connection.execute(select(t.TALKS.c.id, t.TALKS.c.conversation).where(t.TALKS.c.heard_at < limit)).all()
    counts = _old_episodes(connection, limit) + _old_invitations(connection, limit)
    if not gone and not counts.total():
        return None
    leave_nothing(connection)
    names = tuple(row.conversation for row in gone)
    counts += _elsewhere(connection, names)
    counts["talks"] += connection.execute(delete(t.TALKS).where(t.TALKS.c.heard_at < limit)).rowcount
    return _receipt(connection, "retention", now, counts, names)


def retention_days() -> float:
    """Days after which what nobody went on with is deleted: PSOAS_RETENTION_DAYS, else 90; 0 keeps everything."""
    written = os.environ.get("PSOAS_RETENTION_DAYS", "90")
    try:
        days = float(written)
    except ValueError:
        days = -1
    if not 0 <= days < float("inf"):
        raise InputError(f"PSOAS_RETENTION_DAYS: {written!r} is no number of days; give 90, or 0 to keep everything")
    return days


def _old_episodes(connection: Connection, limit: float) -> Counter[str]:
    """Delete the turns and cases of every episode that ended before `limit`."""
    later = t.TURNS.alias()
    older = (
        select(t.TURNS.c.talk, t.TURNS.c.episode)
        .where(t.TURNS.c.at < limit)
        .where(
            ~exists().where(
                and_(later.c.talk == t.TURNS.c.talk, later.c.episode == t.TURNS.c.episode, later.c.at >= limit)
            )
        )
        .distinct()
    )
    counts: Counter[str] = Counter()
    for talk, episode in connection.execute(older).all():
        for table in (t.CASES, t.TURNS):
            of_it = and_(table.c.talk == talk, table.c.episode == episode)
            counts[table.name] += connection.execute(delete(table).where(of_it)).rowcount
    return counts


def _old_invitations(connection: Connection, limit: float) -> Counter[str]:
    """Delete the invitations that ended before `limit` unused, and those of conversations that nobody went on with."""
    i = s.INVITATIONS.c
    old = select(t.TALKS.c.id).where(t.TALKS.c.heard_at < limit)
    ended = or_(and_(i.talk.is_(None), i.expires_at < limit), i.talk.in_(old))
    return Counter({s.INVITATIONS.name: connection.execute(delete(s.INVITATIONS).where(ended)).rowcount})


def _elsewhere(connection: Connection, conversations: tuple[str, ...]) -> Counter[str]:
    """Delete the conversations from the tables that are not the ledger's."""
    counts: Counter[str] = Counter()
    for table, column in _naming_tables(connection) if conversations else ():
        for conversation in conversations:
            counts[table.name] += connection.execute(delete(table).where(column == conversation)).rowcount
    return counts


def _naming_tables(connection: Connection) -> list[tuple[Table, Any]]:
    """Tables of the database beside the ledger's that have a column naming a conversation."""
    known = inspect(connection)
    names = [name for name in known.get_table_names() if name not in t.METADATA.tables]
    found = [Table(name, MetaData(), autoload_with=connection) for name in names]
    naming = {table: "id" if table.name == "conversations" else _naming(table) for table in found}
    return [(table, table.c[column]) for table, column in naming.items() if column in table.c]


def _naming(table: Table) -> str:
    return next((name for name in NAMING if name in table.c), "")


def _receipt(
    connection: Connection, why: str, at: float, counts: Counter[str], conversations: tuple[str, ...]
) -> Receipt:
    receipt = Receipt("r-" + secrets.token_hex(10), at, {k: n for k, n in sorted(counts.items()) if n}, conversations)
    row = {"id": receipt.id, "at": at, "why": why, "counts": dict(receipt.counts)}
    connection.execute(t.RECEIPTS.insert().values(**row))
    return receipt
