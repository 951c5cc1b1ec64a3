"""Quantities that are findings: hours of sitting a day, how bad from 0 to 10, how long it has lasted, how old."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from assistant.language.ages import age
from assistant.language.effects import find_effects
from assistant.language.mentions import Mention
from assistant.language.number_place import Place
from assistant.language.numbers import Number
from assistant.language.scores import at_worst, severity
from assistant.language.sitting_hours import hours, shift, total
from assistant.language.terms import Terms
from assistant.language.time_spans import duration
from assistant.language.words import Word


def find_measures(
    words: Sequence[Word], stated: Sequence[Number], terms: Terms, asked: frozenset[str] = frozenset()
) -> list[Mention]:
    """The quantities said, as mentions. `stated` are the numbers of the words; `asked` are the findings just asked for: then
    a bare number is enough."""
    taken = {i for n in stated for i in range(n.first, n.last + 1)}
    loose = [n for n in _loose_numbers(words, terms) if n.first not in taken]
    numbers = sorted([*stated, *loose], key=lambda n: n.first)
    found: list[tuple[Mention, Place]] = []
    for at, number in enumerate(numbers):
        place = Place(words, number, terms, asked)
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        mention = severity(place) or shift(place, following) or hours(place) or age(place) or duration(place)
        if mention and not (found and set(mention.used) & set(found[-1][0].used)):
            found.append((mention, place))
    return [*_one_each(found, words, terms), *find_effects(words, terms.effects)]


def _loose_numbers(words: Sequence[Word], terms: Terms) -> list[Number]:
    """ "a couple of hours", "few weeks", "a month", "this past week": words that count only before a unit."""
    found = []
    for at, word in enumerate(words):
        if word.norm in terms.loose:
            following = [w.norm for w in words[at + 1 : at + 4] if w.norm not in {"of", "an", "a"}][:1]
            if following and (following[0] in terms["hour"] or following[0] in terms.span):
                found.append(Number(terms.loose[word.norm], at, at))
    starts = {n.first for n in found}
    return [n for n in found if not (n.value == 1.0 and n.first + 1 in starts)]


def _one_each(found: Sequence[tuple[Mention, Place]], words: Sequence[Word], terms: Terms) -> list[Mention]:
    """The mentions with hours made one sum and the scores of the worst moments left out where there is a usual one."""
    usual = [m for m, place in found if m.finding == "pain_severity" and not at_worst(place)]
    sitting = [m for m, _ in found if m.finding == "sitting_hours"]
    between = [{w.norm for w in words[a.last : b.last + 8]} for a, b in itertools.pairwise(sitting)]
    rest = [m for m, _ in found if m.finding not in ("pain_severity", "sitting_hours")]
    scores = usual or [m for m, _ in found if m.finding == "pain_severity"]
    return sorted([*rest, *scores, *total(sitting, between, terms["plus"])], key=lambda m: m.used)
