"""How old the person is, from a number: "I'm 52", "52F", "male, 34", "mum (82)", "just hit 50", "in my 60s"."""

from __future__ import annotations

from assistant.language.mentions import Mention
from assistant.language.number_place import Place

OLDEST = 115
YOUNGEST = 3
"""Below this age a number needs "years old" even where a child is named."""
SPOKEN = 12
"""Below this age a number needs "years old": "I'm 5'8" is no age."""
WRITES = 16
"""Below this age a number that stands by itself is something else."""
FEVERISH = range(35, 43)
"""Degrees that a body has."""
TEMPERATURE = frozenset("temp temperature fever feverish thermometer".split())
BANDS = ((16, "under_16"), (50, "16_49"), (70, "50_69"))


def band(age_in_years: float) -> str:
    """The age band of an age in years."""
    return next((name for below, name in BANDS if age_in_years < below), "70_plus")


def age(place: Place) -> Mention | None:
    """The age band that a number stands for, if it is the age now of the person triaged."""
    value = place.number.value
    if not value.is_integer() or not 1 <= value <= OLDEST or _likened(place):
        return None
    if _in_full(place):
        return place.mention("age_band", band(value)) if _of_a_person(place) else None
    told = _decade(place) or _of_sex(place) or _labelled(place) or _spoken(place) or _alone(place)
    return place.mention("age_band", band(value - _not_yet(place))) if told else None


def _likened(place: Place) -> bool:
    """ "like a 90 year old", "since I was 25", "when I turn 60"."""
    lead = [w for w in place.segment if w not in ("a", "an")]
    return bool(place.terms.ends("likened", lead)) or bool(place.terms["then"] & set(place.segment[-4:]))


def _not_yet(place: Place) -> int:
    """1 for "nearly 70" and "70 next week", whose age is still a year less."""
    return 1 if place.hedged("nearly") or place.terms.begins("coming", place.after) else 0


def _in_full(place: Place) -> bool:
    """ "52 years old", "45 y/o", "55 yrs lady", "34 yr male"."""
    after, terms = place.after, place.terms
    years = terms.begins("years", after)
    return bool(terms.begins("old", after)) or (0 < years < len(after) and after[years] in terms["people"])


def _of_a_person(place: Place) -> bool:
    """Whether "52 years old" is somebody triaged: not "a 10 year old mattress", "my 3 year old jumped on me"."""
    after, terms = place.after, place.terms
    following = after[terms.begins("old", after) :][:3]
    if following and following[0] in terms["things"]:
        return False
    if place.segment[-1:] in (["is"], ["s"], ["are"]) and terms["things"] & set(place.segment[-3:-1]):
        return False
    of_own = place.number.value < WRITES and place.segment[-1:] != ["am"] and place.before[-1:] != ["is"]
    return not of_own or not following or bool(terms["ails"] & set(following))


def _counted(place: Place) -> bool:
    """Whether a unit follows: "52 weeks", "34 lbs", "20 x"."""
    after, terms = place.after, place.terms
    if not after or place.words[place.number.last + 1].after_comma:
        return False
    years = terms.begins("years", after)
    if years:
        return years < len(after) and after[years] in terms["years_of"]
    return after[0] in terms["units"] or after[0] in terms["hour"] or after[0] in terms.span


def _decade(place: Place) -> bool:
    """ "in my 60s", "early 50s"."""
    whose = place.segment[-1:] != [] and place.segment[-1] in place.terms["decade_of"]
    return place.number.value % 10 == 0 and place.after[:1] == ["s"] and (whose or not place.segment)


def _of_sex(place: Place) -> bool:
    """ "52F", "F52", "34/m", "male, 34", "a man of 62"."""
    value, before, after, terms = place.number.value, place.before, place.after, place.terms
    if value < SPOKEN:
        return False
    slashed = after[1:2] if after[:1] == ["/"] else after[:1]
    letter = bool(slashed and slashed[0] in terms["sex_letters"]) and (
        place.joined or after[:1] == ["/"] or len(place.rest) == 1
    )
    named = bool(slashed and slashed[0] in terms["people"])
    first = [w for w in before[-2:] if w not in ("/", "of", "aged")][-1:]
    told = bool(
        first and first[0] in terms["sexes"] | (terms["people"] if "of" in before[-1:] else set())
    ) and not _counted(place)
    before_it = place.words[place.number.first].norm[0] in terms["sex_letters"] and not place.segment
    return letter or named or told or before_it


def _labelled(place: Place) -> bool:
    """ "age: 74", "aged 28", "my age is 38", "at the age of 70 I"."""
    terms, lead = place.terms, place.lead or place.before
    label = terms.ends("age_label", lead)
    opening = lead[: len(lead) - label]
    dated = bool(terms["at_the"] & set(opening[-2:])) and bool(set(opening) - terms["at_the"])
    return bool(label) and not dated and not (terms["not_now"] & set(place.segment))


def _spoken(place: Place) -> bool:
    """ "I'm only 29", "she is 81", "my dad 73 shuffles", "mum (82)", "just hit 50", "at 62 I", "40 something"."""
    lead, after, terms, value = place.lead, place.after, place.terms, place.number.value
    if _counted(place) or value < YOUNGEST:
        return False
    whose = lead[-1:] or place.before[-1:]
    named = (whose[0] in terms["whose_age"] or "myself" in lead[-2:]) if whose else False
    named = named or (lead[-1:] in (["is"], ["s"]) and bool(terms["whose_age"] & set(lead[-4:-1])))
    if named or value < SPOKEN:
        return named
    told = bool(terms.ends("i_am", lead))
    turned = value >= WRITES and bool(terms.ends("turned", lead))
    begins = not lead and value > WRITES
    vague = begins and (place.hedged("nearly") or place.hedged("over")) and value >= 40
    roughly = value % 10 == 0 and after[:1] != [] and after[0] in terms["something"] and place.rest[1:2] != ["years"]
    at_now = lead in (["at"], ["and", "at"]) and value > WRITES and bool(terms.begins("goes_on", after))
    at_now = at_now or (lead[-1:] == ["at"] and "i" in lead and bool({"am", "have"} & set(lead)) and not place.rest)
    years = terms.begins("years", after)
    told = told or (value >= WRITES and lead[-2:] == ["i", "have"] and 0 < years == len(place.rest))
    return told or turned or vague or (roughly and (begins or lead[-1:] == ["a"])) or at_now


def _alone(place: Place) -> bool:
    """A number by itself between commas or full stops, a closing word aside: "58,", "71 here", "62 now"."""
    if place.lead or place.number.value < WRITES or place.number.first != place.number.last:
        return False
    after = place.rest
    if place.number.value in FEVERISH and any(w.norm in TEMPERATURE for w in place.words):
        return False
    return not _counted(place) and (not after or after[0] in place.terms["after_age"])
