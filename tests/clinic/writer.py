"""A process that writes turns to the ledger until it is done or killed: what the tests of crashes and crowds start.

`python -m tests.clinic.writer URL CONVERSATION TURNS` writes one conversation turn by turn, beginning after the last turn it
finds in a table of its own that goes into the same transaction, and prints a line for each.
"""

from __future__ import annotations

import sys

from sqlalchemy import Column, Integer, MetaData, String, Table, select, update
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from tests.clinic.talking import simple

STATES = Table(
    "states",
    MetaData(),
    Column("conversation", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
)
"""Stands for what the tracker store keeps of a conversation."""


def make(engine: Engine, conversation: str) -> None:
    """The table, and the conversation's row in it."""
    STATES.create(engine, checkfirst=True)
    with engine.begin() as connection:
        connection.execute(STATES.insert().values(conversation=conversation, number=0))


def write(engine: Engine, conversation: str, turns: int) -> None:
    """Go on from the last turn that is there."""
    with engine.connect() as connection:
        done = connection.execute(select(STATES.c.number).where(STATES.c.conversation == conversation)).scalar_one()
    for number in range(done + 1, turns + 1):
        with engine.begin() as connection:
            state = update(STATES).where(STATES.c.conversation == conversation).values(number=number)
            ledger.keep(connection, simple(conversation, number, text=f"turn {number}"))
            connection.execute(state)
        print(number, flush=True)


if __name__ == "__main__":
    write(ledger.ready(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
