"""The actions without servers: an intent and a message go in, the real action runs, its messages and slots come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import answers, commands, talk
from assistant.language.reading import Reader
from assistant.settings import ROOT
from tests.conversations.simulated import listen

ALARMING = ("emergency", "urgent")
Message = Mapping[str, Any]


@cache
def actions_by_intent() -> dict[str, Action]:
    """The action of each intent, as data/turns has it."""
    made = [thing() for module in (answers, commands, talk) for thing in vars(module).values() if _is_action(thing)]
    named = {action.name(): action for action in made}
    files = sorted((ROOT / "data" / "turns").glob("*.yml"))
    steps = [rule["steps"] for file in files for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]]
    return {first["intent"]: named[second["action"]] for first, second in steps}


def _is_action(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, Action) and thing is not Action


class Door:
    """One conversation: its slots, and what was read in the last message."""

    def __init__(self, reader: Reader, levels: Mapping[str, str | None]) -> None:
        self.slots: dict[str, Any] = {}
        self.findings: Mapping[str, Any] = {}
        self.denied: Sequence[str] = ()
        self._reader = reader
        self._levels = levels

    def say(self, text: str, intent: str = "tell") -> Sequence[Message]:
        """The messages that answer `text`. A warning sign takes the intent over, as FindingReader does it."""
        heard = asdict(listen(text, self._reader))
        del heard["text"]
        self.findings, self.denied = heard["findings"], heard["denied"]
        if any(self._levels[f] in ALARMING and v is True for f, v in self.findings.items()):
            intent = "report_red_flag"
        message = {"text": text, "reading": heard, "metadata": {"locale": "en-GB"}}
        tracker = Tracker("someone", self.slots, message, [], False, None, {}, "")
        dispatcher = CollectingDispatcher()
        events = actions_by_intent()[intent].run(dispatcher, tracker, {})
        self.slots = {**self.slots, **{e["name"]: e["value"] for e in events if e["event"] == "slot"}}
        return list(dispatcher.messages)

    @property
    def told(self) -> dict[str, Any]:
        """Every finding of the session."""
        return dict((self.slots.get("session") or {}).get("findings", {}))
