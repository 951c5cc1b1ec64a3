"""What was said in the web chat, whole (cards and buttons too), so that a reload shows it again."""

import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS said (
  number INTEGER PRIMARY KEY, conversation TEXT NOT NULL, turn TEXT NOT NULL,
  at INTEGER NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS said_conversation ON said (conversation, turn);
CREATE INDEX IF NOT EXISTS said_at ON said (at);
"""
TURN = "SELECT role, at, content FROM said WHERE conversation = ? AND turn = ? ORDER BY number"
CONVERSATION = "SELECT role, at, content FROM said WHERE conversation = ? AND role != 'end' ORDER BY number"
# A database in memory lives as long as one connection to it.
KEPT_OPEN: list[sqlite3.Connection] = []
PERSON, BOT, END = "person", "bot", "end"
MOST_SHOWN = 400

Part = Mapping[str, Any]


@dataclass(frozen=True)
class WebHistory:
    """An SQLite database by its address; see open_history."""

    address: str
    clock: Callable[[], float] = time.time

    def add(self, conversation: str, turn: str, role: str, content: Part) -> None:
        """Keeps one message; role is person, bot, or end (the turn was answered in full)."""
        row = (conversation, turn, int(self.clock()), role, json.dumps(content))
        self._do("INSERT INTO said (conversation, turn, at, role, content) VALUES (?, ?, ?, ?, ?)", row)

    def answer(self, conversation: str, turn: str) -> list[Part] | None:
        """The bot's parts of a turn that was answered in full; None if it was not."""
        rows = self._rows(TURN, (conversation, turn))
        if not any(role == END for role, _, _ in rows):
            return None
        return [json.loads(content) for role, _, content in rows if role == BOT]

    def read(self, conversation: str) -> list[Part]:
        """The messages of a conversation, oldest first: {"role", "at" (Unix seconds), "content"}."""
        rows = self._rows(CONVERSATION, (conversation,))
        return [{"role": role, "at": at, "content": json.loads(text)} for role, at, text in rows[-MOST_SHOWN:]]

    def drop(self, conversation: str, turn: str) -> None:
        """Takes back a turn that failed, so that it can be sent again."""
        self._do("DELETE FROM said WHERE conversation = ? AND turn = ?", (conversation, turn))

    def forget(self, conversation: str) -> None:
        """Erases a conversation, also from the write-ahead log."""
        self._do("DELETE FROM said WHERE conversation = ?", (conversation,))
        with closing(self._open()) as base:
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget_older(self, seconds: int) -> None:
        """Erases what was said longer ago than that."""
        self._do("DELETE FROM said WHERE at < ?", (int(self.clock()) - seconds,))

    def _rows(self, query: str, values: Sequence[Any]) -> list[tuple[str, int, str]]:
        with closing(self._open()) as base:
            return base.execute(query, values).fetchall()

    def _do(self, change: str, values: Sequence[Any]) -> None:
        with closing(self._open()) as base, base:
            base.execute(change, values)

    def _open(self) -> sqlite3.Connection:
        return _connect(self.address)


def open_history(path: Path | None, clock: Callable[[], float] = time.time) -> WebHistory:
    """A history in a file (mode 0600, safe with several processes), or with None in memory, gone with the process."""
    if path is None:
        address = f"file:web-{uuid.uuid4().hex}?mode=memory&cache=shared"
        KEPT_OPEN.append(_connect(address))
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        address = path.resolve().as_uri()
    with closing(_connect(address)) as base, base:
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript(TABLES)
    return WebHistory(address, clock)


def _connect(address: str) -> sqlite3.Connection:
    base = sqlite3.connect(address, uri=True, timeout=5, check_same_thread=False)
    base.execute("PRAGMA secure_delete = ON")
    base.execute("PRAGMA synchronous = NORMAL")
    return base
