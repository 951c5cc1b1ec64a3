"""What the Slack door must remember across restarts: which requests it has seen, and which message asks the open question."""

import hashlib
import hmac
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS seen_at ON seen (at);
CREATE TABLE IF NOT EXISTS open (conversation TEXT PRIMARY KEY, ts TEXT NOT NULL, at INTEGER NOT NULL);
"""
KEPT_SECONDS = 24 * 3600
MOST_SEEN = 50_000
SWEEP_EVERY = 500
"""Requests between two looks for what is too old or too much."""


class SlackMemory:
    """An SQLite file, safe with several processes. It holds no words; ``secret`` hides the names in it."""

    def __init__(
        self, path: Path, secret: bytes, clock: Callable[[], float] = time.time, most_seen: int = MOST_SEEN
    ) -> None:
        self._path = path
        self._secret = secret
        self._clock = clock
        self._most_seen = most_seen
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def conversation(self, team: str, user: str) -> str:
        """The sender id of a person: always the same, and not to be turned back into the person."""
        return f"slack:{self._hidden(f'slack:{team}:{user}')}"

    def first_time(self, keys: Sequence[str]) -> bool:
        """Whether none of the keys was seen before; they all are from now on."""
        now = int(self._clock())
        with self._base() as base:
            before = base.total_changes
            rows = [(self._hidden(key), now) for key in keys]
            base.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)
            new = base.total_changes - before == len(rows)
            (number,) = base.execute("SELECT max(rowid) FROM seen").fetchone()
            if (number or 0) // SWEEP_EVERY != ((number or 0) - len(rows)) // SWEEP_EVERY:
                self._sweep(base, now)
        return new

    def asks(self, conversation: str, ts: str) -> None:
        """The message ``ts`` now asks the open question of a conversation."""
        self._do("INSERT OR REPLACE INTO open VALUES (?, ?, ?)", (conversation, ts, int(self._clock())))

    def is_asking(self, conversation: str, ts: str) -> bool:
        """Whether that message asks the question that is open."""
        with self._base() as base:
            query = "SELECT 1 FROM open WHERE conversation = ? AND ts = ? AND at > ?"
            oldest = int(self._clock()) - KEPT_SECONDS
            return base.execute(query, (conversation, ts, oldest)).fetchone() is not None

    def close(self, conversation: str) -> None:
        """No question is open any more."""
        self._do("DELETE FROM open WHERE conversation = ?", (conversation,))

    def _sweep(self, base: sqlite3.Connection, now: int) -> None:
        base.execute("DELETE FROM seen WHERE at < ?", (now - KEPT_SECONDS,))
        base.execute("DELETE FROM open WHERE at < ?", (now - KEPT_SECONDS,))
        newest = "SELECT key FROM seen ORDER BY rowid DESC LIMIT ?"
        base.execute(f"DELETE FROM seen WHERE key NOT IN ({newest})", (self._most_seen,))  # noqa: S608 - no outside text

    def _hidden(self, name: str) -> str:
        return hmac.new(self._secret, name.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]

    def _do(self, change: str, values: Sequence[Any]) -> None:
        with self._base() as base:
            base.execute(change, values)

    def _base(self) -> sqlite3.Connection:
        """The connection of this process: kept, because closing one costs as much as a turn, and never shared with a fork."""
        process = os.getpid()
        if self._opened is None or self._opened[0] != process:
            base = sqlite3.connect(self._path, timeout=5, check_same_thread=False)
            base.execute("PRAGMA secure_delete = ON")
            base.execute("PRAGMA synchronous = NORMAL")
            self._opened = (process, base)
        return self._opened[1]


def open_memory(path: Path, secret: bytes, clock: Callable[[], float] = time.time) -> SlackMemory:
    """The memory in a file (mode 0600), made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript(TABLES)
    return SlackMemory(path, secret, clock)
