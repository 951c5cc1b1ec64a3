"""What a question offers and what an answer to it brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.language.answer_signs import UNKNOWN, Sign
from assistant.language.answer_words import AnswerWords

AFFIRM, REFUSE, UNSURE = "affirm", "refuse", "unsure"
LOOSE = 6
"""So many words may stand beside a value, a number or an "I don't know" without being understood."""
STOPPING = frozenset((AFFIRM, "only", "value", "name", "pick", "number"))
"""What a "no" does not reach over."""


@dataclass(frozen=True)
class Choice:
    """One answer that was offered: what it `sets` when it is chosen, and what holds `otherwise`, once others were."""

    value: str
    label: str
    sets: Mapping[str, Any]
    otherwise: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """The open question. `kind` and every finding's entry in `types` are one, many, yes_no, number or scale."""

    findings: tuple[str, ...]
    kind: str
    choices: tuple[Choice, ...]
    types: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What the message answers: known values, findings that are not so, and those the person does not know.

    `which` tells of a bare "yes" to several findings at once: it has to be asked which of them is meant. `whole` tells
    that every word of the message belongs to the answer, so that nothing else need be read from it ("knee" as what is
    lifted is no place that hurts).
    """

    findings: dict[str, Any]
    denied: tuple[str, ...]
    unsure: tuple[str, ...]
    which: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Heard:
    """A message against a question: its signs, what the reader already found of what was asked, and its numbers."""

    signs: Sequence[Sign]
    asked: Asked
    told: Mapping[str, Any]
    numbers: Sequence[float]
    words: AnswerWords

    @property
    def unknown(self) -> int:
        """How many words are not understood."""
        return sum(s.sense in UNKNOWN for s in self.signs)

    def held(self, finding: str) -> bool:
        """Whether what the reader found stands against a guess: always, unless every word is understood here."""
        return finding in self.told and self.unknown > 0

    def written(self, block: str) -> Mapping[str, Any]:
        """A block of answers.yml, empty where the file has none."""
        found: Mapping[str, Any] = self.words.written.get(block, {})
        return found

    def negation(self, at: int) -> str:
        """The sense of a "no" right before the sign, or of a "not" with at most one filler between; "" where none is."""
        for back, before in enumerate(reversed(self.signs[max(0, at - 2) : at])):
            if before.part != self.signs[at].part or before.sense in STOPPING:
                return ""
            if before.sense == "not":
                return "not"
            if before.sense == REFUSE and back == 0:
                return REFUSE
        return ""


def answer_of(values: Mapping[str, Any], unsure: Iterable[str] = ()) -> Answer:
    """The answer that gives these values; False is a denial."""
    findings = {f: v for f, v in values.items() if v is not False}
    return Answer(findings, tuple(f for f, v in values.items() if v is False), tuple(unsure))
