"""Runs turns: one at a time and in order for each conversation, whether or not the browser still listens."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError

from assistant.channels.web.history import Part, WebHistory, in_thread
from assistant.channels.web.message import Said
from assistant.channels.web.refusals import RefusedError

logger = logging.getLogger(__name__)

MOST_WAITING = 4
AT_ONCE = 24
"""So many turns of all people are answered at the same time; others wait for their place, in the order in which they came."""
MOST_ALTOGETHER = 2_000
SLOWEST_TURN = 120.0


@dataclass(frozen=True)
class Turn:
    """One message of one conversation; ``confirmed`` when the page already asked "are you sure?"."""

    conversation: str
    said: Said
    confirmed: bool = False


@dataclass(frozen=True)
class Event:
    """One thing the browser is told: "message", "done" or "error", with its content."""

    name: str
    content: Mapping[str, Any]


Send = Callable[[Part], None]
Answer = Callable[[Turn, Send], Awaitable[Any]]
Events = asyncio.Queue[Event | None]


class Turns:
    """Lets ``answer`` (the bot) speak to turns and hands out the events; a turn that was answered before is told again."""

    def __init__(self, answer: Answer, history: WebHistory, slowest: float = SLOWEST_TURN) -> None:
        self._answer = answer
        self._history = history
        self._slowest = slowest
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[str] = Counter()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    def start(self, turn: Turn) -> Events:
        """Begins a turn and returns its events; None ends them, and without a "done" the turn failed."""
        if self._waiting[turn.conversation] >= MOST_WAITING:
            raise RefusedError("busy", 429, wait=5)
        if len(self._running) >= MOST_ALTOGETHER:
            raise RefusedError("crowded", 503, wait=30)
        events: Events = asyncio.Queue()
        self._waiting[turn.conversation] += 1
        task = asyncio.ensure_future(self._in_order(turn, events))
        self._running.add(task)
        task.add_done_callback(lambda ended: self._end(ended, turn, events))
        return events

    async def _in_order(self, turn: Turn, events: Events) -> None:
        lock = self._locks.setdefault(turn.conversation, asyncio.Lock())
        async with lock, self._places:
            before = await self._answered_before(turn)
            parts = await self._ask(turn, events) if before is None else self._repeat(before, events)
        if parts:
            events.put_nowait(Event("done", {}))

    async def _answered_before(self, turn: Turn) -> list[Part] | None:
        """What was answered to the same try; None also while the database is away: the turn then goes on in memory."""
        try:
            return await in_thread(lambda: self._history.answer(turn.conversation, turn.said.turn))
        except SQLAlchemyError as fault:
            logger.error("The database is away, a try cannot be known again: %s", type(fault).__name__)
            return None

    async def _ask(self, turn: Turn, events: Events) -> list[Part]:
        parts: list[Part] = []

        def send(part: Part) -> None:
            parts.append(part)
            events.put_nowait(Event("message", part))

        await asyncio.wait_for(self._answer(turn, send), self._slowest)
        return parts

    def _repeat(self, parts: list[Part], events: Events) -> list[Part]:
        for part in parts:
            events.put_nowait(Event("message", part))
        return parts

    def _end(self, task: "asyncio.Task[None]", turn: Turn, events: Events) -> None:
        self._running.discard(task)
        self._waiting[turn.conversation] -= 1
        if not self._waiting[turn.conversation]:
            del self._waiting[turn.conversation]
        events.put_nowait(None)
        fault = None if task.cancelled() else task.exception()
        if fault:
            logger.error("a turn of the web chat failed", exc_info=fault)
