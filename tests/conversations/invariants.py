"""What must hold at every turn of every conversation, whatever is said: the safety properties of docs/contract.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.decide import decide
from assistant.triage.rules import Correction, Exercise
from tests.conversations.door import Door, Message

TAKING_BACK = frozenset(["go_back", "start_over", "delete_data", "withdraw", "change_answer"])
CLEARING = frozenset(["start_over", "delete_data"])
ON_FOOT = frozenset(["walk_freely", "walk_with_corrections"])
ASIDES = frozenset(
    ["ask_why", "recall", "summary", "more", "ask_document", "help", "small_talk", "out_of_scope", "thank"]
)
DOING = frozenset(["corrections", "exercises", "stop", "left_out"])


@dataclass(frozen=True)
class Before:
    """The conversation as it was: its findings, the open question, and whether anything had been said."""

    findings: Mapping[str, Any]
    asked: str | None
    begun: bool


class Promises:
    """Checks a turn. Knows every sentence that encourages walking or exercise, out of the knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.book = knowledge.book
        things: list[Correction | Exercise] = [*self.book.corrections, *self.book.exercises]
        verdicts = ("verdict_walk_freely", "verdict_walk_with_corrections", "verdict_restore_first")
        self.advice = {thing.name for thing in things}
        self.advice |= {knowledge.messages[name].split("**")[1] for name in verdicts}
        self.advice |= {e.quote for thing in things for e in thing.evidence if e.source == "document"}

    def check(self, before: Before, door: Door, spoken: Sequence[Message], intent: str) -> None:
        """Everything below, for one turn."""
        assessment = decide(door.told, self.book)
        assert spoken, "nothing was said"
        assert all(m.get("text", "").strip() for m in spoken), "an empty message"
        self._withheld(assessment, spoken)
        self._on_foot(door, assessment, spoken)
        self._nothing_lost(before, door, intent)
        self._cleared(door, intent)
        self._answered_at_once(door, assessment, spoken, intent)
        self._quoted(spoken)
        if intent in ASIDES and before.asked and not (door.findings or door.denied):
            assert door.slots["asked"] == before.asked, f"{intent} lost the place"

    def _withheld(self, assessment: Mapping[str, Any], spoken: Sequence[Message]) -> None:
        if assessment["care"] not in ("urgent", "emergency"):
            return
        assert assessment["walking"] == "withheld"
        texts = [text for message in spoken for text in _texts(message)]
        found = [a for a in self.advice for text in texts if a in text]
        assert not found, f"advice beside {assessment['care']}: {found[:2]}"
        told = [c["assessment"] for c in _customs(spoken) if "assessment" in c]
        assert all(not a["corrections"] and not a["exercises"] for a in told)
        assert not any("plan" in c for c in _customs(spoken))

    def _on_foot(self, door: Door, assessment: Mapping[str, Any], spoken: Sequence[Message]) -> None:
        if any(door.told.get(f) is True for f in ("sharp_pain_walking", "pain_increasing_with_activity")):
            told = [c["assessment"] for c in _customs(spoken) if "assessment" in c]
            assert not any(a["walking"] in ON_FOOT for a in (assessment, *told))

    def _nothing_lost(self, before: Before, door: Door, intent: str) -> None:
        if intent in TAKING_BACK:
            return
        lost = [f for f, v in before.findings.items() if v is not None and door.told.get(f) is None]
        assert not lost, f"forgotten: {lost}"
        waved = [f for f, v in before.findings.items() if v is True and self._flag(f) and door.told[f] is not True]
        assert not waved, f"a warning sign was waved away: {waved}"

    def _flag(self, finding: str) -> bool:
        return self.book.findings[finding].kind == "flag"

    def _cleared(self, door: Door, intent: str) -> None:
        if intent in CLEARING and not door.findings:
            session = door.slots["session"]
            left = {name: session[name] for name in ("findings", "words", "answered", "imagined", "alerted", "result")}
            assert not any(left.values()), f"left after {intent}: {left}"

    def _answered_at_once(
        self, door: Door, assessment: Mapping[str, Any], spoken: Sequence[Message], intent: str
    ) -> None:
        signs = {f: True for f, v in door.findings.items() if v is True and self._flag(f)}
        alone = decide(signs, self.book)["care"]
        if alone not in ("urgent", "emergency"):
            return
        assert assessment["care"] in ("urgent", "emergency"), f"{list(signs)} said, care is {assessment['care']}"
        still = self.knowledge.messages["alert_still"].split("{")[0]
        alerts = [c["alert"] for c in _customs(spoken) if "alert" in c]
        assert alerts or any(still in m["text"] for m in spoken), f"{list(signs)} got no answer to “{intent}”"

    def _quoted(self, spoken: Sequence[Message]) -> None:
        for plan in (c["plan"] for c in _customs(spoken) if "plan" in c):
            lines = [line for part in plan["parts"] if part["id"] in DOING for line in part["lines"]]
            bare = [line["text"] for line in lines if not line["quote"]]
            assert not bare, f"no quote for {bare}"


def _customs(spoken: Sequence[Message]) -> Iterator[Mapping[str, Any]]:
    return (m["custom"] for m in spoken if m.get("custom"))


def _texts(written: Any) -> Iterator[str]:
    """Every string inside a message, its text and what stands beside it."""
    if isinstance(written, str):
        yield written
    parts = written.values() if isinstance(written, Mapping) else written if isinstance(written, list | tuple) else ()
    for part in parts:
        yield from _texts(part)
