"""Random people talk to the real actions; what must hold at every turn is checked at every turn.

PSOAS_LONG=1 plays 100,000 turns instead of the 2,000 of an ordinary run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.conversations.door import Door, Message
from tests.conversations.invariants import Before, Promises

PEOPLE = yaml.safe_load((Path(__file__).parent / "people.yml").read_text(encoding="utf-8"))
LONG = os.environ.get("PSOAS_LONG") == "1"
TURNS = 100_000 if LONG else 2_000
STEPS = 40
TALK = [text for name in ("ordinary", "contradictions", "gibberish") for text in PEOPLE[name]]
TALK += ["9" * 400, "my hip is tight and " * 500]
COMMANDS = [(intent, text) for intent, texts in PEOPLE["commands"].items() for text in texts]


class Person(RuleBasedStateMachine):
    """Somebody who says anything at any time."""

    knowledge: Knowledge
    reader: Reader
    turns = 0

    def __init__(self) -> None:
        super().__init__()
        self.door = Door(self.reader, {f["id"]: f.get("level") for f in self.knowledge.findings})
        self.promises = Promises(self.knowledge)
        self.last: Sequence[Message] = ()

    def hear(self, text: str, intent: str = "tell") -> None:
        """One turn, and everything that must hold after it."""
        before = Before(self.door.told, self.door.slots.get("asked"), bool(self.door.slots.get("session")))
        self.last = self.door.say(text, intent)
        type(self).turns += 1
        json.dumps([self.last, self.door.slots])
        self.promises.check(before, self.door, self.last, intent)

    @rule(text=st.sampled_from(TALK))
    def talk(self, text: str) -> None:
        self.hear(text)

    @rule(text=st.text(max_size=60))
    def type_anything(self, text: str) -> None:
        self.hear(text, "nlu_fallback")

    @rule(said=st.sampled_from(COMMANDS))
    def command(self, said: tuple[str, str]) -> None:
        self.hear(said[1], said[0])

    @rule(sign=st.sampled_from(sorted(PEOPLE["red_flags"])), intent=st.sampled_from(["tell", "thank", "ask_document"]))
    def red_flag(self, sign: str, intent: str) -> None:
        text = PEOPLE["red_flags"][sign]
        self.hear(text, intent)
        assert self.door.told.get(sign) is True, f"“{text}” was not taken as {sign}"

    @rule(choose=st.data())
    def answer(self, choose: st.DataObject) -> None:
        question = self._open()
        if question is None:
            return
        options = [option["value"] for option in question["options"]]
        chosen = choose.draw(st.lists(st.sampled_from(options or ["5"]), min_size=1, max_size=3, unique=True))
        many = question["kind"] == "many"
        words = ["I don't know", "none" if many else "no", "yes", ", ".join(chosen if many else chosen[:1])]
        self.hear(choose.draw(st.sampled_from(words)))

    @rule()
    def come_to_an_end(self) -> None:
        """Plain answers lead to a result, from anywhere, within the promised number of questions."""
        for count in range(18):
            question = self._open()
            if question is None:
                return
            assert count <= 16, "more than 16 questions to a result"
            self.hear(_plain(question))

    def _open(self) -> dict[str, Any] | None:
        customs = (m.get("custom") or {} for m in self.last)
        return next((dict(c["question"]) for c in customs if "question" in c), None)


def _plain(question: dict[str, Any]) -> str:
    if question["kind"] in ("number", "scale"):
        return "4"
    options = [option["value"] for option in question["options"]]
    return "none" if "none" in options else options[0] if options else "no"


def test_what_is_promised_holds_at_every_turn(
    knowledge: Knowledge, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    monkeypatch.setattr(Person, "knowledge", knowledge, raising=False)
    monkeypatch.setattr(Person, "reader", reader, raising=False)
    monkeypatch.setattr(Person, "turns", 0)
    chosen = settings(
        max_examples=TURNS // 20,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not LONG,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Person, settings=chosen)  # type: ignore[no-untyped-call]
    assert Person.turns >= TURNS
