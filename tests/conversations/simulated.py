"""Plays people against the conversation: what they say first, then an answer to every question until a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import yaml

from assistant.conversation import asides
from assistant.conversation.hearing import Heard
from assistant.conversation.responding import respond
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.turns import Turn, change, tell, withdraw
from assistant.knowledge_base.reading import Knowledge
from assistant.language.intents import IntentModel, train
from assistant.language.reading import Reader
from assistant.settings import ROOT
from assistant.triage.rules import CARE, Rulebook
from tests.cases.cases import Case, complete

Talk = Callable[[str], Sequence[Say]]
"""One conversation: a message in, what is said out."""
UNSURE = "I don't know"
SPEAKERS: Mapping[str, asides.Speak] = {
    "withdraw": withdraw,
    "change_answer": change,
    "ask_document": asides.document_question,
    "more": asides.more,
}
PATIENCE = 40
"""After so many messages a person gives up; the conversation has then failed."""


@dataclass(frozen=True)
class Played:
    """How a case went: the assessment told at the first result ({} where none came), the ids of the questions up to there,
    every line said, and the assessment told `later`, after all that the case says then."""

    case: Case
    assessment: Mapping[str, Any]
    asked: tuple[str, ...]
    lines: tuple[str, ...]
    later: Mapping[str, Any]

    @property
    def step(self) -> int:
        """How much higher (or lower) the care told is than the care expected; without a result the lowest."""
        return CARE.index(self.assessment.get("care", CARE[0])) - CARE.index(self.case.expect["care"])

    @property
    def exact(self) -> bool:
        """Whether care and walking are both as expected."""
        return all(self.assessment.get(name) == self.case.expect[name] for name in ("care", "walking"))

    def wrong_later(self) -> list[str]:
        """What is not as expected after what the case says later, each as one line."""
        wanted = {name: value for name, value in self.case.more.items() if name in ("care", "walking")}
        lines = [
            f"{name}: {self.later.get(name)}, expected {v}" for name, v in wanted.items() if self.later.get(name) != v
        ]
        reported = self.later.get("red_flags", ())
        lines += [f"{flag} is still reported" for flag in self.case.more.get("not_flags", ()) if flag in reported]
        return [f"{self.case.id}: {line}" for line in lines]

    def wrong(self) -> str:
        """One line for a person who looks for the reason."""
        wanted = " ".join(self.case.expect[name] for name in ("care", "walking"))
        got = " ".join(str(self.assessment.get(name)) for name in ("care", "walking"))
        return (
            f"{self.case.id}: {got}, expected {wanted}; flags {self.assessment.get('red_flags')}; “{self.case.opening}”"
        )


def listen(text: str, reader: Reader) -> Heard:
    """What the reader finds in a message, as the conversation takes it."""
    read = reader.read(text)
    words = {s.finding: text[s.start : s.end] for s in read.spans}
    spans = [{**asdict(s), "standing": s.standing.value} for s in read.spans]
    groups = (read.findings, read.denied, read.other_person, read.past, read.hypothetical)
    return Heard(text, *groups, words, read.numbers, spans)


@cache
def intents() -> IntentModel:
    """The model of what a message is for, trained on data/nlu as Rasa trains it."""
    written = yaml.safe_load((ROOT / "data" / "nlu" / "intents.yml").read_text(encoding="utf-8"))["nlu"]
    return train((line[2:], block["intent"]) for block in written for line in block["examples"].splitlines())


def in_process(knowledge: Knowledge, reader: Reader) -> Talk:
    """A new conversation without servers. The session goes through its slot, as it does in Rasa."""
    slot: dict[str, Any] = {}

    def talk(text: str) -> Sequence[Say]:
        turn = Turn(Session.of(slot), listen(text, reader), Voice(knowledge, "en-GB"))
        session, spoken = respond(_speaker(turn), turn)
        slot.clear()
        slot.update(session.slot())
        return spoken

    return talk


def _speaker(turn: Turn) -> asides.Speak:
    """What answers a message once a conversation has come to its result; before that everything is told."""
    intent = intents().guess(turn.heard.text).intent if turn.session.alerted or turn.session.result else "tell"
    return SPEAKERS.get(str(intent), tell)


def play(case: Case, talk: Talk, book: Rulebook) -> Played:
    """Say the opening, answer every question until none is asked, then say what the case says later."""
    person = complete(case.person, book)
    said = Conversation(talk, person, book)
    said.go_on(case.opening)
    assessment, asked = said.assessment, tuple(said.asked)
    person |= dict.fromkeys(case.more.get("not_flags", ()), False)
    for text in case.later:
        said.go_on(text)
    return Played(case, assessment, asked, tuple(said.lines), said.assessment)


@dataclass
class Conversation:
    """One person talking: what was asked, every line, and the assessment told last ({} where none came)."""

    talk: Talk
    person: Mapping[str, Any]
    book: Rulebook
    asked: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    assessment: Mapping[str, Any] = field(default_factory=dict)

    def go_on(self, text: str) -> None:
        """Say `text`, answer every question, and stop at the first turn that asks nothing."""
        for _ in range(PATIENCE):
            spoken = self.talk(text)
            self.lines += [f"you: {text}", *(f"bot: {say.text}" for say in spoken)]
            told = (s.custom["assessment"] for s in reversed(spoken) if "assessment" in s.custom)
            self.assessment = next(told, self.assessment)
            question = next((s.custom["question"] for s in spoken if "question" in s.custom), None)
            if question is None and not _imagined(spoken):
                return
            self.asked += [question["id"]] if question else []
            text = answer(question, self.person, self.book) if question else "no"


def _imagined(spoken: Sequence[Say]) -> bool:
    """Whether the last thing said asks "is any of that happening to you now?"."""
    return bool(spoken) and spoken[-1].buttons == ("Yes", "No")


def answer(question: Mapping[str, Any], person: Mapping[str, Any], book: Rulebook) -> str:
    """What this person answers, in the option values that tapping would send."""
    kind, ids = question["kind"], question["findings"]
    if kind == "yes_no":
        return {True: "yes", False: "no", None: UNSURE}[person.get(ids[0])]
    if kind in ("number", "scale"):
        value = person.get(ids[0])
        return UNSURE if value is None else str(value)
    values = [o["value"] for o in question["options"] if o["value"] != "none"]
    options = {value: _chosen(value, question["id"], person, book) for value in values}
    chosen = [value for value, said in options.items() if said]
    if chosen:
        return ", ".join(chosen)
    if kind == "one" or all(said is None for said in options.values()):
        return UNSURE
    unknown = [book.findings[value] for value, said in options.items() if said is None]
    if any(finding.kind == "flag" for finding in unknown):
        return UNSURE
    return f"not sure about {' or '.join(f.label for f in unknown)}, none of the others" if unknown else "none"


def _chosen(value: str, question: str, person: Mapping[str, Any], book: Rulebook) -> bool | None:
    """Whether an option is so for this person; None where the person does not know."""
    row = next(q for q in (*book.questions, *book.clearing) if q.id == question)
    sets = next(o.sets for o in row.options if o.value == value)
    (finding, wanted), *_ = sets.items()
    told = person.get(finding)
    if told is None:
        return None
    wanted_one = wanted[0] if isinstance(wanted, list | tuple) else wanted
    return wanted_one in told if isinstance(told, list) else bool(told == wanted_one)
