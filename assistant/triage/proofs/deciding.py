"""`decide` once more, as formulas of z3 over a person whose findings are open. Tests hold the two against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import z3

from assistant.triage.conditions import Condition
from assistant.triage.decide import WITHHOLDING
from assistant.triage.exercises import CORRECTED
from assistant.triage.proofs.cells import items
from assistant.triage.proofs.encoding import Formula, Person, Truth, open_leaves, truth
from assistant.triage.rules import CARE, WALKING, Caution, Exercise, Rulebook

YES, NO = z3.BoolVal(True), z3.BoolVal(False)


@dataclass(frozen=True)
class Decided:
    """What is decided about a person: `known` with what is implied, `taken` with what is assumed.

    `care[n]`: care is at least level n of CARE. `silent`: no walking rule says anything. The rest says of each id whether
    it is the verdict, is recommended, is the sentence that changes something recommended, or is a finding that could
    still change the result. `final`: there is no question left for any of these.
    """

    known: Person
    taken: Person
    care: tuple[Formula, ...]
    walking: Mapping[str, Formula]
    silent: Formula
    corrections: Mapping[str, Formula]
    exercises: Mapping[str, Formula]
    modified: Mapping[str, Formula]
    live: Mapping[str, Formula]
    final: Formula


def decided(person: Person, book: Rulebook) -> Decided:
    known = settled(person, book)
    taken = assumed(known, book)
    care, possible = care_of(known, book)
    walking, silent = walking_of(taken, care, possible, book)
    live = live_findings(known, care, book)
    corrections, exercises = _corrections(taken, walking, book), _exercises(taken, walking, book)
    return Decided(
        known=known,
        taken=taken,
        care=care,
        walking=walking,
        silent=silent,
        corrections=corrections,
        exercises=exercises,
        modified=_modified(taken, {**corrections, **exercises}, book),
        live=live,
        final=z3.Not(z3.Or([live[finding] for question in book.questions for finding in question.findings])),
    )


def settled(person: Person, book: Rulebook) -> Person:
    """The person with what is implied, in the order of the implied rules."""
    for implied in book.implied:
        holds = truth(implied.when, person).yes
        for finding, value in implied.sets.items():
            person = _set(person, finding, value, holds)
    return person


def _set(person: Person, finding: str, value: Any, holds: Formula) -> Person:
    """The person with a finding set when `holds` and nothing is known of it."""
    now = z3.And(holds, z3.Not(person.told[finding]))
    has = {v: z3.Or(old, now) if v == value else old for v, old in person.has[finding].items()}
    return replace(
        person,
        has={**person.has, finding: has},
        told={**person.told, finding: z3.Or(person.told[finding], now)},
        unsure={**person.unsure, finding: z3.And(person.unsure[finding], z3.Not(now))},
    )


def assumed(person: Person, book: Rulebook) -> Person:
    """The person with what is assumed where they do not know."""
    for finding, value in book.assumed.items():
        person = _set(person, finding, value, person.unsure[finding])
    return person


def care_of(known: Person, book: Rulebook) -> tuple[tuple[Formula, ...], tuple[Formula, ...]]:
    """For each level whether care is at least that much, and whether what is unknown could still bring it."""
    truths = [(CARE.index(rule.care), truth(rule.when, known)) for rule in book.care]
    care = [z3.Or([t.yes for level, t in truths if level >= wanted]) for wanted in range(len(CARE))]
    possible = [z3.Or([z3.Not(t.no) for level, t in truths if level >= wanted]) for wanted in range(len(CARE))]
    care[0] = possible[0] = YES
    unsure_level = CARE.index(book.unsure.care)
    unsure = _unsure(known, book)
    care[1 : unsure_level + 1] = [z3.Or(level, unsure) for level in care[1 : unsure_level + 1]]
    return tuple(care), tuple(possible)


def _unsure(known: Person, book: Rulebook) -> Formula:
    """Care would be higher if all that was asked and is not known were so."""
    worst = replace(
        known,
        has={f: {v: z3.Or(held, known.unsure[f]) for v, held in members.items()} for f, members in known.has.items()},
        told={f: z3.Or(told, known.unsure[f]) for f, told in known.told.items()},
    )
    return z3.Or([truth(rule.when, worst).yes for rule in book.care if CARE.index(rule.care) > 0])


def walking_of(
    taken: Person, care: tuple[Formula, ...], possible: tuple[Formula, ...], book: Rulebook
) -> tuple[dict[str, Formula], Formula]:
    """For each verdict when it is given, and when no walking rule says anything."""
    given: dict[str, list[Formula]] = {verdict: [] for verdict in WALKING}
    given["withheld"].append(care[WITHHOLDING])
    rest = z3.Not(care[WITHHOLDING])
    given["undecided"].append(z3.And(rest, possible[WITHHOLDING]))
    rest = z3.And(rest, z3.Not(possible[WITHHOLDING]))
    for rule in book.walking:
        held = truth(rule.when, taken)
        given[rule.walking].append(z3.And(rest, held.yes))
        given["undecided"].append(z3.And(rest, held.open))
        rest = z3.And(rest, held.no)
    given["not_covered"].append(rest)
    return {verdict: z3.Or(when) for verdict, when in given.items()}, rest


def _corrections(taken: Person, walking: Mapping[str, Formula], book: Rulebook) -> dict[str, Formula]:
    return {
        c.id: z3.And(walking[CORRECTED], truth(c.when, taken).yes, z3.Not(_blocked(c.cautions, taken)))
        for c in book.corrections
    }


def _exercises(taken: Person, walking: Mapping[str, Formula], book: Rulebook) -> dict[str, Formula]:
    wanted = wanted_exercises(taken, walking, book)
    return {e.id: z3.And(wanted[e.id], z3.Not(_blocked(e.cautions, taken))) for e in book.exercises}


def wanted_exercises(taken: Person, walking: Mapping[str, Formula], book: Rulebook) -> dict[str, Formula]:
    """For each exercise when it is due, or stands in for one that is left out; its own cautions aside."""
    wanted = {e.id: [z3.And(_one_of(walking, e), truth(e.when, taken).yes)] for e in book.exercises}
    due = {name: when[0] for name, when in wanted.items()}
    for e in book.exercises:
        for caution in e.cautions:
            if caution.effect == "block":
                left_out = z3.And(due[e.id], truth(caution.when, taken).yes)
                for other in caution.instead:
                    wanted[other].append(left_out)
    return {name: z3.Or(when) for name, when in wanted.items()}


def _modified(taken: Person, given: Mapping[str, Formula], book: Rulebook) -> dict[str, Formula]:
    return {
        f"{item.id}: {caution.say}": z3.And(given[item.id], truth(caution.when, taken).yes)
        for item in items(book)
        for caution in item.cautions
        if caution.effect == "modify"
    }


def _one_of(walking: Mapping[str, Formula], exercise: Exercise) -> Formula:
    return z3.Or([walking[verdict] for verdict in exercise.verdicts])


def _blocked(cautions: tuple[Caution, ...], taken: Person) -> Formula:
    return z3.Or([truth(c.when, taken).yes for c in cautions if c.effect == "block"])


def _instead(due: Mapping[str, Formula], known: Person, book: Rulebook) -> dict[str, list[Formula]]:
    """For each item when it may stand in for an exercise that is left out."""
    instead: dict[str, list[Formula]] = {item.id: [] for item in items(book)}
    for e in book.exercises:
        for caution in e.cautions:
            for other in caution.instead:
                instead[other].append(z3.And(due[e.id], z3.Not(truth(caution.when, known).no)))
    return instead


def live_findings(known: Person, care: tuple[Formula, ...], book: Rulebook) -> dict[str, Formula]:
    """For each finding when its answer could still change care, the verdict or the plan."""
    found: dict[str, list[Formula]] = {f: [] for f in book.findings}

    def gather(condition: Condition, above: Formula) -> None:
        for finding, still in open_leaves(condition, known, above):
            found[finding].append(still)

    for rule in book.care:
        level = CARE.index(rule.care)
        gather(rule.when, z3.Not(care[level]) if level else NO)
    reached = z3.Not(care[WITHHOLDING])
    verdicts: dict[str, list[Formula]] = {verdict: [] for verdict in WALKING}
    for walking in book.walking:
        held: Truth = truth(walking.when, known)
        verdicts[walking.walking].append(z3.And(reached, z3.Not(held.no)))
        gather(walking.when, reached)
        reached = z3.And(reached, z3.Not(held.yes))
    due_by_item: dict[str, Formula] = {}
    for item in items(book):
        wanted = item.verdicts if isinstance(item, Exercise) else (CORRECTED,)
        due_by_item[item.id] = z3.And(
            z3.Or([when for v in wanted for when in verdicts[v]]), z3.Not(truth(item.when, known).no)
        )
    instead = _instead(due_by_item, known, book)
    for item in items(book):
        due = z3.Or(due_by_item[item.id], *instead[item.id])
        for condition in (item.when, *(caution.when for caution in item.cautions)):
            gather(condition, due)
    return {finding: z3.Or(when) for finding, when in found.items()}
