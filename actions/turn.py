"""What every action shares: the tracker becomes a turn, and what is said becomes Rasa's messages and slots."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from assistant import log_lines
from assistant.conversation.hearing import Heard
from assistant.conversation.responding import respond
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.turns import Turn
from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge, open_knowledge, stamp_of
from assistant.settings import knowledge_path
from assistant.triage.decide import decide

Events = list[dict[str, Any]]
logger = logging.getLogger(__name__)
Speak = Callable[[Turn], tuple[Session, list[Say]]]


@lru_cache(maxsize=2)
def _opened(stamp: str) -> Knowledge:
    known = open_knowledge(knowledge_path())
    if known.book.sha256 != stamp:
        raise InputError(
            f"{knowledge_path()}: the knowledge base was swapped in this moment; the next turn uses the new one"
        )
    return known


def knowledge() -> Knowledge:
    """The knowledge base; a file that was swapped is read anew, without a restart."""
    return _opened(stamp_of(knowledge_path()))


def take_turn(tracker: Tracker, dispatcher: CollectingDispatcher, speak: Speak) -> Events:
    """Let `speak` answer the last message, send what it says, and keep the session in its slots."""
    began = time.perf_counter()
    message = tracker.latest_message or {}
    known = knowledge()
    voice = Voice(known, (message.get("metadata") or {}).get("locale", ""))
    reading = message.get("reading") or {}
    heard = Heard(text=message.get("text") or "", **reading)
    session, spoken = respond(speak, Turn(Session.of(tracker.get_slot("session")), heard, voice))
    for say in spoken:
        dispatcher.utter_message(**_packed(say))
    assessment = decide(session.findings, known.book)
    trace = log_lines.trace_of(message.get("message_id") or "")
    log_lines.event(logger, "action", trace=trace, ms=round(1000 * (time.perf_counter() - began)))
    told = {"session": session.slot(), "asked": session.asked, **{k: assessment[k] for k in ("care", "walking")}}
    # Rasa validates each event at some length, so a slot that stays as it is is not told again.
    return [SlotSet(name, value) for name, value in told.items() if value != tracker.get_slot(name)]


def _packed(say: Say) -> dict[str, Any]:
    packed: dict[str, Any] = {"text": say.text}
    if say.buttons:
        packed["buttons"] = [{"title": words, "payload": words} for words in say.buttons]
    if say.custom:
        packed["json_message"] = dict(say.custom)
    return packed
