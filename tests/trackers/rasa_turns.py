"""Turns as Rasa writes them into a tracker."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.trackers.store import ConversationStore

RESULT: dict[str, Any] = {
    "plan": {"parts": []},
    "assessment": {
        "care": "self_care",
        "walking": "walk_freely",
        "reasons": [],
        "knowledge": {"version": "1", "sha256": "0" * 64},
        "corrections": [],
        "exercises": [],
        "red_flags": [],
        "denied": [],
        "not_asked": [],
    },
}


async def take_turn(
    store: ConversationStore, domain: Domain, sender: str, text: str, custom: dict[str, Any] | None = None
) -> DialogueStateTracker:
    """One turn the way Rasa's processor takes it: load, hear, answer, set the session, save."""
    tracker = await store.get_or_create_tracker(sender)
    if not tracker.applied_events():
        tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted()], domain)
        tracker.update(ActionExecuted("action_listen"), domain)
    hear(tracker, domain, text)
    answer(tracker, domain, text, custom or {})
    await store.save(tracker)
    return tracker


def hear(tracker: DialogueStateTracker, domain: Domain, text: str) -> None:
    number = len(said_so_far(tracker)) + 1
    heard = UserUttered(text, {"name": "tell", "confidence": 1.0}, [], {"reading": {"findings": {}, "words": {}}})
    heard.message_id = f"{tracker.sender_id}/{number}"
    heard.input_channel = "rest"
    tracker.update(heard, domain)


def answer(tracker: DialogueStateTracker, domain: Domain, text: str, custom: dict[str, Any]) -> None:
    told = [*said_so_far(tracker), text]
    session = {"findings": {"sitting_hours": len(told)}, "words": {"sitting_hours": "|".join(told)}, "put": len(told)}
    if custom:
        session["result"] = "walk_freely"
    if custom.get("deleted"):
        session = {}
    events = [ActionExecuted("action_take_answer"), BotUttered(f"You said {text}", {"custom": custom})]
    tracker.update_with_events([*events, SlotSet("session", session), ActionExecuted("action_listen")], domain)


def said_so_far(tracker: DialogueStateTracker) -> list[str]:
    """What the person said in all turns, as the session remembers it."""
    words = (tracker.get_slot("session") or {}).get("words", {}).get("sitting_hours", "")
    return words.split("|") if words else []
