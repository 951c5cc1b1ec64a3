"""Small breakages of a rulebook, one at a time: rules dropped, turned round, weakened or moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.triage.conditions import All, AnyOf, AtLeast, Condition, Is, Not
from assistant.triage.rules import CARE, Correction, Exercise, Rulebook

LISTS = ("implied", "care", "walking", "corrections", "exercises")


@dataclass(frozen=True)
class Mutant:
    """A rulebook with one breakage: its kind, and which line it is in."""

    kind: str
    what: str
    book: Rulebook


def mutants(book: Rulebook) -> Iterator[Mutant]:
    """Every mutant, kind by kind."""
    yield from _dropped(book)
    yield from _lowered(book)
    yield from _conditions_changed(book)
    yield from _cautions_changed(book)
    yield from _moved(book)
    yield from _assumptions_dropped(book)


def _dropped(book: Rulebook) -> Iterator[Mutant]:
    for name in LISTS:
        there = getattr(book, name)
        for n, rule in enumerate(there):
            yield Mutant(f"{name}: dropped", _name(rule, n), replace(book, **{name: _without(there, n)}))


def _lowered(book: Rulebook) -> Iterator[Mutant]:
    for n, rule in enumerate(book.care):
        lower = replace(rule, care=CARE[CARE.index(rule.care) - 1])
        yield Mutant("care: level lowered", rule.id, replace(book, care=_with(book.care, n, lower)))


def _conditions_changed(book: Rulebook) -> Iterator[Mutant]:
    """Each comparison of each condition turned round, each number moved by one, each list shortened by one."""
    for name in LISTS:
        there = getattr(book, name)
        for n, rule in enumerate(there):
            for kind, what, when in _variants(rule.when):
                changed = _with(there, n, replace(rule, when=when))
                yield Mutant(f"{name}: {kind}", f"{_name(rule, n)}: {what}", replace(book, **{name: changed}))


def _variants(condition: Condition) -> Iterator[tuple[str, str, Condition]]:
    """Each way to change one comparison of a condition: the kind, the comparison, the whole condition."""
    if isinstance(condition, All | AnyOf):
        for n, part in enumerate(condition.of):
            for kind, what, changed in _variants(part):
                yield kind, what, replace(condition, of=_with(condition.of, n, changed))
    elif isinstance(condition, Not):
        yield from ((kind, what, Not(changed)) for kind, what, changed in _variants(condition.part))
    else:
        yield "comparison turned round", _shown(condition), Not(condition)
        if isinstance(condition, AtLeast):
            for by in (-1, 1):
                yield "number moved", f"{_shown(condition)} by {by}", replace(condition, least=condition.least + by)
        elif len(condition.values) > 1:
            for n, value in enumerate(condition.values):
                what = f"{condition.finding} without {value}"
                yield "value dropped", what, replace(condition, values=_without(condition.values, n))


def _cautions_changed(book: Rulebook) -> Iterator[Mutant]:
    for name in ("corrections", "exercises"):
        there = getattr(book, name)
        for n, item in enumerate(there):
            for kind, what, cautions in _cautions(item):
                changed = _with(there, n, replace(item, cautions=cautions))
                yield Mutant(f"cautions: {kind}", f"{item.id}: {what}", replace(book, **{name: changed}))


def _cautions(item: Correction | Exercise) -> Iterator[tuple[str, str, Any]]:
    for n, caution in enumerate(item.cautions):
        other = {"block": "modify", "modify": "block"}[caution.effect]
        yield "dropped", f"{caution.id} ({caution.say})", _without(item.cautions, n)
        yield "block and modify", caution.id, _with(item.cautions, n, replace(caution, effect=other))
        for kind, what, when in _variants(caution.when):
            yield kind, f"{caution.id}: {what}", _with(item.cautions, n, replace(caution, when=when))
        for place in range(len(caution.instead)):
            changed = replace(caution, instead=_without(caution.instead, place))
            yield "gentler one dropped", f"{caution.id}: {caution.instead[place]}", _with(item.cautions, n, changed)


def _moved(book: Rulebook) -> Iterator[Mutant]:
    for n in range(len(book.walking) - 1):
        first, second = book.walking[n : n + 2]
        moved = (*book.walking[:n], second, first, *book.walking[n + 2 :])
        yield Mutant("walking: moved", f"{second.id} before {first.id}", replace(book, walking=moved))


def _assumptions_dropped(book: Rulebook) -> Iterator[Mutant]:
    for finding in book.assumed:
        rest = {f: value for f, value in book.assumed.items() if f != finding}
        yield Mutant("assumed: dropped", finding, replace(book, assumed=rest))


def _with(there: Sequence[Any], n: int, changed: Any) -> tuple[Any, ...]:
    return (*there[:n], changed, *there[n + 1 :])


def _without(there: Sequence[Any], n: int) -> tuple[Any, ...]:
    return (*there[:n], *there[n + 1 :])


def _name(rule: Any, n: int) -> str:
    return str(getattr(rule, "id", f"number {n + 1}"))


def _shown(leaf: Is | AtLeast) -> str:
    return (
        f"{leaf.finding} >= {leaf.least:g}" if isinstance(leaf, AtLeast) else f"{leaf.finding} is {list(leaf.values)}"
    )
