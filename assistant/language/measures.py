"""Quantities that are findings: hours of sitting a day, how bad from 0 to 10, how long it has lasted, how old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.mentions import Mention
from assistant.language.numbers import Number, find_numbers
from assistant.language.terms import Terms
from assistant.language.words import Word

WORKDAYS = 5
NEAR = 80
"""Characters around a number within which sitting must be spoken of."""


@dataclass(frozen=True)
class Place:
    """A number where it stands: the words before it, nearest last, and after it, nearest first."""

    words: Sequence[Word]
    number: Number
    terms: Terms
    asked: frozenset[str]

    @property
    def before(self) -> list[str]:
        return [w.norm for w in self.words[max(0, self.number.first - 4) : self.number.first] if self._same(w)]

    @property
    def after(self) -> list[str]:
        return [w.norm for w in self.words[self.number.last + 1 : self.number.last + 7] if self._same(w)]

    @property
    def segment(self) -> set[str]:
        """The words between the last comma or clause end and the number."""
        clause, first = self.words[self.number.first].clause, self.number.first
        while first > 0 and not self.words[first].after_comma and self.words[first - 1].clause == clause:
            first -= 1
        return {w.norm for w in self.words[first : self.number.first]}

    @property
    def alone(self) -> bool:
        """Whether the number stands by itself between commas or full stops, a closing word aside: "58," "71 here"."""
        first, after = self.words[self.number.first], self.words[self.number.last + 1 : self.number.last + 3]
        begins = first.after_comma or not self.before
        ends = not self.after or after[0].after_comma or after[0].norm in self.terms["after_age"]
        return begins and ends and self.number.first == self.number.last

    def _same(self, word: Word) -> bool:
        return word.sentence == self.words[self.number.first].sentence

    @property
    def clause(self) -> set[str]:
        """The words of the number's clause."""
        clause = self.words[self.number.first].clause
        return {w.norm for w in self.words if w.clause == clause}

    def mention(self, finding: str, value: str | float, more: int = 0) -> Mention:
        """A mention that uses the number and `more` words after it."""
        return Mention(finding, value, tuple(range(self.number.first, self.number.last + 1 + more)))


def find_measures(words: Sequence[Word], terms: Terms, asked: frozenset[str] = frozenset()) -> list[Mention]:
    """The quantities said, as mentions. `asked` are the findings just asked for: then a bare number is enough."""
    stated = find_numbers(words)
    taken = {i for n in stated for i in range(n.first, n.last + 1)}
    loose = [n for n in _loose_numbers(words, terms) if n.first not in taken]
    numbers = sorted([*stated, *loose], key=lambda n: n.first)
    found = []
    for at, number in enumerate(numbers):
        place = Place(words, number, terms, asked)
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        mention = age(place) or severity(place) or shift(place, following) or hours(place) or duration(place)
        found += [mention] if mention else []
    return found


def _loose_numbers(words: Sequence[Word], terms: Terms) -> list[Number]:
    """ "a couple of hours", "few weeks", "a month": words that count only before a unit."""
    found = []
    for at, word in enumerate(words):
        if word.norm in terms.loose:
            following = [w.norm for w in words[at + 1 : at + 4] if w.norm not in {"of", "an", "a"}][:1]
            if following and (following[0] in terms["hour"] or following[0] in terms.span):
                found.append(Number(terms.loose[word.norm], at, at))
    starts = {n.first for n in found}
    return [n for n in found if not (n.value == 1.0 and n.first + 1 in starts)]


def band(age_in_years: float) -> str:
    """The age band of an age in years."""
    return (
        "under_16"
        if age_in_years < 16
        else "16_49"
        if age_in_years < 50
        else "50_69"
        if age_in_years < 70
        else "70_plus"
    )


def age(place: Place) -> Mention | None:
    """ "I'm 52", "52F", "male, 34", "aged 52", "52 years old", "in my 60s", "nearly 70"."""
    value, terms, after, before = place.number.value, place.terms, place.after, place.before[-2:]
    if not 1 <= value <= 115 or not value.is_integer():
        return None
    decade = value in range(20, 100, 10) and after[:1] == ["s"] and before[-1:] != ["the"]
    if terms.begins("old", after) or before[-1:] == ["aged"] or decade:
        return place.mention("age_band", band(value))
    if value < 10 or _counts_something(place):
        return None
    if before[-1:] in (["nearly"], ["almost"]):
        return place.mention("age_band", band(value - 1)) if value >= 40 else None
    sexed = bool(after and after[0] in terms["sexes"]) or bool(before and before[-1] in terms["sexes"])
    told = bool(before) and before[0] in terms["whose_age"] and before[1:] in (["am"], ["m"], ["is"], ["s"], ["be"])
    told = told or (place.alone and value >= 12)
    turned = before[-1:] in (["age"], ["turned"], ["turning"]) or (before[-1:] == ["at"] and value >= 25)
    return place.mention("age_band", band(value)) if sexed or told or turned else None


