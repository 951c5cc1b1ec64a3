"""A Rasa tracker store that remembers no more than it needs: the slots, and the last turn.

Everything that counts is in the slots, so older turns are let go as soon as a newer one is saved. A turn then costs the same
however long the conversation is, and what was deleted is gone. Nothing is written to disk; a restart forgets everything.
"""

import time
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

FORGET_AFTER = 24 * 3600.0
"""Seconds after which a conversation that nobody went on with is forgotten."""
SWEEP_EVERY = 600.0
"""Seconds between two looks for such conversations."""


class ShortMemoryTrackerStore(InMemoryTrackerStore):
    """Keeps each conversation's slots and last turn in memory, for a day."""

    def __init__(self, domain: Domain, event_broker: EventBroker | None = None, **kwargs: dict[str, Any]) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._saved: dict[str, float] = {}
        self._swept = time.monotonic()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what the next turn needs."""
        await self.stream_events(tracker)
        kept = DialogueStateTracker.from_events(tracker.sender_id, shortened(tracker), slots=self.domain.slots)
        self.store[tracker.sender_id] = self.serialise_tracker(kept)
        self._saved[tracker.sender_id] = time.monotonic()
        self._sweep()

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept < SWEEP_EVERY:
            return
        self._swept = now
        for sender in [sender for sender, saved in self._saved.items() if now - saved > FORGET_AFTER]:
            del self._saved[sender]
            self.store.pop(sender, None)


def shortened(tracker: DialogueStateTracker) -> list[Event]:
    """The events that give back the tracker's slots and its last turn; after a restart only what came since."""
    events = list(tracker.events)
    restarts = [at for at, event in enumerate(events) if isinstance(event, Restarted)]
    if restarts:
        return events[restarts[-1] + 1 :]
    turns = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    if not turns or turns[-1] == 0:
        return events
    told = [SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value is not None]
    return [*told, *events[turns[-1] :]]
