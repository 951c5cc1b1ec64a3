"""Rasa's tracker store on the ledger's database: a turn, what the next one needs, and its case in one transaction.

Loading costs the same however long a conversation is: only slots and the last turn are kept as state, and what this process
holds of it is used as long as no other process has written since. While the database is away, conversations go on in memory
and are written with the first turn after it came back.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from assistant import log_lines
from assistant.clinic import ledger
from assistant.clinic.turn_kept import Stamp, TurnKept
from assistant.knowledge_base.reading import stamp_of
from assistant.settings import database_url, knowledge_path
from assistant.trackers import conversations, watching
from assistant.trackers.sound_schemas import remember_sound_schemas
from assistant.trackers.turns_kept import last_turn, shortened

LIVE = 5_000
"""So many conversations are held in memory beside the database."""
GOES_ON = 24 * 3600.0
"""Seconds after which a conversation that nobody went on with is let go; its case stays in the ledger."""
SWEEP_EVERY = 3600.0
"""Seconds between two looks for what may go."""
WRITERS = 8
"""Connections that write at once; SQLite has one."""

T = TypeVar("T")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Live:
    """A conversation as this process knows it. `unwritten`: turns that the database could not take yet."""

    version: int
    events: tuple[Event, ...]
    unwritten: tuple[TurnKept, ...] = ()


class ConversationStore(TrackerStore):  # type: ignore[misc]
    """In endpoints.yml: ``tracker_store: {type: assistant.trackers.store.ConversationStore}``."""

    def __init__(
        self, domain: Domain | None, event_broker: EventBroker | None = None, url: str = "", **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker)
        remember_sound_schemas()
        self._engine = ledger.ready(url or database_url())
        conversations.make_table(self._engine)
        one = self._engine.dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(1 if one else WRITERS, thread_name_prefix="conversations")
        self._live: OrderedDict[str, Live] = OrderedDict()
        self._swept = time.monotonic()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation with its slots and last turn; None where there is none."""
        live = await self._in_thread(lambda: self._current(sender_id))
        if live is None:
            return None
        return DialogueStateTracker.from_events(sender_id, list(live.events), self.domain.slots, domain=self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the last turn. A turn that nothing answered, because the action server was away, leaves the conversation as it
        was, so that the person can say it again; before the first words there is nothing to write."""
        turn = last_turn(tracker)
        if turn is None:
            return
        if not turn.said:
            watching.FAULTS.labels("unanswered").inc()
            return
        await self._in_thread(lambda: self._write(turn, tuple(shortened(tracker))))
        took = time.time() - turn.at
        watching.count_turn(turn, took)
        known = turn.assessment or {}
        told = {name: known[name] for name in ("care", "walking") if name in known}
        trace = log_lines.trace_of(turn.message_id)
        log_lines.event(logger, "turn", trace=trace, channel=turn.channel, ms=round(1000 * took), **told)

    async def keys(self) -> list[str]:
        """The ids of all conversations that go on."""
        return await self._in_thread(self._ids)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _ids(self) -> list[str]:
        with ledger.reading(self._engine) as connection:
            return conversations.ids(connection)

    def _current(self, conversation: str) -> Live | None:
        live = self._live.get(conversation)
        if live is not None and live.unwritten:
            return live
        try:
            with ledger.reading(self._engine) as connection:
                row = conversations.load(connection, conversation, live.version if live else 0)
        except SQLAlchemyError as fault:
            if live is None:
                raise
            logger.error("The database is away, the conversation goes on from memory: %s", type(fault).__name__)
            return live
        if row is None:
            self._live.pop(conversation, None)
            return None
        if row.state is not None:
            live = self._hold(conversation, Live(row.version, tuple(deserialise_events(json.loads(row.state)))))
        return live

    def _hold(self, conversation: str, live: Live) -> Live:
        self._live[conversation] = live
        self._live.move_to_end(conversation)
        while len(self._live) > LIVE and not next(iter(self._live.values())).unwritten:
            self._live.popitem(last=False)
        return live

    def _write(self, turn: TurnKept, events: tuple[Event, ...]) -> None:
        known = self._live.get(turn.conversation, Live(0, ()))
        live = replace(known, events=events, unwritten=(*known.unwritten, turn))
        try:
            with self._engine.begin() as connection:
                version = _written(connection, live)
        except SQLAlchemyError as fault:
            self._hold(turn.conversation, live)
            watching.UNWRITTEN.inc()
            watching.FAULTS.labels("database").inc()
            logger.error("A turn could not be written and is kept in memory: %s", type(fault).__name__)
            return
        watching.UNWRITTEN.dec(len(known.unwritten))
        if version is None:
            self._live.pop(turn.conversation, None)
        else:
            self._hold(turn.conversation, Live(version, events))
        self._sweep()

    def _sweep(self) -> None:
        if time.monotonic() - self._swept < SWEEP_EVERY:
            return
        self._swept = time.monotonic()
        now = time.time()
        with self._engine.begin() as connection:
            conversations.drop_older(connection, now - GOES_ON)
            ledger.sweep(connection, now)


def _written(connection: Connection, live: Live) -> int | None:
    """Write every turn that is not written yet, and the state after the last; None when the person had it deleted."""
    turn, knowledge = live.unwritten[-1], _knowledge(stamp_of(knowledge_path()))
    for kept in live.unwritten:
        ledger.keep(connection, kept, knowledge)
    if turn.deleted:
        return None
    state = json.dumps([event.as_dict() for event in live.events])
    return conversations.store(connection, turn.conversation, state, time.time())


@lru_cache(maxsize=2)
def _knowledge(stamp: str) -> Stamp:
    """The stamp of the knowledge base; read anew when its file was swapped."""
    return Stamp.of(knowledge_path())