def _counts_something(place: Place) -> bool:
    """Whether a unit follows: "52 weeks", "34 m lbs"."""
    units = place.terms["not_an_age"] | place.terms["hour"] | place.terms.span.keys()
    named = [n for n in place.after[:2] if n not in place.terms["sexes"]]
    return bool(named[:1] and place.after[:1] == named[:1] and named[0] in units)


def severity(place: Place) -> Mention | None:
    """ "7/10", "7 out of 10", "pain level is 7"; a bare number when severity was asked."""
    after = place.after
    out_of_ten = after[:2] == ["/", "10"] or after[:3] in (["out", "of", "10"], ["out", "of", "ten"])
    scored = bool(place.terms["score"] & set(place.before)) or {"pain", "scale"} <= set(after[:4])
    lone = place.asked == {"pain_severity"} and not _counts_something(place)
    stands = place.number.value <= 10 and (out_of_ten or scored or lone)
    return place.mention("pain_severity", place.number.value) if stands else None


def shift(place: Place, following: Number | None) -> Mention | None:
    """ "9 to 5 at a desk": the hours between two times of day, when sitting is spoken of."""
    number = place.number
    expected = "sitting_hours" in place.asked
    if following is None or not (expected or place.terms["sitting"] & {w.norm for w in place.words}):
        return None
    between = [w for w in place.words[number.last + 1 : following.first] if w.norm not in ("am", "a.m.", "a", "m")]
    close = place.words[following.first].start - place.words[number.last].end <= 6
    dash = not between and close and not place.words[following.first].after_comma
    joined = dash or [w.norm for w in between] in (["to"], ["till"], ["til"], ["until"])
    if not joined or number.value not in range(6, 12) or following.value not in range(2, 8):
        return None
    used = tuple(range(number.first, following.last + 1))
    return Mention("sitting_hours", following.value + 12 - number.value, used)


def hours(place: Place) -> Mention | None:
    """Hours of sitting a day; a working week is shared out over five days. Hours at a stretch are not taken."""
    value, terms = place.number.value, place.terms
    after = place.after[1:] if place.after[:1] == ["of"] else place.after
    expected = "sitting_hours" in place.asked
    if not after or after[0] not in terms["hour"]:
        lone = expected and len(place.asked) == 1 and value <= 24 and not (after and after[0] in terms.span)
        return place.mention("sitting_hours", value) if lone else None
    weekly = terms.begins("a_week", after[1:])
    daily = terms.begins("a_day", after[1:]) or bool({"daily", "day", "days"} & _near(place))
    once = bool(terms["at_once"] & set(after[:5])) or (bool(terms["after"] & set(place.before)) and not daily)
    spoken = expected or bool(terms["sitting"] & _near(place))
    told = expected or weekly or daily or value >= 3
    if once or not (spoken and told) or value > (80 if weekly else 24):
        return None
    return place.mention("sitting_hours", value / WORKDAYS if weekly else value, more=1)


def _near(place: Place) -> set[str]:
    at = place.words[place.number.first]
    return {w.norm for w in place.words if w.clause == at.clause and abs(w.start - at.start) < NEAR}


def duration(place: Place) -> Mention | None:
    """How long the complaint has lasted: "for 3 months", "since last three years", "started 2 weeks ago"."""
    value, terms = place.number.value, place.terms
    after = [n for n in place.after if n not in {"of", "more", "a", "an"}]
    halves = after[1:3] == ["and", "half"]
    if not after or after[0] not in terms.span or value > 60:
        return None
    rest = set(after[1:4])
    if rest & terms["not_a_complaint"] or terms["recurring"] & set(place.before[-1:]) or "times" in place.before[-2:]:
        return None
    if terms["other_span"] & place.segment and "duration" not in place.asked:
        return None
    began = bool(terms["began"] & place.clause)
    ago = "ago" in after[1:3]
    told = (
        bool(terms["since"] & set(place.before))
        or bool(rest & {"now", "since"})
        or "duration" in place.asked
        or value > 1
    )
    if place.words[place.number.first].norm in ("a", "an"):
        told = bool(terms["since"] & set(place.before[-1:])) or bool(rest & {"now", "since"})
    if not (began if ago else told or began or halves):
        return None
    return place.mention("duration", span(value, terms.span[after[0]]), more=1)


def span(count: float, unit: str) -> str:
    """The contract's step for a length of time: twelve months are a year, nine weeks are months, ten days are days."""
    if (unit == "days" and count >= 14) or (unit == "months" and count < 1):
        return "weeks"
    if unit == "weeks" and count >= 9:
        return "months"
    return "years" if unit == "months" and count >= 12 else unit
