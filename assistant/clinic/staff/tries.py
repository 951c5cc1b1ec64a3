"""Counts the tries to sign in, and refuses more where too many failed: for a name from one address, for an address, for a name.

Names that nobody has are counted like all others, so that a refusal tells nothing about them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from assistant.clinic.forgetting import key_of
from assistant.clinic.staff import tables as s

WINDOW = 15 * 60.0
"""Seconds after the first of several failures in which they count together."""
MOST = {"both": 5, "address": 20, "name": 50}
"""Failures within the window after which every further try is refused, right or wrong."""


def count(connection: Connection, name: str, address: str, now: float) -> bool:
    """Count one more try, before its password is looked at; whether it may go on."""
    t = s.TRIES.c
    connection.execute(delete(s.TRIES).where(t.since < now - WINDOW))
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    fine = True
    for kind, key in _keys(name, address):
        one = dialect.insert(s.TRIES).values(key=key, count=1, since=now)
        more = {"count": case((t.count > MOST[kind], t.count), else_=t.count + 1)}
        connection.execute(one.on_conflict_do_update(index_elements=["key"], set_=more))
        counted = connection.execute(select(t.count).where(t.key == key)).scalar_one()
        fine = fine and counted <= MOST[kind]
    return fine


def succeeded(connection: Connection, name: str, address: str) -> None:
    """Take back the try that turned out right, and the failures of that name from that address before it."""
    for kind, key in _keys(name, address):
        of_it = s.TRIES.c.key == key
        connection.execute(
            delete(s.TRIES).where(of_it)
            if kind == "both"
            else update(s.TRIES).where(of_it).values(count=s.TRIES.c.count - 1)
        )


def _keys(name: str, address: str) -> Iterator[tuple[str, str]]:
    """Always in the same order, so that two tries at once do not wait for each other."""
    yield "both", key_of(f"both\n{name}\n{address}")
    yield "address", key_of(f"address\n{address}")
    yield "name", key_of(f"name\n{name}")
