"""What was said in the web chat, read out of the ledger, so that a reload shows it again in whichever process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.clinic import ledger
from assistant.clinic.transcript import answer_to, last_turns

MOST_TURNS = 200
PERSON, BOT = "person", "bot"

Part = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class WebHistory:
    """The ledger that the tracker store writes."""

    engine: ledger.Engine

    def answer(self, conversation: str, turn: str) -> list[Part] | None:
        """The bot's parts of a turn that was answered in full; None if it was not."""
        with ledger.reading(self.engine) as connection:
            return answer_to(connection, conversation, turn)

    def read(self, conversation: str) -> list[Part]:
        """The messages of a conversation, oldest first: {"role", "at" (Unix seconds), "content"}."""
        with ledger.reading(self.engine) as connection:
            turns = last_turns(connection, conversation, MOST_TURNS)
        return [message for turn in turns for message in _messages(int(turn.at), turn.text, turn.said)]

    def forget(self, conversation: str) -> None:
        """Erase a conversation and all that came of it."""
        with self.engine.begin() as connection:
            ledger.forget(connection, conversation)


async def in_thread(call: Callable[[], T]) -> T:
    """Wait for the database beside the event loop, so that a slow one holds up nobody else."""
    return await asyncio.get_running_loop().run_in_executor(None, call)


def _messages(at: int, text: str, said: tuple[Part, ...]) -> list[Part]:
    heard = {"role": PERSON, "at": at, "content": {"text": text}}
    return [heard, *({"role": BOT, "at": at, "content": part} for part in said)]
