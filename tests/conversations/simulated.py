"""Plays people against the conversation: what they say first, then an answer to every question until a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.conversation.hearing import Heard
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.turns import Turn, tell
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.triage.rules import CARE, Rulebook
from tests.cases.cases import Case, complete

Talk = Callable[[str], Sequence[Say]]
"""One conversation: a message in, what is said out."""
UNSURE = "I don't know"
PATIENCE = 40
"""After so many messages a person gives up; the conversation has then failed."""


@dataclass(frozen=True)
class Played:
    """How a case went: the assessment told last ({} where none came), the ids of the questions, and every line said."""

    case: Case
    assessment: Mapping[str, Any]
    asked: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def step(self) -> int:
        """How much higher (or lower) the care told is than the care expected; without a result the lowest."""
        return CARE.index(self.assessment.get("care", CARE[0])) - CARE.index(self.case.expect["care"])

    @property
    def exact(self) -> bool:
        """Whether care and walking are both as expected."""
        return all(self.assessment.get(name) == self.case.expect[name] for name in ("care", "walking"))

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
    return Heard(text, read.findings, read.denied, read.other_person, read.past, read.hypothetical, words, read.numbers)


def in_process(knowledge: Knowledge, reader: Reader) -> Talk:
    """A new conversation without servers. The session goes through its slot, as it does in Rasa."""
    slot: dict[str, Any] = {}

    def talk(text: str) -> Sequence[Say]:
        session, spoken = tell(Turn(Session.of(slot), listen(text, reader), Voice(knowledge, "en-GB")))
        slot.clear()
        slot.update(session.slot())
        return spoken

    return talk


def play(case: Case, talk: Talk, book: Rulebook) -> Played:
    """Say the opening, answer every question, and stop at the first turn that asks nothing."""
    person = complete(case.person, book)
    text, asked, lines = case.opening, [], []
    assessment: Mapping[str, Any] = {}
    for _ in range(PATIENCE):
        spoken = talk(text)
        lines += [f"you: {text}", *(f"bot: {say.text}" for say in spoken)]
        assessment = next((s.custom["assessment"] for s in reversed(spoken) if "assessment" in s.custom), assessment)
        question = next((s.custom["question"] for s in spoken if "question" in s.custom), None)
        if question is None and not _imagined(spoken):
            break
        asked += [question["id"]] if question else []
        text = answer(question, person, book) if question else "no"
    return Played(case, assessment, tuple(asked), tuple(lines))


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
    row = next(q for q in book.questions if q.id == question)
    sets = next(o.sets for o in row.options if o.value == value)
    (finding, wanted), *_ = sets.items()
    told = person.get(finding)
    if told is None:
        return None
    wanted_one = wanted[0] if isinstance(wanted, list | tuple) else wanted
    return wanted_one in told if isinstance(told, list) else bool(told == wanted_one)
