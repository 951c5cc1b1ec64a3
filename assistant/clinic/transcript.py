"""What was said in a conversation, for the person who said it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.clinic.case import Spoken
from assistant.clinic.forgetting import key_of


def last_turns(connection: Connection, conversation: str, most: int) -> list[Spoken]:
    """The newest turns of a conversation, at most that many, oldest first; none of an unknown one."""
    turns = select(t.TURNS).join(t.TALKS).where(t.TALKS.c.key == key_of(conversation))
    rows = connection.execute(turns.order_by(t.TURNS.c.number.desc()).limit(most)).all()
    return [Spoken(row.number, row.at, row.text, row.reading, tuple(row.said)) for row in reversed(rows)]


def answer_to(connection: Connection, conversation: str, message_id: str) -> list[Mapping[str, Any]] | None:
    """What was answered to the message with that id; None where it was not answered yet."""
    of_it = (t.TALKS.c.key == key_of(conversation), t.TURNS.c.message == key_of(message_id))
    said = connection.execute(select(t.TURNS.c.said).join(t.TALKS).where(*of_it)).scalar_one_or_none()
    return None if said is None else list(said)
