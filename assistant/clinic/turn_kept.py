"""One turn as the ledger is told of it, and the stamp of the knowledge it was answered from."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError


@dataclass(frozen=True)
class TurnKept:
    """One message of a person and what was said to it.

    `conversation` is Rasa's sender id; `channel` is web, telegram, slack, rest or cmdline; `at` is in seconds since the epoch;
    `reading` is what was read in the message; `said` are the bot's messages of the turn (text, buttons, custom); `session` is
    `assistant.conversation.session.Session.slot()` after the turn; the same `message_id` twice is one turn.
    """

    conversation: str
    channel: str
    at: float
    text: str
    reading: Mapping[str, Any]
    said: Sequence[Mapping[str, Any]]
    session: Mapping[str, Any]
    message_id: str

    @property
    def deleted(self) -> bool:
        """Whether the person had everything deleted in this turn."""
        return any((said.get("custom") or {}).get("deleted") is True for said in self.said)

    @property
    def assessment(self) -> Mapping[str, Any] | None:
        """The assessment of the last result or alert told in this turn; that of a mere summary is not one."""
        customs = [said.get("custom") or {} for said in self.said]
        told = [c["assessment"] for c in customs if c.get("assessment") and (c.get("plan") or c.get("alert"))]
        return told[-1] if told else None


@dataclass(frozen=True)
class Stamp:
    """Which knowledge base: its version, and the sha256 of all that went into it."""

    version: str
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """The stamp of the knowledge base file at `path`. Raises InputError where there is none."""
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                rows = dict(connection.execute("SELECT name, value FROM stamp").fetchall())
            return cls(rows["version"], rows["sha256"])
        except (sqlite3.DatabaseError, KeyError):
            raise InputError(f"{path}: there is no knowledge base here; run `psoas knowledge build`") from None
