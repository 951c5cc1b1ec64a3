"""How bad it is from 0 to 10, from a number: "7/10", "about a seven", "pain 3 most days"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.mentions import Mention
from assistant.language.number_place import Place

HIGHEST = 10
CLOCK = ("morning", "night", "evening", "afternoon")


def severity(place: Place) -> Mention | None:
    """ "7/10", "7 out of 10", "pain level is 7", "I'd give it a seven"; a bare number when severity was asked."""
    if place.number.value > HIGHEST:
        return None
    of_ten = place.terms.begins("of_ten", place.after[1:] if place.after[:1] == ["ish"] else place.after)
    if of_ten:
        dated = place.after[of_ten : of_ten + 1] == ["/"] or bool(place.terms["not_pain"] & place.clause)
        return None if dated else place.mention("pain_severity", place.number.value, more=of_ten)
    lone = place.asked == {"pain_severity"} and not _goes_on(place.after[:1], place)
    stands = lone or (_scored(place) and not _goes_on(place.rest, place) and not _whole_scale(place))
    return place.mention("pain_severity", place.number.value) if stands else None


def at_worst(place: Place) -> bool:
    """Whether a score is told of the worst moments, "8 at worst", so that another one is the usual."""
    return bool(place.terms.begins("at_worst", place.after)) or bool(place.terms["worst"] & set(place.segment[-5:]))


def _goes_on(rest: Sequence[str], place: Place) -> bool:
    """Whether the next word makes the number count something: "a five minute walk", "at 3 in the morning"."""
    terms = place.terms
    return bool(rest) and (rest[0] not in terms["after_score"] or bool(set(CLOCK) & set(rest[:4])))


def _scored(place: Place) -> bool:
    """Whether the words before make the number a score, small words between them aside."""
    terms = place.terms
    lead = list(place.lead) or (place.before if not place.rest else [])
    linked = 0
    while linked < len(lead) and lead[-1 - linked] in terms["score_links"]:
        linked += 1
    links, core = lead[len(lead) - linked :], lead[: len(lead) - linked][-1:]
    return bool(core and core[0] in terms["score"]) or "a" in links[-2:] or "an" in links[-2:]


def _whole_scale(place: Place) -> bool:
    """ "on a scale of one to ten": the scale, not a score on it."""
    return place.number.first != place.number.last and "scale" in place.before and 5 <= place.number.value <= 5.5
