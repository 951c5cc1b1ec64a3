"""Turns for the ledger: those of a real conversation, and plain ones for tests that only count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic.turn_kept import Stamp, TurnKept
from assistant.conversation import asides, turns
from assistant.conversation.hearing import Heard
from assistant.conversation.responding import respond
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.triage.decide import decide

BEGAN = 1_790_000_000.0
"""When the conversations of the tests begin, in seconds since the epoch; a turn takes a minute."""
COMMANDS = {
    "start over": asides.start_over,
    "back": asides.go_back,
    "summary": asides.summary,
    "delete my data": asides.delete,
    "I misread that": turns.withdraw,
}


@dataclass
class Talker:
    """Somebody who talks to the real conversation, without Rasa around it."""

    knowledge: Knowledge
    reader: Reader
    conversation: str = "somebody"
    session: Session = field(default_factory=Session)
    count: int = 0

    def say(self, text: str) -> TurnKept:
        """One turn, as the tracker store tells it to the ledger."""
        reading = self._read(text)
        heard = Heard(text, **{name: value for name, value in reading.items() if name != "spans"})
        speak = COMMANDS.get(text, turns.tell)
        self.session, said = respond(speak, turns.Turn(self.session, heard, Voice(self.knowledge)))
        self.count += 1
        return TurnKept(
            conversation=self.conversation,
            channel="web",
            at=BEGAN + 60 * self.count,
            text=text,
            reading=reading,
            said=[_plain(say) for say in said],
            session=json.loads(json.dumps(self.session.slot())),
            message_id=f"{self.conversation}/{self.count}",
        )

    def _read(self, text: str) -> dict[str, Any]:
        read = self.reader.read(text)
        spans = [
            {"finding": s.finding, "value": s.value, "standing": s.standing.value, "start": s.start, "end": s.end}
            for s in read.spans
        ]
        groups = {name: list(getattr(read, name)) for name in ("denied", "other_person", "past", "hypothetical")}
        words = {s.finding: text[s.start : s.end] for s in reversed(read.spans)}
        return {"findings": read.findings, **groups, "words": words, "numbers": list(read.numbers), "spans": spans}


def _plain(say: Say) -> dict[str, Any]:
    return {"text": say.text, "buttons": list(say.buttons), "custom": json.loads(json.dumps(say.custom))}


def keep_all(engine: Engine, kept: Sequence[TurnKept]) -> None:
    """Write each turn in a transaction of its own."""
    for turn in kept:
        with engine.begin() as connection:
            ledger.keep(connection, turn, Stamp("1", "0" * 64))


def finished(
    findings: dict[str, Any], knowledge: Knowledge, conversation: str = "somebody", number: int = 1
) -> TurnKept:
    """A turn in which somebody with these findings is told the result."""
    assessment = decide(findings, knowledge.book)
    session = Session(findings=findings, put=number, result=assessment["walking"])
    plain = PLAIN_RESULT | {"custom": {"assessment": assessment, "plan": PLAN}}
    return replace(simple(conversation, number), session=session.slot(), said=[plain])


PLAN = {"verdict": "Your result.", "parts": []}
PLAIN_RESULT: dict[str, Any] = {"text": "Your result."}
RESULT = {
    "care": "self_care",
    "walking": "walk_freely",
    "reasons": [],
    "knowledge": {"version": "1", "sha256": "0" * 64},
}
PARTS: dict[str, Any] = {"corrections": [], "exercises": [], "red_flags": [], "denied": [], "not_asked": []}


def simple(conversation: str, number: int, text: str = "no", result: bool = True, **assessment: Any) -> TurnKept:
    """The turn with that number of a conversation that was told a result."""
    told = {"custom": {"plan": PLAN, "assessment": {**RESULT, **PARTS, **assessment}}} if result else {}
    session = Session(findings={"sitting_hours": number}, put=number, result="walk_freely" if result else "")
    return TurnKept(
        conversation=conversation,
        channel="web",
        at=BEGAN + 60 * number,
        text=text,
        reading={"findings": {"sitting_hours": number}, "words": {}},
        said=[PLAIN_RESULT | told],
        session=session.slot(),
        message_id=f"{conversation}/{number}",
    )
