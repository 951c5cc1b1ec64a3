"""What a question offers and what an answer to it brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.language.answer_words import UNKNOWN, AnswerWords, Sign

AFFIRM, REFUSE, UNSURE = "affirm", "refuse", "unsure"
LOOSE = 6
"""So many words may stand beside a value, a number or an "I don't know" without being understood."""
NEGATING = frozenset((REFUSE, "not"))


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

    def negated(self, at: int) -> bool:
        """Whether "no" or "not" stands right before the sign."""
        before = self.signs[at - 1] if at else None
        return before is not None and before.sense in NEGATING and before.part == self.signs[at].part

    def written(self, block: str) -> Mapping[str, Any]:
        """A block of answers.yml, empty where the file has none."""
        found: Mapping[str, Any] = self.words.written.get(block, {})
        return found


def answer_of(values: Mapping[str, Any], unsure: Iterable[str] = (), *, which: bool = False) -> Answer:
    findings = {f: v for f, v in values.items() if v is not False}
    return Answer(findings, tuple(f for f, v in values.items() if v is False), tuple(unsure), which)
