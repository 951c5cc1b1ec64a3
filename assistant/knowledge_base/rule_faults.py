"""Rules that can never decide anything, and rules that contradict each other, found by z3 over every combination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import z3

from assistant.triage.conditions import Condition
from assistant.triage.proofs.cells import conditions
from assistant.triage.proofs.deciding import Decided, decided, wanted_exercises
from assistant.triage.proofs.encoding import Formula, anybody, truth
from assistant.triage.rules import Caution, Correction, Exercise, Rulebook, WalkingRule

CORRECTIONS, EXERCISES, WALKING = "rules/corrections.yml", "rules/exercises.yml", "rules/walking.yml"


@dataclass(frozen=True)
class Search:
    """Everybody there can be, what is decided about them, and a solver that knows no more than that."""

    told: Decided
    solver: Any
    book: Rulebook

    def possible(self, *formulas: Formula) -> bool:
        """Whether there is anybody for whom all of this is so."""
        return bool(self.solver.check(*formulas) == z3.sat)

    def same(self, one: Condition, other: Condition) -> bool:
        a, b = truth(one, self.told.taken), truth(other, self.told.taken)
        return not self.possible(a.yes != b.yes)


def rule_faults(book: Rulebook) -> Iterator[str]:
    """A sentence for each dead, shadowed or contradictory rule."""
    person, always = anybody("anybody", book)
    solver = z3.SolverFor("QF_FD")
    solver.add(always)
    search = Search(decided(person, book), solver, book)
    yield from _dead(search)
    yield from _shadowed(search)
    yield from _same_walking(book.walking, search)
    for items, file in ((book.corrections, CORRECTIONS), (book.exercises, EXERCISES)):
        for item in items:
            yield from _cautions(item, file, search)


def _dead(search: Search) -> Iterator[str]:
    for place, condition in conditions(search.book):
        if not search.possible(truth(condition, search.told.taken).yes):
            yield f"rules: {place}: `when` can never hold; mend the condition or remove the rule"


def _shadowed(search: Search) -> Iterator[str]:
    before: list[Formula] = []
    for rule in search.book.walking:
        held = truth(rule.when, search.told.taken).yes
        first = search.possible(held, z3.Not(search.told.walking["withheld"]), *(z3.Not(b) for b in before))
        if not first and search.possible(held):
            yield f"{WALKING}: {rule.id}: a rule above it always holds first; move it up, narrow those above, or remove it"
        before.append(held)


def _same_walking(rules: Sequence[WalkingRule], search: Search) -> Iterator[str]:
    for one, other in combinations(rules, 2):
        if one.walking != other.walking and search.same(one.when, other.when):
            yield f"{WALKING}: {one.id} and {other.id} hold for the same people and give different verdicts; keep one"


def _cautions(item: Correction | Exercise, file: str, search: Search) -> Iterator[str]:
    """Cautions that never speak, because the item is then never due or is always left out."""
    taken = search.told.taken
    wanted = _wanted(item, search)
    blocks = [c for c in item.cautions if c.effect == "block"]
    for caution in item.cautions:
        holds = truth(caution.when, taken).yes
        place = f"{file}: {item.id}: {caution.id} ({caution.say})"
        if not search.possible(wanted, holds):
            yield f"{place}: nobody it holds for is given this; remove it or mend its condition"
        elif caution.effect == "modify":
            yield from _never_shown(caution, blocks, place, search, wanted)


def _never_shown(caution: Caution, blocks: list[Caution], place: str, search: Search, wanted: Formula) -> Iterator[str]:
    twin = next((block for block in blocks if search.same(block.when, caution.when)), None)
    if twin:
        yield f"{place}: changes what {twin.id} leaves out under the same condition; keep one of the two"
        return
    left = [z3.Not(truth(block.when, search.told.taken).yes) for block in blocks]
    if not search.possible(wanted, truth(caution.when, search.told.taken).yes, *left):
        yield f"{place}: always left out when this holds, so it is never shown; remove it or narrow the block"


def _wanted(item: Correction | Exercise, search: Search) -> Formula:
    """When an item is due, cautions aside."""
    told = search.told
    if isinstance(item, Exercise):
        return wanted_exercises(told.taken, told.walking, search.book)[item.id]
    return z3.And(told.walking["walk_with_corrections"], truth(item.when, told.taken).yes)
