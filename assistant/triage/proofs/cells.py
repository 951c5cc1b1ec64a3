"""Cuts the numbers into cells on which no rule can tell one number from another, and checks that this is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.triage.conditions import AtLeast, Condition, Is, leaves
from assistant.triage.findings import LIMITS
from assistant.triage.rules import Correction, Exercise, Rulebook


@dataclass(frozen=True)
class Cell:
    """One number (`low` = `high`), or all the numbers between `low` and `high` without these two."""

    low: float
    high: float

    @property
    def sample(self) -> float:
        """The number that stands for all of them."""
        middle = (self.low + self.high) / 2
        return int(middle) if middle == int(middle) else middle

    def alike(self, leaf: Is | AtLeast) -> bool:
        """Whether a comparison gives one answer on the whole cell."""
        cuts = [leaf.least] if isinstance(leaf, AtLeast) else leaf.values
        return self.low == self.high or not any(self.low < cut < self.high for cut in cuts)


def items(book: Rulebook) -> tuple[Correction | Exercise, ...]:
    """All that a plan can hold: corrections, then exercises."""
    return (*book.corrections, *book.exercises)


def conditions(book: Rulebook) -> Iterator[tuple[str, Condition]]:
    """Every condition of the rulebook, with the place it stands in."""
    yield from ((f"implied {n}", implied.when) for n, implied in enumerate(book.implied, 1))
    yield from ((f"care {rule.id}", rule.when) for rule in book.care)
    yield from ((f"walking {rule.id}", rule.when) for rule in book.walking)
    for item in items(book):
        yield item.id, item.when
        yield from ((f"{item.id}: {caution.id}", caution.when) for caution in item.cautions)


def comparisons(book: Rulebook) -> Iterator[tuple[str, Is | AtLeast]]:
    """Every single comparison of the rulebook, with the place it stands in."""
    return ((place, leaf) for place, condition in conditions(book) for leaf in leaves(condition))


def cells(finding: str, book: Rulebook) -> tuple[Cell, ...]:
    """The cells of a number: each number that a rule names, each end of the range, and what lies between them."""
    low, high = LIMITS[book.findings[finding].type]
    cuts = {float(low), float(high)}
    for _, leaf in comparisons(book):
        if leaf.finding == finding:
            cuts.update([leaf.least] if isinstance(leaf, AtLeast) else leaf.values)
    points = sorted(cut for cut in cuts if low <= cut <= high)
    gaps = [Cell(a, b) for a, b in pairwise(points)]
    return tuple(sorted([*gaps, *(Cell(p, p) for p in points)], key=lambda c: (c.low, c.high)))


def sample(finding: str, number: float, book: Rulebook) -> float:
    """The number that stands for this one."""
    there = cells(finding, book)
    return next(c.sample for c in there if c.low < number < c.high or c.low == number == c.high)


def values(finding: str, book: Rulebook) -> tuple[Any, ...]:
    """The values of a finding in the reduced space; for a list finding, the members a list can have."""
    told = book.findings[finding]
    if told.type in LIMITS:
        return tuple(cell.sample for cell in cells(finding, book))
    return tuple(told.values) if told.values else (True, False)


def misfits(book: Rulebook) -> list[str]:
    """Comparisons that the reduced space does not answer as the whole space does; none when the reduction is exact."""
    problems = []
    for place, leaf in comparisons(book):
        number = book.findings[leaf.finding].type in LIMITS
        if number and not all(cell.alike(leaf) for cell in cells(leaf.finding, book)):
            problems.append(f"{place}: {leaf} differs within a cell")
        if number != isinstance(leaf, AtLeast) and not (number and isinstance(leaf, Is)):
            problems.append(f"{place}: {leaf} compares a finding that is no number")
        if isinstance(leaf, Is) and not number and not set(leaf.values) <= set(values(leaf.finding, book)):
            problems.append(f"{place}: {leaf} names a value that {leaf.finding} cannot take")
    return problems
