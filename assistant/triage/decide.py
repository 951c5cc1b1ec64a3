"""Findings and rules in, assessment out: the heart of the assistant. Pure, total, and blind to the order of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.triage.conditions import ANYTHING, Findings, grounds
from assistant.triage.exercises import changing, chosen_corrections, chosen_exercises, left_out
from assistant.triage.findings import in_order
from assistant.triage.questions import next_question
from assistant.triage.rules import CARE, CareRule, Caution, Correction, Exercise, Rulebook, WalkingRule

Assessment = dict[str, Any]
SCHEMA = "psoas.assessment/1"
WITHHOLDING = CARE.index("urgent")
"""From this level of care on, no walking or exercise advice is given."""


def settled(findings: Findings, book: Rulebook) -> dict[str, Any]:
    """The findings with what they imply about others that were not asked; nothing said is overwritten."""
    known = dict(findings)
    for implied in book.implied:
        if implied.when.holds(known):
            for finding, value in implied.sets.items():
                if known.get(finding) is None:
                    known[finding] = value
    return known


def assumed(known: Findings, book: Rulebook) -> dict[str, Any]:
    """What the walking and exercise rules go by where the person was asked and does not know."""
    return {f: book.assumed.get(f) if value is None else value for f, value in known.items()}


def care_of(known: Findings, book: Rulebook) -> tuple[int, list[CareRule]]:
    """The level of care that is certain, as an index into CARE, and the rules that hold."""
    fired = [rule for rule in book.care if rule.when.holds(known)]
    level = max((CARE.index(rule.care) for rule in fired), default=0)
    if level < CARE.index(book.unsure.care) and _unsure(known, book):
        return CARE.index(book.unsure.care), [*fired, book.unsure]
    return level, fired


def possible_care(known: Findings, book: Rulebook) -> int:
    """The highest level of care that what is not known could still bring."""
    return max((CARE.index(r.care) for r in book.care if r.when.holds(known) is not False), default=0)


def _unsure(known: Findings, book: Rulebook) -> bool:
    """Whether care would be higher if all that the person was asked and does not know were so."""
    if None not in known.values():
        return False
    worst = {f: ANYTHING if value is None else value for f, value in known.items()}
    return any(rule.when.holds(worst) for rule in book.care)


def walking_of(taken: Findings, level: int, possible: int, book: Rulebook) -> tuple[str, WalkingRule | None]:
    """The verdict: the first rule that holds; undecided while an earlier one is unknown or care could still rise."""
    if level >= WITHHOLDING:
        return "withheld", None
    if possible >= WITHHOLDING:
        return "undecided", None
    for rule in book.walking:
        held = rule.when.holds(taken)
        if held:
            return rule.walking, rule
        if held is None:
            return "undecided", None
    return "not_covered", None


def decide(findings: Findings, book: Rulebook) -> Assessment:
    """The assessment of the contract's section 3 for `findings` (id to value; None for "asked, does not know"); the
    same whatever order they were told in."""
    findings = in_order(findings, book)
    known = settled(findings, book)
    taken = assumed(known, book)
    level, fired = care_of(known, book)
    walking, rule = walking_of(taken, level, possible_care(known, book), book)
    corrections = chosen_corrections(taken, walking, book)
    exercises = chosen_exercises(taken, walking, book)
    question = next_question(known, level, book)
    return {
        "schema": SCHEMA,
        "care": CARE[level],
        "walking": walking,
        "corrections": [c.id for c, _ in corrections],
        "exercises": [_exercise(e, modify) for e, modify in exercises],
        "red_flags": [f.id for f in book.findings.values() if f.kind == "flag" and known.get(f.id) is True],
        "denied": [f for f in book.findings if findings.get(f) is False],
        "not_asked": [f.id for f in book.findings.values() if f.kind != "about" and f.id not in known],
        "reasons": [
            *_reasons(known, taken, fired, rule, corrections, exercises),
            *_cautioned(taken, walking, corrections, exercises, book),
        ],
        "would_change": would_change(taken, walking, level, book),
        "next_question": {"findings": list(question.findings)} if question else None,
        "knowledge": {"version": book.version, "sha256": book.sha256},
    }


def _exercise(exercise: Exercise, modify: list[str]) -> dict[str, Any]:
    dose = {measure: list(amount) for measure, amount in exercise.dose.amounts.items()}
    return {
        "id": exercise.id,
        "kind": exercise.kind,
        "dose": {**dose, "sources": dict(exercise.dose.sources)},
        "modify": modify,
        "evidence": [e.quote for e in (*exercise.evidence, *exercise.dose.evidence)],
    }


def _reasons(
    known: Findings,
    taken: Findings,
    fired: list[CareRule],
    rule: WalkingRule | None,
    corrections: list[tuple[Correction, list[str]]],
    exercises: list[tuple[Exercise, list[str]]],
) -> list[dict[str, Any]]:
    rows: list[tuple[Any, Findings]] = [(r, known) for r in fired]
    rows += [(rule, taken)] if rule else []
    rows += [(c, taken) for c, _ in corrections] + [(e, taken) for e, _ in exercises]
    return [_reason(r, findings) for r, findings in rows]


def _cautioned(
    taken: Findings,
    walking: str,
    corrections: list[tuple[Correction, list[str]]],
    exercises: list[tuple[Exercise, list[str]]],
    book: Rulebook,
) -> list[dict[str, Any]]:
    """Where the two sources disagree for this person: what each of them says; the caution wins."""
    kept: list[Correction | Exercise] = [*(c for c, _ in corrections), *(e for e, _ in exercises)]
    held = [(item, caution) for item in kept for caution in changing(item, taken)]
    held += [(item, caution) for item, cautions in left_out(taken, walking, book) for caution in cautions]
    return [_disagreement(item, caution, taken) for item, caution in held]


def _disagreement(item: Correction | Exercise, caution: Caution, taken: Findings) -> dict[str, Any]:
    both = (*item.evidence[:1], *caution.evidence)
    return {**_reason(replace(caution, evidence=both), taken), "rule": f"{item.id}: {caution.id}"}


def _reason(rule: Any, findings: Findings) -> dict[str, Any]:
    because = {f: findings[f] for f in sorted(set(grounds(rule.when, findings))) if findings.get(f) is not None}
    evidence = [{"source": e.source, "passage": e.passage, "quote": e.quote} for e in rule.evidence]
    return {"rule": rule.id, "because": because, "evidence": evidence}


def would_change(taken: Findings, walking: str, level: int, book: Rulebook) -> list[dict[str, Any]]:
    """Single answers that would bring another verdict, for a verdict that has been reached."""
    if level >= WITHHOLDING or walking == "undecided":
        return []
    changes = []
    for finding, values in book.turning.items():
        now = taken.get(finding)
        for value in values:
            if value == now or (now is None and value == book.assumed.get(finding)):
                continue
            other, _ = walking_of({**taken, finding: value}, level, level, book)
            if other not in (walking, "undecided"):
                changes.append({"finding": finding, "to": value, "then": {"walking": other}})
    return changes


def worth_telling(changes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """One change a finding, the first: enough for a person to read."""
    return list({change["finding"]: change for change in reversed(changes)}.values())[::-1]
