"""How many questions a conversation can take: the asking of `triage.asking` played through by z3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import z3

from assistant.triage.asking import MOST, Asked, asked_again, question_to_ask
from assistant.triage.decide import WITHHOLDING
from assistant.triage.proofs.deciding import decided, settled
from assistant.triage.proofs.encoding import Formula, Person, anybody, concrete
from assistant.triage.proofs.results import Result, shown
from assistant.triage.rules import CARE, Rulebook

LIMIT = 16
WITHOUT_DOUBT = 12
"""The most questions for somebody who knows every answer."""


@dataclass(frozen=True)
class Step:
    """One question and its answer: a person before and after, which questions were put before, and which one is asked."""

    before: Person
    after: Person
    put: Mapping[str, Formula]
    asked: Mapping[str, Formula]
    rules: Formula


def ends(book: Rulebook) -> Result:
    """Every question is put once, and the weightiest a second time after "don't know"; the limit ends it before."""
    twice = [q for q in book.questions if not asked_again(book).isdisjoint(q.findings)]
    count = len(book.questions) + len(twice)
    stops = MOST <= LIMIT and question_to_ask({}, Asked(put=MOST), book) is None
    how = f"counted: {len(book.questions)} questions and {len(twice)} of them again, ended after {MOST}"
    return Result(f"7 Every conversation ends after at most {LIMIT} questions", stops or count <= LIMIT, how)


def without_doubt(book: Rulebook) -> Result:
    """The longest conversation of somebody who answers everything and knows every answer, from any start."""
    start, most = perf_counter(), len(book.questions)
    path = next((found for n in range(most, 0, -1) if (found := path_of(n, book))), Path((), {}, {}))
    length = len(path.questions)
    how = f"z3: the longest takes {length}, found in {perf_counter() - start:.1f} s"
    name = f'7 Without "don\'t know" it takes at most {WITHOUT_DOUBT} questions'
    if length <= WITHOUT_DOUBT:
        return Result(name, True, how)
    notes = (
        f"known before: {shown(path.start)}",
        f"asked: {', '.join(path.questions)}",
        f"then: {shown(path.answers)}",
    )
    return Result(name, False, how, path.answers, notes=notes)


@dataclass(frozen=True)
class Path:
    """A conversation: the questions in order, what was known before the first and what after the last."""

    questions: tuple[str, ...]
    start: Mapping[str, Any]
    answers: Mapping[str, Any]


def path_of(length: int, book: Rulebook) -> Path | None:
    """A conversation of `length` questions without a "don't know", from any start; None where there is none."""
    step = _step(book)
    solver = z3.Then("simplify", "propagate-values", "solve-eqs", "sat").solver()
    people, put, turns = [_person(0, book, solver)], dict.fromkeys(step.put, z3.BoolVal(False)), []
    for number in range(1, length + 1):
        people.append(_person(number, book, solver))
        turns.append({q: z3.Bool(f"{number} asks {q}") for q in step.asked})
        pairs = [*_pairs(step.before, people[-2]), *_pairs(step.after, people[-1])]
        pairs += [(step.put[q], put[q]) for q in put] + [(step.asked[q], turns[-1][q]) for q in put]
        solver.add(z3.substitute(step.rules, *pairs))
        put = {q: z3.Or(before, turns[-1][q]) for q, before in put.items()}
    if solver.check() != z3.sat:
        return None
    model = solver.model()
    order = [q for turn in turns for q, asked in turn.items() if z3.is_true(model.eval(asked, True))]
    return Path(tuple(order), concrete(model, people[0], book), concrete(model, people[-1], book))


def _person(number: int, book: Rulebook, solver: Any) -> Person:
    person, rules = anybody(f"{number}", book)
    solver.add(*rules, *(z3.Not(unsure) for unsure in person.unsure.values()))
    return person


def _pairs(old: Person, new: Person) -> list[tuple[Formula, Formula]]:
    pairs = [(old.has[f][v], new.has[f][v]) for f in old.has for v in old.has[f]]
    return pairs + [(old.told[f], new.told[f]) for f in old.told] + [(old.unsure[f], new.unsure[f]) for f in old.told]


def _step(book: Rulebook) -> Step:
    before, _ = anybody("before", book)
    after, _ = anybody("after", book)
    put = {q.id: z3.Bool(f"put {q.id}") for q in book.questions}
    asked = {q.id: z3.Bool(f"ask {q.id}") for q in book.questions}
    rules = [asked[q] == when for q, when in questions_put(before, put, book).items()]
    rules += [z3.Or(list(asked.values())), *_answered(before, after, asked, book)]
    return Step(before, after, put, asked, z3.And(rules))


def _answered(before: Person, after: Person, asked: Mapping[str, Formula], book: Rulebook) -> list[Formula]:
    """What was told stays; every finding of the question asked is told or implied after it, and nothing else."""
    later, rules = settled(after, book), []
    owner = {f: q.id for q in book.questions for f in q.findings}
    for f in book.findings:
        stays = z3.And([before.told[f] == after.told[f], *(before.has[f][v] == after.has[f][v] for v in before.has[f])])
        mine = asked[owner[f]] if f in owner else z3.BoolVal(False)
        rules += [z3.Or(stays, z3.And(mine, z3.Not(before.told[f]))), z3.Implies(mine, later.told[f])]
    return rules


def questions_put(person: Person, put: Mapping[str, Formula], book: Rulebook) -> dict[str, Formula]:
    """For each question when `question_to_ask` puts it, leaving out what is asked again after "don't know"."""
    told = decided(person, book)
    urgent = z3.And(told.care[WITHHOLDING], z3.Not(told.care[CARE.index("emergency")]))
    asked: dict[str, Formula] = {}
    rest, rest_urgent = z3.Not(told.care[WITHHOLDING]), urgent
    for q in book.questions:
        fresh = z3.Or([z3.And(told.live[f], told.known.missing(f)) for f in q.findings])
        unput = z3.And(fresh, z3.Not(put[q.id]))
        asked[q.id] = z3.Or(z3.And(rest, fresh), z3.And(rest_urgent, unput))
        rest, rest_urgent = z3.And(rest, z3.Not(fresh)), z3.And(rest_urgent, z3.Not(unput))
    return asked
