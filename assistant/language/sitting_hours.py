"""Hours of sitting a day: "8-10 hrs at a desk", "9 to 5 in an office", "35 hours a week"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.mentions import Mention
from assistant.language.number_place import Place
from assistant.language.numbers import Number

WORKDAYS = 5
DAY, WEEK = 24, 80
"""More hours a day, or a week, than anybody sits."""
WHOLE_DAY = 6
"""From so many hours on "after 8 hours at the desk" is a day's total; fewer are hours at a stretch."""
NEAR = 80
"""Characters around a number within which sitting must be spoken of."""
NOON = 12
JOINED = frozenset(("to", "till", "til", "until", "-"))


def shift(place: Place, following: Number | None) -> Mention | None:
    """ "9 to 5 at a desk": the hours between two times of day, when sitting is spoken of."""
    number, words, terms = place.number, place.words, place.terms
    if (
        following is None
        or following.first - number.last > 8
        or words[following.first].clause != words[number.last].clause
    ):
        return None
    if not ("sitting_hours" in place.asked or _sits(place)):
        return None
    between = [w.norm for w in words[number.last + 1 : following.first] if w.norm not in terms["clock"]]
    dash = not between and 0 < words[following.first].start - words[number.last].end <= 3
    if not (dash or (len(between) == 1 and between[0] in JOINED)):
        return None
    length = (following.value - number.value) % NOON or NOON
    if number.value > NOON or following.value > NOON or not 4 <= length <= NOON:
        return None
    unit = [w.norm for w in words[following.last + 1 : following.last + 2]]
    if unit and (unit[0] in terms["hour"] or unit[0] in terms["units"] - terms["clock"] or unit[0] in terms.span):
        return None
    return Mention("sitting_hours", length, tuple(range(number.first, following.last + 1)))


def hours(place: Place) -> Mention | None:
    """Hours of sitting a day; a working week is shared out over five days. Hours at a stretch are not taken."""
    value, terms = place.number.value, place.terms
    expected = "sitting_hours" in place.asked
    counted = terms.begins("hours", place.after)
    after = place.after[counted:]
    if not counted:
        return _bare(place, expected=expected)
    weekly = bool(terms.begins("a_week", after))
    daily = bool(terms.begins("a_day", after)) or bool(terms["daily"] & _near(place))
    if _at_a_stretch(place, after, daily=daily) or not (expected or _sits(place)):
        return None
    added = bool(terms["plus"] & set(place.segment[-3:]))
    if not (expected or weekly or daily or added or value >= 3) or value > (WEEK if weekly else DAY):
        return None
    return place.mention("sitting_hours", value / WORKDAYS if weekly else value, more=counted)


def total(found: Sequence[Mention], joining: Sequence[set[str]], more: frozenset[str]) -> list[Mention]:
    """The hours of a message as one: "8 at work plus 2 in the car" are added up, of others the most counts.

    `joining` holds the words between each of the hours and the next.
    """
    if len(found) < 2:
        return list(found)
    added = [bool(words & more) for words in joining]
    value = sum(float(m.value or 0) for m in found) if all(added) else max(float(m.value or 0) for m in found)
    return [Mention("sitting_hours", min(value, DAY), m.used) for m in found]


def _bare(place: Place, *, expected: bool) -> Mention | None:
    """A number without "hours": when they were asked for, or "sit 8 a day"."""
    lone = expected and len(place.asked) == 1 and not (place.after and place.after[0] in place.terms.span)
    told = bool(place.terms.begins("a_day", place.after)) and bool(place.terms["sat"] & set(place.segment[-3:]))
    stands = lone or (told and place.number.value >= 3)
    return place.mention("sitting_hours", place.number.value) if stands and place.number.value <= DAY else None


def _at_a_stretch(place: Place, after: Sequence[str], *, daily: bool) -> bool:
    """ "3 hours at a stretch", "after 2 hours", "if I sit more than 4 hours": not a day's total."""
    terms = place.terms
    if daily and place.number.value >= WHOLE_DAY:
        return False
    straight = any(terms.begins("at_once", after[at:]) for at in range(4))
    once = bool(terms["after"] & set(place.segment[-6:])) and not terms.begins("a_day", after)
    return straight or (once and place.number.value < WHOLE_DAY)


def _sits(place: Place) -> bool:
    """Whether the nearest thing done around the number is done sitting, not standing or asleep."""
    at, terms = place.words[place.number.first], place.terms
    close = [
        (_distance(place, i), w.norm in terms["sitting"])
        for i, w in enumerate(place.words)
        if abs(w.start - at.start) < NEAR
        and w.clause == at.clause
        and (w.norm in terms["sitting"] or w.norm in terms["upright"])
    ]
    return min(close, key=lambda c: c[0])[1] if close else False


def _distance(place: Place, at: int) -> int:
    """Words between the number and a position; a comma between them counts as five more."""
    first, last = sorted((place.number.first, at))
    return last - first + 5 * sum(w.after_comma for w in place.words[first + 1 : last + 1])


def _near(place: Place) -> set[str]:
    at = place.words[place.number.first]
    return {w.norm for w in place.words if w.clause == at.clause and abs(w.start - at.start) < NEAR}
