"""Quantities that are findings: hours of sitting a day, how bad from 0 to 10, how long it has lasted, how old."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.mentions import Mention
from assistant.language.numbers import LOOSE, Number, find_numbers
from assistant.language.words import Word

HOUR = frozenset(["h", "hr", "hrs", "hour", "hours", "hourly"])
SPAN_UNITS = {
    "day": "days", "days": "days", "night": "days", "nights": "days", "week": "weeks", "weeks": "weeks", "wk": "weeks",
    "wks": "weeks", "fortnight": "weeks", "fortnights": "weeks", "month": "months", "months": "months",
    "mth": "months", "mths": "months", "mo": "months", "mos": "months", "year": "years", "years": "years",
    "yr": "years", "yrs": "years", "decade": "years", "decades": "years",
}  # fmt: skip
SITTING = frozenset(
    [
        "sit",
        "sitting",
        "sits",
        "sat",
        "seated",
        "desk",
        "chair",
        "computer",
        "laptop",
        "screen",
        "office",
        "drive",
        "driving",
        "driver",
        "wheel",
        "commute",
        "workstation",
        "pc",
        "work",
        "job",
        "sofa",
        "couch",
        "gaming",
        "monitor",
    ]
)
A_DAY = (
    ("a", "day"),
    ("per", "day"),
    ("each", "day"),
    ("every", "day"),
    ("the", "day"),
    ("daily",),
    ("day",),
    ("at", "work"),
    ("everyday",),
)
A_WEEK = (("a", "week"), ("per", "week"), ("each", "week"), ("every", "week"), ("weekly",))
AT_ONCE = frozenset(["stretch", "straight", "once", "nonstop", "break", "stop", "end", "row"])
SINCE = frozenset(
    ["for", "since", "last", "past", "over", "about", "nearly", "almost", "around", "approximately", "within"]
)
NOT_A_COMPLAINT = frozenset(
    [
        "pregnant",
        "pregnancy",
        "gestation",
        "old",
        "age",
        "postpartum",
        "partum",
        "later",
        "sober",
        "married",
        "smoked",
        "smoking",
        "smoker",
        "post",
        "op",
        "surgery",
        "operation",
        "chemo",
        "remission",
        "time",
        "holiday",
    ]
)
WORKDAYS = 5
SEXES = frozenset("yo f m male female man woman lady guy bloke y/o".split())
OLD = (["years", "old"], ["year", "old"], ["yrs", "old"], ["yr", "old"], ["y", "o"])
UNITS = HOUR | SPAN_UNITS.keys() | frozenset("/ % out kg lbs lb mg miles mile km am pm min mins minutes times degrees percent".split())


def find_measures(words: Sequence[Word], asked: frozenset[str] = frozenset()) -> list[Mention]:
    """The quantities said, as mentions. `asked` are the findings just asked for: then a bare number is enough."""
    mentions: list[Mention] = []
    stated = find_numbers(words)
    taken = {i for n in stated for i in range(n.first, n.last + 1)}
    numbers = sorted([*stated, *(n for n in _loose_numbers(words) if n.first not in taken)], key=lambda n: n.first)
    for at, number in enumerate(numbers):
        mention = (
            _age(words, number)
            or _severity(words, number, asked)
            or _shift(words, number, numbers[at + 1 : at + 2])
            or _hours(words, number, asked)
            or _duration(words, number, asked)
        )
        if mention is not None:
            mentions.append(mention)
    return mentions


def _loose_numbers(words: Sequence[Word]) -> list[Number]:
    """ "a couple of hours", "few weeks", "a month": words that count only before a unit."""
    found = []
    for at, word in enumerate(words):
        following = [w.norm for w in words[at + 1 : at + 3] if w.norm not in {"of", "an", "a"}][:1]
        if word.norm in LOOSE and following and following[0] in HOUR | SPAN_UNITS.keys():
            found.append(Number(LOOSE[word.norm], at, at))
    taken = {n.first for n in found}
    return [n for n in found if not (n.value == 1.0 and n.first + 1 in taken)]


def _norms(words: Sequence[Word], first: int, last: int) -> list[str]:
    return [w.norm for w in words[max(0, first) : last]]


def _mention(finding: str, value: str | float, number: Number, last: int | None = None) -> Mention:
    return Mention(finding, value, tuple(range(number.first, (number.last if last is None else last) + 1)))


def band(age: float) -> str:
    """The age band of an age in years."""
    return "under_16" if age < 16 else "16_49" if age < 50 else "50_69" if age < 70 else "70_plus"


def _age(words: Sequence[Word], number: Number) -> Mention | None:
    """ "I'm 52", "52F", "male, 34", "aged 52", "52 years old", "in my 60s", "nearly 70"."""
    before, after = _norms(words, number.first - 2, number.first), _norms(words, number.last + 1, number.last + 4)
    if not 1 <= number.value <= 115 or after[:1] in (["stone"], ["weeks"], ["lbs"]):
        return None
    decade = number.value in range(20, 100, 10) and after[:1] == ["s"]
    grown = number.value >= 10 and not (after and (after[0] in UNITS or after[0] in SEXES and len(after) > 1 and after[1] in UNITS))
    if after[:2] in OLD or "aged" in before or (decade and before[-1:] != ["the"]):
        return _mention("age_band", band(number.value), number)
    nearly = grown and before[-1:] in (["nearly"], ["almost"]) and number.value >= 40 and not after[:1]
    if nearly:
        return _mention("age_band", band(number.value - 1), number)
    sexed = bool(after[:1] and after[0] in SEXES) or bool(before and before[-1] in SEXES and number.value >= 14)
    told = before in (["i", "am"], ["i", "m"], ["age", "is"], ["will", "be"]) or before[-1:] in (["age"], ["turned"], ["turning"])
    at = before[-1:] == ["at"] and number.value >= 25 and after[:1] != ["%"]
    return _mention("age_band", band(number.value), number) if grown and (sexed or told or at) else None


def _severity(words: Sequence[Word], number: Number, asked: frozenset[str]) -> Mention | None:
    """ "7/10", "7 out of 10", "pain level is 7"; a bare number when severity was asked."""
    after, before = _norms(words, number.last + 1, number.last + 4), _norms(words, number.first - 4, number.first)
    out_of_ten = after[:2] == ["/", "10"] or after[:3] == ["out", "of", "10"] or after[:3] == ["out", "of", "ten"]
    level = bool({"level", "scale", "severity", "score"} & set(before)) or {"pain", "scale"} <= set(after)
    lone = asked == {"pain_severity"} and not (after and after[0] in HOUR | SPAN_UNITS.keys())
    if number.value <= 10 and (out_of_ten or level or lone):
        return _mention("pain_severity", number.value, number)
    return None


def _shift(words: Sequence[Word], number: Number, following: Sequence[Number]) -> Mention | None:
    """ "9 to 5 at a desk": the hours between two times of day, when sitting is spoken of."""
    if not following or not {w.norm for w in words} & SITTING:
        return None
    end = following[0]
    if (
        _norms(words, number.last + 1, end.first) not in (["to"], ["till"], ["until"], ["am", "to"])
        or end.value >= number.value
    ):
        return None
    if number.value in range(6, 12) and end.value in range(2, 8):
        return Mention("sitting_hours", end.value + 12 - number.value, tuple(range(number.first, end.last + 1)))
    return None


def _hours(words: Sequence[Word], number: Number, asked: frozenset[str]) -> Mention | None:
    """Hours of sitting a day; a working week is shared out over five days. Hours at a stretch are not taken."""
    after = _norms(words, number.last + 1, number.last + 6)
    after = after[1:] if after[:1] == ["of"] else after
    expected = "sitting_hours" in asked
    if not after[:1] or after[0] not in HOUR:
        lone = expected and len(asked) == 1 and number.value <= 24 and not (after and after[0] in SPAN_UNITS)
        return _mention("sitting_hours", number.value, number) if lone else None
    clause = words[number.first].clause
    near = [w.norm for w in words if w.clause == clause and abs(w.start - words[number.first].start) < 80]
    weekly = any(tuple(after[1 : 1 + len(p)]) == p for p in A_WEEK)
    daily = any(tuple(after[1 : 1 + len(p)]) == p for p in A_DAY) or bool({"daily", "day", "days"} & set(near))
    at_once = bool(AT_ONCE & set(after)) or (
        bool({"after", "if", "when", "every"} & set(_norms(words, number.first - 4, number.first))) and not daily
    )
    if number.value > (80 if weekly else 24) or at_once or not (expected or SITTING & set(near)):
        return None
    if not (expected or weekly or daily or number.value >= 3):
        return None
    return _mention("sitting_hours", number.value / WORKDAYS if weekly else number.value, number, number.last + 1)


def _duration(words: Sequence[Word], number: Number, asked: frozenset[str]) -> Mention | None:
    """How long the complaint has lasted: "for 3 months", "since last three years", "started 2 weeks ago"."""
    after = [n for n in _norms(words, number.last + 1, number.last + 6) if n not in {"of", "more", "a", "an"}]
    before = _norms(words, number.first - 4, number.first)
    if not after or after[0] not in SPAN_UNITS:
        return None
    rest = set(after[1:4])
    if rest & NOT_A_COMPLAINT or number.value > 60:
        return None
    recurring = before[-1:] in (["every"], ["per"], ["times"], ["x"]) or {"days", "times", "twice", "once"} & set(
        before[-2:]
    )
    ago = "ago" in after[1:3]
    told = bool(SINCE & set(before)) or rest & {"now", "since"} or "duration" in asked or number.value > 1
    began = {"began", "started", "start", "came", "begun", "going", "hurting"} & {
        w.norm for w in words if w.clause == words[number.first].clause
    }
    if recurring or not (began if ago else told or began):
        return None
    return _mention("duration", _span(number.value, SPAN_UNITS[after[0]]), number, number.last + 1)


def _span(count: float, unit: str) -> str:
    """The contract's step for a length of time: twelve months are a year, eight weeks are months, ten days are days."""
    if (unit == "days" and count >= 14) or (unit == "months" and count < 1):
        return "weeks"
    if unit == "weeks" and count >= 9:
        return "months"
    return "years" if unit == "months" and count >= 12 else unit
