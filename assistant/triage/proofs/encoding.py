"""A person whose findings are all left open, and conditions over that person, as formulas of z3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import z3

from assistant.triage.conditions import All, AtLeast, Condition, Findings, Is, Not
from assistant.triage.findings import LIMITS
from assistant.triage.proofs.cells import sample, values
from assistant.triage.rules import Rulebook

Formula = Any
"""A formula of z3: true or false for each assignment of its variables."""


@dataclass(frozen=True)
class Person:
    """What is known of a person: `has[finding][value]`, `told[finding]` (it has a value), `unsure[finding]` (asked, not known).

    A finding that is neither told nor unsure was not asked. A list finding has each of its members, or none of them.
    """

    has: Mapping[str, Mapping[Any, Formula]]
    told: Mapping[str, Formula]
    unsure: Mapping[str, Formula]

    def is_(self, finding: str, *wanted: Any) -> Formula:
        return z3.Or([self.has[finding][value] for value in wanted])

    def missing(self, finding: str) -> Formula:
        """Not asked at all."""
        return z3.And(z3.Not(self.told[finding]), z3.Not(self.unsure[finding]))


def anybody(name: str, book: Rulebook) -> tuple[Person, list[Formula]]:
    """A person with every finding open, and what holds for every person: at most one value each."""
    has: dict[str, dict[Any, Formula]] = {}
    told: dict[str, Formula] = {}
    unsure = {f: z3.Bool(f"{name} {f} unsure") for f in book.findings}
    rules: list[Formula] = []
    for f, finding in book.findings.items():
        has[f] = {v: z3.Bool(f"{name} {f} = {v}") for v in values(f, book)}
        told[f] = z3.Bool(f"{name} {f} told")
        some = z3.Or(list(has[f].values()))
        if finding.type == "many":
            rules.append(z3.Implies(some, told[f]))
        else:
            rules += [told[f] == some, z3.AtMost(*has[f].values(), 1)]
        rules.append(z3.Not(z3.And(told[f], unsure[f])))
    return Person(has, told, unsure), rules


def fixed(person: Person, findings: Findings, book: Rulebook) -> list[Formula]:
    """That a person is exactly this one, numbers taken by their cells."""
    rules = []
    for f in book.findings:
        value = findings.get(f)
        if value is not None and book.findings[f].type in LIMITS:
            value = sample(f, value, book)
        there = value if isinstance(value, list | tuple) else [] if value is None else [value]
        rules += [formula == (v in there) for v, formula in person.has[f].items()]
        rules += [person.told[f] == (value is not None), person.unsure[f] == (f in findings and value is None)]
    return rules


def concrete(model: Any, person: Person, book: Rulebook) -> dict[str, Any]:
    """The findings of a person in a model of the solver."""

    def true(formula: Formula) -> bool:
        return bool(z3.is_true(model.eval(formula, model_completion=True)))

    findings: dict[str, Any] = {}
    for f, finding in book.findings.items():
        held = [value for value, formula in person.has[f].items() if true(formula)]
        if true(person.told[f]):
            findings[f] = held if finding.type == "many" else held[0]
        elif true(person.unsure[f]):
            findings[f] = None
    return findings


@dataclass(frozen=True)
class Truth:
    """A condition as two formulas: it certainly holds, it certainly does not. Neither: unknown."""

    yes: Formula
    no: Formula

    @property
    def open(self) -> Formula:
        return z3.Not(z3.Or(self.yes, self.no))


def truth(condition: Condition, person: Person) -> Truth:
    """When a condition holds, does not hold, or is unknown for a person."""
    if isinstance(condition, Is | AtLeast):
        yes = z3.Or([person.has[condition.finding][value] for value in _meeting(condition, person)])
        return Truth(yes, z3.And(person.told[condition.finding], z3.Not(yes)))
    if isinstance(condition, Not):
        part = truth(condition.part, person)
        return Truth(part.no, part.yes)
    parts = [truth(part, person) for part in condition.of]
    if isinstance(condition, All):
        return Truth(z3.And([p.yes for p in parts]), z3.Or([p.no for p in parts]))
    return Truth(z3.Or([p.yes for p in parts]), z3.And([p.no for p in parts]))


def _meeting(leaf: Is | AtLeast, person: Person) -> list[Any]:
    known = person.has[leaf.finding]
    return [v for v in known if (v >= leaf.least if isinstance(leaf, AtLeast) else v in leaf.values)]


def open_leaves(condition: Condition, person: Person, above: Formula) -> Iterator[tuple[str, Formula]]:
    """Each finding that could settle an unknown condition, with when it could; `above` is when that matters at all."""
    still = z3.And(above, truth(condition, person).open)
    if isinstance(condition, Is | AtLeast):
        yield condition.finding, still
    for part in condition.parts():
        yield from open_leaves(part, person, still)
