"""Somebody with Telegram on their phone: types, taps, sends things, and sees what the bot answers."""

import itertools
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from telegram_server import Shown, TelegramServer

PEOPLE = itertools.count(7_000_001)
WITHIN = 30.0


class Person:
    """A private chat with the bot; ``state`` is the door's state folder, which tells when an update was answered."""

    def __init__(self, server: TelegramServer, state: Path, language: str = "en") -> None:
        self.chat = next(PEOPLE)
        self.sent: list[int] = []
        self._server = server
        self._state = state / "telegram.sqlite"
        self._who = {"id": self.chat, "is_bot": False, "first_name": "Sam", "language_code": language}

    def say(self, text: str, **more: Any) -> list[Shown]:
        """Types a message; the answers to it."""
        return self.send(text=text, **more)

    def send(self, **content: Any) -> list[Shown]:
        """Sends a message of any kind; the answers to it."""
        return self.update({"message": self.message(**content)})

    def edit(self, text: str) -> list[Shown]:
        """Changes a message sent before; the answers to that."""
        return self.update({"edited_message": {**self.message(text=text), "edit_date": int(time.time())}})

    def tap(self, label: str, shown: Shown | None = None) -> list[Shown]:
        """Taps the newest button with that label, or the one of the message given; the answers to it."""
        return self.update(self.tapping(label, shown))

    def tapping(self, label: str, shown: Shown | None = None) -> dict[str, Any]:
        """The update that tapping brings."""
        holding = shown or next(s for s in reversed(self.seen()) if label in s.labels)
        data = next(b["callback_data"] for row in holding.rows for b in row if b["text"] == label)
        return self.pressing(data, holding.number)

    def pressing(self, data: str, number: int) -> dict[str, Any]:
        """The update of a button with any data."""
        query = f"query-{next(PEOPLE)}"
        self._server.toasts[query] = {}
        message = {"message_id": number, "chat": self._chat(), "date": int(time.time())}
        return {
            "callback_query": {"id": query, "from": self._who, "message": message, "data": data, "chat_instance": "1"}
        }

    def update(self, update: Mapping[str, Any]) -> list[Shown]:
        """Delivers an update, waits until it was answered, and gives the answers."""
        before = set(self._server.shown)
        number = self._server.send(update)
        self.sent.append(number)
        wait_for(lambda: self.answered(number))
        return [shown for shown in self.seen() if shown.number not in before]

    def answered(self, number: int) -> bool:
        """Whether the door has finished with an update."""
        with closing(sqlite3.connect(self._state, timeout=5)) as base:
            return bool(base.execute("SELECT 1 FROM taken WHERE number = ? AND done = 1", (number,)).fetchall())

    def seen(self) -> list[Shown]:
        """Everything in the chat, oldest first."""
        return self._server.seen(self.chat)

    def toast(self) -> str:
        """What popped up at the last tap; every tap must have been answered."""
        wait_for(lambda: all(self._server.toasts.values()))
        return str(list(self._server.toasts.values())[-1].get("text", ""))

    def message(self, **content: Any) -> dict[str, Any]:
        """A message as Telegram describes it."""
        about = {"message_id": next(self._server.numbers), "from": self._who, "chat": self._chat()}
        return {**about, "date": int(time.time()), **content}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": "Sam"}


def wait_for(ready: Callable[[], Any], within: float = WITHIN) -> None:
    """Returns as soon as it is so; fails where it does not come to be."""
    end = time.monotonic() + within
    while not ready():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.004)


def kept_in(state: Path) -> bytes:
    """Every byte that the door keeps on disk."""
    return b"".join(path.read_bytes() for path in state.glob("telegram.sqlite*") if path.exists())
