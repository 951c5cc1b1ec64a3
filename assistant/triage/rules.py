"""What the rules are made of once they are read: plain, frozen, complete with their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.triage.conditions import Condition, leaves

CARE = ("self_care", "clinician", "urgent", "emergency")
"""Levels of care, least to most."""
WALKING = (
    "walk_freely",
    "walk_with_corrections",
    "restore_first",
    "stop_walking",
    "not_covered",
    "withheld",
    "undecided",
)


@dataclass(frozen=True)
class Evidence:
    """One quoted sentence: which source speaks, where it stands, its words, and the public guidance behind it by name."""

    source: str
    passage: str
    quote: str
    section: str = ""
    named: str = ""


@dataclass(frozen=True)
class Finding:
    """One entry of the vocabulary. `values` is empty for yes/no findings and numbers; `level` only for flags."""

    id: str
    kind: str
    type: str
    label: str
    ask: str
    values: Mapping[str, str] = field(default_factory=dict)
    level: str | None = None
    history_counts: bool = False
    source: str = ""


@dataclass(frozen=True)
class CareRule:
    """When it holds, care is at least `care`."""

    id: str
    when: Condition
    care: str
    evidence: tuple[Evidence, ...]
    say: str = ""


@dataclass(frozen=True)
class WalkingRule:
    """The first walking rule that holds gives the verdict."""

    id: str
    when: Condition
    walking: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Caution:
    """A reason to leave out (`block`) or change (`modify`) an exercise or a correction for this person.

    `instead` names the gentler exercises of the document; `say` is the sentence shown.
    """

    id: str
    when: Condition
    effect: str
    say: str
    evidence: tuple[Evidence, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correction:
    """One change of walking form, with what to do on the next walk."""

    id: str
    name: str
    when: Condition
    do: str
    evidence: tuple[Evidence, ...]
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True)
class Dose:
    """How much of an exercise: measure to [low, high], and which source states each measure."""

    amounts: Mapping[str, tuple[float, float]]
    sources: Mapping[str, str]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Exercise:
    """An exercise of the document. `when` decides whether it is given; `verdicts` its place in the plan for each verdict."""

    id: str
    kind: str
    name: str
    when: Condition
    verdicts: Mapping[str, int]
    steps: tuple[str, ...]
    why: str
    dose: Dose
    evidence: tuple[Evidence, ...]
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True)
class Option:
    """One answer to tap. `sets` are the findings when chosen; `otherwise` those when another one is chosen."""

    value: str
    label: str
    sets: Mapping[str, Any]
    otherwise: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One thing asked. `again` asks it in other words; `why` is the reason given to somebody who asks for it.

    `said` is for a question that clears up what somebody wrote: the patterns of those words; the first of `findings` is what
    they mean until it is answered.
    """

    id: str
    findings: tuple[str, ...]
    kind: str
    text: str
    again: str
    why: str
    evidence: tuple[Evidence, ...]
    options: tuple[Option, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Implied:
    """What a known finding settles about another one that was not asked."""

    when: Condition
    sets: Mapping[str, Any]


@dataclass(frozen=True)
class Rulebook:
    """Everything that deciding needs, out of one knowledge base."""

    findings: Mapping[str, Finding]
    implied: tuple[Implied, ...]
    assumed: Mapping[str, Any]
    care: tuple[CareRule, ...]
    unsure: CareRule
    walking: tuple[WalkingRule, ...]
    corrections: tuple[Correction, ...]
    exercises: tuple[Exercise, ...]
    questions: tuple[Question, ...]
    version: str = ""
    sha256: str = ""
    clearing: tuple[Question, ...] = ()
    """Questions that are put only when words were written that can mean several things."""

    @cached_property
    def turning(self) -> Mapping[str, tuple[Any, ...]]:
        """The findings that the walking rules ask about, each with every value it can take."""
        asked = dict.fromkeys(leaf.finding for rule in self.walking for leaf in leaves(rule.when))
        told = (self.findings[f] for f in asked)
        return {
            f.id: tuple(f.values) or (True, False) for f in told if f.type in ("one", "yes_no") and f.kind == "about"
        }
