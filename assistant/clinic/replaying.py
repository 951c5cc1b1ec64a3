"""Decides a stored case again, and says whether and why the advice would differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.clinic.case import Case
from assistant.clinic.columns import as_json
from assistant.clinic.turn_kept import Stamp
from assistant.errors import InputError
from assistant.triage.decide import decide
from assistant.triage.findings import checked
from assistant.triage.rules import Rulebook


@dataclass(frozen=True)
class Difference:
    """One part of the advice that is not as it was. A rule added has no `then`, one that no longer holds no `now`."""

    part: str
    then: Any
    now: Any


@dataclass(frozen=True)
class Replay:
    """A case decided again. `lost` names findings that the other knowledge base does not know; `advice` holds the differences a
    person would notice, `rules` those in what decided."""

    then: Stamp
    now: Stamp
    same_bytes: bool
    lost: tuple[str, ...]
    advice: tuple[Difference, ...]
    rules: tuple[Difference, ...]

    @property
    def as_before(self) -> bool:
        """With the same knowledge the same bytes, with another the same advice on all that was found."""
        return self.same_bytes if self.then == self.now else not (self.advice or self.lost)


def replay(case: Case, book: Rulebook) -> Replay:
    """Decide the findings of a case with `book` and compare."""
    findings, lost = fitting(case.decided_on, book)
    now = decide(findings, book)
    same = as_json(now).encode() == case.assessment
    stamp = Stamp(book.version, book.sha256)
    return Replay(case.knowledge, stamp, same, lost, advice(case.told, now), rules(case.told, now))


def fitting(findings: Mapping[str, Any], book: Rulebook) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The findings as they are, without those that the book does not know, and the ids of the latter."""
    kept = {f: value for f, value in findings.items() if _fits(f, value, book)}
    return kept, tuple(f for f in findings if f not in kept)


def _fits(finding: str, value: Any, book: Rulebook) -> bool:
    try:
        checked({finding: value}, book)
    except InputError:
        return False
    return True


def advice(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Where care, walking, corrections or exercises (with dose and changes) differ."""
    parts: dict[str, tuple[Any, Any]] = {name: (then[name], now[name]) for name in ("care", "walking", "corrections")}
    before, after = _plan(then), _plan(now)
    for exercise in dict.fromkeys([*before, *after]):
        parts[f"exercise {exercise}"] = before.get(exercise), after.get(exercise)
    return tuple(Difference(part, was, becomes) for part, (was, becomes) in parts.items() if was != becomes)


def _plan(assessment: Mapping[str, Any]) -> dict[str, Any]:
    return {e["id"]: {"dose": e["dose"], "modify": e["modify"]} for e in assessment["exercises"]}


def rules(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Rules that hold now and did not, or no longer do, or rest on other findings or sentences."""
    before, after = _reasons(then), _reasons(now)
    ids = dict.fromkeys([*before, *after])
    return tuple(Difference(i, before.get(i), after.get(i)) for i in ids if before.get(i) != after.get(i))


def _reasons(assessment: Mapping[str, Any]) -> dict[str, Any]:
    """What each rule rests on; where a sentence stands in its document is not part of it."""
    return {
        reason["rule"]: {"because": reason["because"], "quotes": [e["quote"] for e in reason["evidence"]]}
        for reason in assessment["reasons"]
    }
