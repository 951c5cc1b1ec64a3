"""What the Telegram door keeps across restarts: which updates it has taken, where polling stands, which groups it refused."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS taken (number INTEGER PRIMARY KEY, chat INTEGER, at INTEGER NOT NULL, done INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS polling (one INTEGER PRIMARY KEY CHECK (one = 1), offset INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS refused (place TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS boards (
  key TEXT PRIMARY KEY, chat TEXT NOT NULL, at INTEGER NOT NULL, message INTEGER NOT NULL,
  state TEXT NOT NULL, lasting INTEGER NOT NULL, ticked TEXT NOT NULL, part TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS boards_chat ON boards (chat);
"""
MOST_UPDATES = 5000
"""Telegram delivers an update again within a day; so many are remembered."""
TOO_OLD = 3600.0
"""Seconds after which a message that a crash left unanswered is not mentioned any more."""


@dataclass(frozen=True)
class Base:
    """An open SQLite file; see open_base. To be used in one event loop."""

    connection: sqlite3.Connection
    clock: Callable[[], float] = time.time

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return self.connection.execute(query, values).fetchall()

    def do(self, change: str, values: Sequence[Any] = ()) -> int:
        """Makes a change; how many rows it touched."""
        with self.connection:
            return self.connection.execute(change, values).rowcount

    def close(self) -> None:
        """Ends the use of the file."""
        self.connection.close()


@dataclass(frozen=True)
class Memory:
    """Updates, polling and groups."""

    base: Base

    def take(self, number: int, chat: int | None) -> bool:
        """Whether the update is new; it is now taken. ``chat`` is somebody who waits for an answer."""
        change = "INSERT OR IGNORE INTO taken (number, chat, at, done) VALUES (?, ?, ?, ?)"
        new = self.base.do(change, (number, chat, int(self.base.clock()), chat is None)) > 0
        if new and number % 100 == 0:
            oldest = "SELECT number FROM taken ORDER BY at DESC, number DESC LIMIT 1 OFFSET ?"
            for (last,) in self.base.rows(oldest, (MOST_UPDATES,)):
                self.base.do("DELETE FROM taken WHERE at <= (SELECT at FROM taken WHERE number = ?)", (last,))
        return new

    def done(self, number: int) -> None:
        """The update was answered; whose it was is forgotten."""
        self.base.do("UPDATE taken SET done = 1, chat = NULL WHERE number = ?", (number,))

    def left_over(self) -> list[int]:
        """The chats whose last messages a crash left unanswered; each is told once."""
        since = int(self.base.clock() - TOO_OLD)
        found = self.base.rows("SELECT DISTINCT chat FROM taken WHERE done = 0 AND at >= ?", (since,))
        self.base.do("UPDATE taken SET done = 1, chat = NULL WHERE done = 0")
        return [chat for (chat,) in found if chat is not None]

    def offset(self) -> int:
        """The number of the next update to fetch."""
        return next((int(offset) for (offset,) in self.base.rows("SELECT offset FROM polling")), 0)

    def move_to(self, offset: int) -> None:
        """All updates before this one have been taken."""
        self.base.do("INSERT OR REPLACE INTO polling (one, offset) VALUES (1, ?)", (offset,))

    def first_refusal(self, place: str) -> bool:
        """Whether this group was not told before; it counts as told now."""
        return self.base.do("INSERT OR IGNORE INTO refused (place) VALUES (?)", (place,)) > 0


def open_base(path: Path, clock: Callable[[], float] = time.time) -> Base:
    """The file (mode 0600, safe with several processes), made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    base = Base(sqlite3.connect(path, timeout=5, check_same_thread=False), clock)
    for setting in ("journal_mode = WAL", "secure_delete = ON", "synchronous = NORMAL"):
        base.rows(f"PRAGMA {setting}")
    base.connection.executescript(TABLES)
    return base
