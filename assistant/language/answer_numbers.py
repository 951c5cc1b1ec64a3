"""The one quantity that an answer means: hours of sitting, a score from 0 to 10, an age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assistant.language.answer_signs import Sign

DAY = 24.0
WORKDAYS = 5
BEST = 10.0
"""The highest score of a scale."""
NOON = 12
FOREIGN = frozenset(("other_unit", "years"))
MINUTES_AFTER = 3
"""How many signs after the hours their minutes may stand ("an hour and 20 minutes")."""


class Number(NamedTuple):
    """A number said, with the places of its first and last sign."""

    value: float
    first: int
    last: int


def hours(signs: Sequence[Sign], heard: Sequence[float] = (), *, sure: bool = True) -> float | None:
    """Hours a day: "5 at work and 2 at home" are added up, "9 to 5" is eight. None where no number can be hours."""
    found = _numbers(signs)
    sums = _added(signs, found)
    value = sums if sums is not None else _meant(signs, _ranges(signs, found, clock=True), heard)
    if value is None:
        return None
    value = value / WORKDAYS if any(s.sense == "a_week" for s in signs) else value
    return value if value <= DAY else None


def score(signs: Sequence[Sign], heard: Sequence[float] = (), *, sure: bool = True) -> float | None:
    """A score from 0 to 10. Eleven of ten is ten, where it is `sure` that a score is meant."""
    value = _meant(signs, _ranges(signs, _numbers(signs)), heard)
    return None if value is None or (value > BEST and not sure) else min(value, BEST)


def age(signs: Sequence[Sign]) -> float | None:
    """Years. "nearly 70" is still 69; a year of birth gives the age reached this year."""
    value = _meant(signs, _ranges(signs, _numbers(signs, frozenset(("other_unit",)))))
    if value is None:
        return None
    if 1900 <= value <= date.today().year:
        return date.today().year - value
    return value - 1 if any(s.sense == "almost" for s in signs) else value


def between(number: float, ranges: Mapping[str, Sequence[Sequence[float]]]) -> str | None:
    """The value whose ranges hold the number."""
    return next((value for value, spans in ranges.items() if any(low <= number <= high for low, high in spans)), None)


def _numbers(signs: Sequence[Sign], foreign: frozenset[str] = FOREIGN) -> list[Number]:
    """The numbers without those of a `foreign` unit."""
    found: list[Number] = []
    for at, sign in enumerate(signs):
        after = signs[at + 1].sense if at + 1 < len(signs) else ""
        counted = signs[at - 1].sense in ("number", "amount") if at else False
        if after in foreign or sign.sense not in ("number", "amount") or (sign.sense == "amount" and counted):
            continue
        extra = 0.5 if after == "half" else 0.0
        number = Number(float(sign.value) + extra, at, at + bool(extra))
        if after == "minutes":
            number = number._replace(value=number.value / 60)
            if found and at - found[-1].last <= MINUTES_AFTER:
                number = number._replace(value=number.value + found.pop().value)
        found.append(number)
    return found


def _senses(signs: Sequence[Sign], first: int, last: int) -> set[str]:
    return {s.sense for s in signs[max(0, first) : last]}


def _ranges(signs: Sequence[Sign], found: Sequence[Number], *, clock: bool = False) -> list[Number]:
    """The numbers with every range as its middle; with `clock`, from a higher to a lower number are times of day."""
    joined: list[Number] = []
    for number in found:
        before = joined[-1] if joined else None
        if before is None or not _one_range(signs, before, number):
            joined.append(number)
            continue
        span = number.value + NOON - before.value
        shift = clock and number.value < before.value <= NOON and span <= NOON
        joined[-1] = Number(span if shift else (before.value + number.value) / 2, before.first, number.last)
    return joined


def _one_range(signs: Sequence[Sign], low: Number, high: Number) -> bool:
    senses = _senses(signs, low.last + 1, high.first) - {"filler", "hours", "amount", "affirm"}
    apart = high.first - low.last - 1
    paired = senses == {"and"} and apart <= 2 and "between" in _senses(signs, low.first - 2, low.first)
    return senses in ({"spread"}, {"or"}) or paired


def _added(signs: Sequence[Sign], found: Sequence[Number]) -> float | None:
    """The sum where every number has a place of its own ("5 at work and 2 at home") or a plus stands between them."""
    if len(found) < 2:
        return None
    ends = [n.first for n in found[1:]] + [len(signs)]
    placed = [bool(_senses(signs, n.last, end) & {"place"}) for n, end in zip(found, ends, strict=True)]
    plus = [bool(_senses(signs, n.last, end) & {"plus"}) for n, end in zip(found[:-1], ends[:-1], strict=True)]
    return sum(n.value for n in found) if all(placed) or all(plus) else None


def _meant(signs: Sequence[Sign], found: Sequence[Number], heard: Sequence[float] = ()) -> float | None:
    """The number that "usually" or "say" marks, else the middle of the lowest and the highest."""
    usual = {s.part for s in signs if s.sense == "usual"}
    marked = [n.value for n in found if signs[n.first].part in usual]
    values = marked or [n.value for n in found] or list(heard)
    return (min(values) + max(values)) / 2 if values else None
