"""Looks for a person who breaks a property, and says what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from time import perf_counter
from typing import Any

import z3

from assistant.triage.decide import decide
from assistant.triage.proofs.cells import values
from assistant.triage.proofs.encoding import Formula, Person, concrete
from assistant.triage.rules import Rulebook


@dataclass(frozen=True)
class Result:
    """What came of one property: `how` it was proved, and a person (findings) who breaks it where it does not hold.

    `beside` is the second person of a comparison. `elsewhere`: the property is no matter of deciding; `how` says who
    checks it.
    """

    name: str
    holds: bool
    how: str
    counterexample: Mapping[str, Any] | None = None
    beside: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    elsewhere: bool = False

    def line(self) -> str:
        """The result for people to read: one line, and on failure the counterexample below it."""
        word = "elsewhere" if self.elsewhere else "holds" if self.holds else "FAILS"
        lines = [f"{word:<9}  {self.name}  ({self.how})"]
        lines += [f"           {note}" for note in self.notes]
        return "\n".join(lines)


@dataclass(frozen=True)
class Property:
    """A sentence that must hold: nobody for whom everything of `given` is so may meet `broken`.

    `people` are the persons (one, or two compared) that a counterexample consists of.
    """

    name: str
    broken: Formula
    people: tuple[Person, ...]
    given: tuple[Formula, ...] = field(default=())


def combinations(book: Rulebook) -> int:
    """How many people the reduced space holds: each finding not asked, not known, or with one of its values."""
    kinds = ((f, len(values(f.id, book))) for f in book.findings.values())
    return prod(2 + (2**n if f.type == "many" else n) for f, n in kinds)


def prove_one(claim: Property, always: list[Formula], book: Rulebook) -> Result:
    """Let z3 search every combination for one that breaks the property."""
    start = perf_counter()
    solver = z3.SolverFor("QF_FD")
    solver.add(*always, *claim.given, claim.broken)
    verdict = solver.check()
    how = f"z3: {verdict} in {perf_counter() - start:.2f} s"
    if verdict == z3.unsat:
        return Result(claim.name, True, how)
    if verdict != z3.sat:
        return Result(claim.name, False, f"{how}: not decided")
    model = _smallest(solver, claim.people)
    found = [concrete(model, person, book) for person in claim.people[:2]]
    notes = tuple(f"{shown(findings)} -> {_outcome(findings, book)}" for findings in found)
    return Result(claim.name, False, how, found[0], found[1] if found[1:] else None, notes)


def _smallest(solver: Any, people: tuple[Person, ...]) -> Any:
    """A model in which as many findings as possible were not asked."""
    for finding in people[0].has:
        solver.push()
        solver.add([person.missing(finding) for person in people])
        if solver.check() != z3.sat:
            solver.pop()
    solver.check()
    return solver.model()


def shown(findings: Mapping[str, Any]) -> str:
    """A person in few words: everything but a plain "no", which is counted."""
    said = ", ".join(f"{f}: {'not known' if v is None else v}" for f, v in findings.items() if v is not False)
    no = sum(v is False for v in findings.values())
    return f"{{{said}}}" + (f" and no to {no} others" if no else "")


def _outcome(findings: Mapping[str, Any], book: Rulebook) -> str:
    """What `decide` itself makes of a person, so that a counterexample can be believed."""
    told = decide(findings, book)
    plan = ", ".join([*told["corrections"], *(e["id"] for e in told["exercises"])]) or "no plan"
    return f"{told['care']}, {told['walking']}, {plan}"
