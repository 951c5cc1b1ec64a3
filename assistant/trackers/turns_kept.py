"""What is kept of a tracker: the few events that the next turn needs, and the turn itself for the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.events import BotUttered, Event, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.clinic.turn_kept import TurnKept

SESSION = "session"
SHOWN = ("buttons", "custom", "image")


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


def last_turn(tracker: DialogueStateTracker) -> TurnKept | None:
    """What the person said last, as it stood before their eyes, and what was answered; None before the first words.

    The places of a reading are those of the text that was read, so a tapped answer has none.
    """
    events = list(tracker.events)
    turns = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    if not turns:
        return None
    said = events[turns[-1]]
    reading = (said.parse_data or {}).get("reading") or {}
    shown = (said.metadata or {}).get("shown") or ""
    return TurnKept(
        conversation=tracker.sender_id,
        channel=said.input_channel or "",
        at=said.timestamp,
        text=shown or said.text or "",
        reading={**reading, "spans": []} if shown else reading,
        said=_answers(events[turns[-1] :]),
        session=tracker.get_slot(SESSION) or {},
        message_id=said.message_id or "",
    )


def _answers(events: Sequence[Event]) -> tuple[dict[str, Any], ...]:
    return tuple(_answer(event) for event in events if isinstance(event, BotUttered))


def _answer(event: BotUttered) -> dict[str, Any]:
    more = {name: event.data[name] for name in SHOWN if event.data.get(name)}
    return {"text": event.text, **more} if event.text else more
