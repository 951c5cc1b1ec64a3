"""The buttons that are out: kept across restarts, because people tap old messages."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.channels.parts import Part
from assistant.channels.telegram.memory import Base

OPEN, TAPPED, CLOSED = "open", "tapped", "closed"
KEPT = 30 * 24 * 3600
COLUMNS = "key, chat, message, state, ticked, part"
TUPLES = ("choices", "alone", "sends")


@dataclass(frozen=True)
class Board:
    """The buttons below one message of one chat (by its sender id).

    ``state``: open; tapped (an answer was chosen and is on its way or given); closed (a newer question replaced it).
    ``ticked`` are places in ``part.choices``. ``message`` is 0 until the message is out.
    """

    key: str
    chat: str
    message: int
    state: str
    ticked: tuple[int, ...]
    part: Part


@dataclass(frozen=True)
class Boards:
    """All boards, for 30 days each."""

    base: Base

    def add(self, chat: str, part: Part, ticked: Iterable[int] = ()) -> Board:
        """A new open board under a key of its own, short enough for Telegram's 64 bytes."""
        now = int(self.base.clock())
        self.base.do("DELETE FROM boards WHERE at < ?", (now - KEPT,))
        board = Board(secrets.token_urlsafe(12), chat, 0, OPEN, tuple(ticked), part)
        row = (board.key, chat, now, 0, OPEN, part.lasting, json.dumps(board.ticked), json.dumps(asdict(part)))
        columns = "key, chat, at, message, state, lasting, ticked, part"
        self.base.do(f"INSERT INTO boards ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608
        return board

    def find(self, key: str, chat: str) -> Board | None:
        """The board of a button; None where there is none or it belongs to another chat."""
        found = self._found("key = ? AND chat = ?", (key, chat))
        return found[0] if found else None

    def unanswered(self, chat: str) -> list[Board]:
        """The boards of questions that newer ones will replace."""
        return self._found("chat = ? AND lasting = 0 AND state != ? ORDER BY at, rowid", (chat, CLOSED))

    def place(self, key: str, message: int) -> None:
        """The message that shows the board."""
        self.base.do("UPDATE boards SET message = ? WHERE key = ?", (message, key))

    def save(self, board: Board) -> Board:
        """Keeps the state and the ticks of a board as they are in ``board``."""
        self.base.do(
            "UPDATE boards SET state = ?, ticked = ? WHERE key = ?", (board.state, json.dumps(board.ticked), board.key)
        )
        return board

    def forget(self, chat: str) -> None:
        """Erases all boards of a chat, also from the write-ahead log."""
        self.base.do("DELETE FROM boards WHERE chat = ?", (chat,))
        self.base.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _found(self, condition: str, values: Sequence[Any]) -> list[Board]:
        rows = self.base.rows(f"SELECT {COLUMNS} FROM boards WHERE {condition}", values)  # noqa: S608
        return [
            Board(key, chat, message, state, tuple(json.loads(ticked)), _part(part))
            for key, chat, message, state, ticked, part in rows
        ]


def _part(text: str) -> Part:
    kept: dict[str, Any] = json.loads(text)
    return Part(**{**kept, **{name: tuple(kept[name]) for name in TUPLES}})
