"""Rasa's tracker store on the ledger's database: a turn, what the next one needs, and its case in one transaction.

Loading costs the same however long a conversation is: only slots and the last turn are kept as state, and what this process
holds of it is used as long as no other process has written since. While the database is away, conversations go on in memory
and are written with the first turn after it came back, of whichever conversation.
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
from threading import Lock
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from assistant import log_lines
from assistant.clinic import ledger
from assistant.clinic.notices import sending
from assistant.clinic.turn_kept import Stamp, TurnKept
from assistant.knowledge_base.reading import stamp_of
from assistant.settings import database_url, knowledge_path
from assistant.trackers import conversations, watching
from assistant.trackers.sound_schemas import remember_sound_schemas
from assistant.trackers.turns_kept import last_turn, shortened
from assistant.trackers.unreachable import Unreachable

LIVE = 5_000
"""So many conversations are held in memory beside the database."""
GOES_ON = 24 * 3600.0
"""Seconds after which a conversation that nobody went on with is let go; its case stays in the ledger."""
SWEEP_EVERY = 3600.0
"""Seconds between two looks for what may go."""
WRITERS = 8
"""Connections that write at once; SQLite has one."""
CAUGHT_UP = 50
"""So many other conversations are written behind one turn once the database is back."""

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
        sending.start(self._engine)
        one = self._engine.dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(1 if one else WRITERS, thread_name_prefix="conversations")
        self._live: OrderedDict[str, Live] = OrderedDict()
        self._behind: set[str] = set()
        self._one_by_one = [Lock() for _ in range(64)]
        self._swept = time.monotonic()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation with its slots and last turn; None where there is none, and one that breaks the turn off where that
        cannot be told."""
        try:
            live = await self._in_thread(lambda: self._current(sender_id))
        except SQLAlchemyError as fault:
            logger.error("The database is away, a conversation cannot be read: %s", type(fault).__name__)
            return Unreachable(sender_id, self.domain.slots)
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
        with self._alone(turn.conversation):
            known = self._live.get(turn.conversation, Live(0, ()))
            live = replace(known, events=events, unwritten=(*known.unwritten, turn))
            watching.UNWRITTEN.inc()
            try:
                self._put(turn.conversation, live)
            except SQLAlchemyError as fault:
                self._hold(turn.conversation, live)
                self._behind.add(turn.conversation)
                watching.FAULTS.labels("database").inc()
                logger.error("A turn could not be written and is kept in memory: %s", type(fault).__name__)
                return
        self._catch_up()
        self._sweep()

    def _alone(self, conversation: str) -> Lock:
        """Whoever holds this is the only thread that writes the conversation."""
        return self._one_by_one[hash(conversation) % len(self._one_by_one)]

    def _put(self, conversation: str, live: Live, *, unless_newer: bool = False) -> None:
        with self._engine.begin() as connection:
            version = _written(connection, live, unless_newer)
        watching.UNWRITTEN.dec(len(live.unwritten))
        self._behind.discard(conversation)
        if version is None:
            self._live.pop(conversation, None)
        else:
            self._hold(conversation, Live(version, live.events))

    def _catch_up(self) -> None:
        """Write what others said while the database was away."""
        for conversation in list(self._behind)[:CAUGHT_UP]:
            with self._alone(conversation):
                live = self._live.get(conversation)
                self._behind.discard(conversation)
                if live is None or not live.unwritten:
                    continue
                try:
                    self._put(conversation, live, unless_newer=True)
                except SQLAlchemyError as fault:
                    logger.error("What waits in memory could not be written: %s", type(fault).__name__)
                    if isinstance(fault, OperationalError | InterfaceError):
                        self._behind.add(conversation)
                        return

    def _sweep(self) -> None:
        if time.monotonic() - self._swept < SWEEP_EVERY:
            return
        self._swept = time.monotonic()
        now = time.time()
        with self._engine.begin() as connection:
            conversations.drop_older(connection, now - GOES_ON)
            ledger.sweep(connection, now)


def _written(connection: Connection, live: Live, unless_newer: bool) -> int | None:
    """Write every turn that is not written yet, and the state after the last; None when the person had it deleted, or when
    another process went on from there in the meantime."""
    turn, knowledge = live.unwritten[-1], _knowledge(stamp_of(knowledge_path()))
    for kept in live.unwritten:
        ledger.keep(connection, kept, knowledge)
    if turn.deleted or (unless_newer and _went_on(connection, turn.conversation, live.version)):
        return None
    state = json.dumps([event.as_dict() for event in live.events])
    return conversations.store(connection, turn.conversation, state, time.time())


def _went_on(connection: Connection, conversation: str, version: int) -> bool:
    row = conversations.load(connection, conversation, version)
    return row is not None and row.version != version


@lru_cache(maxsize=2)
def _knowledge(stamp: str) -> Stamp | None:
    """The stamp of the knowledge base, read anew when its file was swapped; None while it is away here, though not where the
    turn was answered."""
    return Stamp.of(knowledge_path()) if stamp else None
