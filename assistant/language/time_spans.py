"""How long the complaint has lasted: "for 3 months", "since last three years", "started 2 weeks ago"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.mentions import Mention
from assistant.language.number_place import Place

LONGEST = 60
BETWEEN = frozenset(("of", "more", "or", "so", "solid", "long", "full", "whole", "odd"))
"""Words between a number and its unit: "couple of weeks", "six long months"."""


def duration(place: Place) -> Mention | None:
    """The step of `duration` that a number of days, weeks, months or years stands for, if the complaint lasted so long."""
    value, terms = place.number.value, place.terms
    small = BETWEEN | {"a", "an"} if value < 1 else BETWEEN
    skipped = next((i for i, w in enumerate(place.after) if w not in small), len(place.after))
    after = place.after[skipped:]
    if not after or after[0] not in terms.span or value > LONGEST or place.words[place.number.last + 1].after_comma:
        return None
    halves = after[1:4] == ["and", "a", "half"]
    rest = place.rest[skipped + 1 :]
    if "duration" not in place.asked and _of_something_else(place, terms.span[after[0]], rest):
        return None
    if not (_told(place, rest) or halves):
        return None
    short = value == 1 and (place.hedged("nearly") or place.segment[-2:] == ["part", "of"])
    return place.mention("duration", span(0.9 if short else value, terms.span[after[0]]), more=skipped + 1)


def _told(place: Place, rest: Sequence[str]) -> bool:
    """Whether the number tells how long: "for a month", "a month now"; more than one of a unit may stand alone."""
    terms, segment = place.terms, set(place.segment)
    if terms.begins("ago", rest):
        began = bool(terms["began"] & place.clause)
        another = terms["other_span"] & segment and "since" not in segment and not terms["began"] & segment
        return place.segment[-1:] == ["since"] or (not another and (began or bool(terms["complaint"] & segment)))
    if place.number.value > 1 or place.words[place.number.first].norm not in terms.loose:
        return place.number.value != 1 or "day" not in place.after[:1]
    return (
        bool(terms["since"] & set(place.segment[-3:])) or bool(terms.begins("now", rest)) or not (place.segment or rest)
    )


def _of_something_else(place: Place, unit: str, rest: Sequence[str]) -> bool:
    """Whether the time is another thing's: a pregnancy, a course of tablets, a job, "every 2 weeks", "in 3 weeks"."""
    terms, segment = place.terms, place.segment
    if terms.begins("not_a_complaint", rest) or terms.begins("a_week", rest) or terms.begins("a_day", rest):
        return True
    carried = "since" not in segment and bool(terms["carrying"] & set(place.before[-1:]))
    carried = carried or bool(terms.ends("i_am", place.lead) and unit in ("weeks", "months"))
    carried = carried or (not segment and unit != "years" and bool(terms["carrying"] & set(place.before[-3:])))
    if terms.ends("recurring", place.lead) or carried or _of_an_activity(place, rest):
        return True
    if rest[:1] == ["after"] and (unit == "days" or terms["other_span"] & set(rest[1:4])):
        return True
    for word in reversed(segment):
        if word == "and" or word in terms["complaint"]:
            return False
        if word in terms["other_span"]:
            return not ("since" in segment and terms["complaint"] & set(segment[: segment.index("since")]))
    return False


def _of_an_activity(place: Place, rest: Sequence[str]) -> bool:
    """ "4 years of squats"; not "18 months of this pain"."""
    known = place.terms["complaint"] | {"this", "it", "these", "constant", "hell"}
    return rest[:1] == ["of"] and len(rest) > 1 and not known & set(rest[1:4])


def span(count: float, unit: str) -> str:
    """The contract's step for a length of time: twelve months are a year, nine weeks are months, ten days are days."""
    if (unit == "days" and count >= 14) or (unit == "months" and count < 1):
        return "weeks"
    if unit == "weeks" and count >= 9:
        return "months"
    if unit == "years" and count < 1:
        return "months"
    return "years" if unit == "months" and count >= 12 else unit
