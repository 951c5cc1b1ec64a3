"""Reads the answer to a question about one finding: yes or no, one of its values, or a quantity."""

from __future__ import annotations

from typing import Any

from assistant.language import answer_numbers
from assistant.language.answer_marks import Marks, trusted_no
from assistant.language.answer_types import AFFIRM, LOOSE, REFUSE, UNSURE, Answer, Heard, answer_of
from assistant.language.answer_words import Sign

# ---------------------------------------------------------------- one yes/no finding


def _verdict(heard: Heard) -> str:
    """affirm, refuse or unsure; "" for none. The last word counts, save that doubt does not undo a yes."""
    verdict, part = "", -1
    for at, sign in enumerate(heard.signs):
        said = _says(heard, at)
        stays = {verdict, said} == {AFFIRM, UNSURE} and (verdict == AFFIRM or sign.part == part)
        if not said or stays:
            continue
        verdict, part = said, sign.part
    return verdict


def _says(heard: Heard, at: int) -> str:
    sign = heard.signs[at]
    negated = heard.negated(at)
    if sign.sense == "value":
        return {"so": AFFIRM, "not_so": REFUSE}.get(sign.value[1], "")
    if sign.sense == "name" and negated:
        return "" if any(s.sense == "wary" for s in heard.signs) else REFUSE
    if sign.sense == "name":
        return "" if heard.unknown else AFFIRM
    if sign.sense == "number":
        ranges = heard.written("ranges").get(heard.asked.findings[0], {})
        inside = answer_numbers.between(sign.value, ranges) if heard.unknown <= LOOSE else None
        return {"so": AFFIRM, "not_so": REFUSE}.get(inside or "", "")
    if sign.sense in (REFUSE, "none"):
        return REFUSE if trusted_no(heard.signs, at) else ""
    if sign.sense in (AFFIRM, UNSURE, "all"):
        starts = at == 0 or heard.signs[at - 1].part != sign.part
        said = AFFIRM if sign.sense == "all" else sign.sense
        said = REFUSE if negated and said == AFFIRM and heard.signs[at - 1].sense == "not" else said
        return said if starts or heard.unknown <= LOOSE else ""
    return ""


def yes_no(heard: Heard) -> Answer | None:
    finding, verdict = heard.asked.findings[0], _verdict(heard)
    if heard.held(finding) or verdict not in (AFFIRM, REFUSE):
        return None
    return answer_of({finding: verdict == AFFIRM, **_beside(heard)})


def _beside(heard: Heard) -> dict[str, list[str]]:
    """List values said along with it: "nope, just tight"."""
    values: dict[str, list[str]] = {}
    for at, sign in enumerate(heard.signs):
        if sign.sense == "value" and sign.value[1] not in ("so", "not_so") and not heard.negated(at):
            values.setdefault(sign.value[0], []).append(sign.value[1])
    return values


# ---------------------------------------------------------------- one of several values


def one(heard: Heard) -> Answer | None:
    finding = next((f for f in heard.asked.findings if heard.asked.types.get(f) == "one"), heard.asked.findings[0])
    value = None if heard.held(finding) else _value(heard, finding)
    if value is None:
        return None
    sets = next((c.sets for c in heard.asked.choices if c.sets.get(finding) == value), {finding: value})
    return answer_of(sets)


def _value(heard: Heard, finding: str) -> Any:
    named = _named(heard, finding)
    if len(set(named)) > 1 and finding in heard.written("together"):
        return heard.written("together")[finding]
    if named:
        return named[-1]
    ranges = heard.written("ranges").get(finding, {})
    age = answer_numbers.age(heard.signs) if ranges else None
    if age is not None:
        return answer_numbers.between(age, ranges) if heard.unknown <= LOOSE else None
    marks = Marks.of(heard.signs, heard.asked.choices)
    places = [place for place, said in marks.said.items() if said == AFFIRM]
    if len(places) == 1:
        return heard.asked.choices[places[0]].sets.get(finding)
    return heard.written("agreed").get(finding, {}).get(_verdict(heard))


def _named(heard: Heard, finding: str) -> list[Any]:
    """The values that the message names, in order; without negated ones and those that come after a doubt."""
    values: list[Any] = []
    doubted = -1
    for at, sign in enumerate(heard.signs):
        doubted = sign.part if sign.sense == UNSURE else doubted
        if heard.negated(at) or sign.part == doubted or heard.unknown > LOOSE:
            continue
        if sign.sense == "value" and sign.value[0] == finding:
            values.append(_turned(heard, finding, sign.value[1], heard.signs[at - 1] if at else None))
        elif sign.sense == "label" and not heard.unknown:
            values.append(heard.asked.choices[sign.value].sets.get(finding))
    return values


def _turned(heard: Heard, finding: str, value: str, before: Sign | None) -> str:
    """So many of one unit are the next: 14 days are weeks."""
    turning = heard.written("turning") if finding == "duration" else {}
    enough = before is not None and before.sense == "number" and value in turning and before.value >= turning[value][0]
    return str(turning[value][1]) if enough else value


# ---------------------------------------------------------------- a number


def quantity(heard: Heard) -> Answer | None:
    finding = next(f for f in heard.asked.findings if heard.asked.types.get(f) in ("number", "scale"))
    if heard.held(finding) or heard.unknown > LOOSE:
        return None
    measure = answer_numbers.score if heard.asked.types[finding] == "scale" else answer_numbers.hours
    value = measure(heard.signs, heard.numbers, sure=not heard.unknown)
    if value is not None:
        return answer_of({finding: _short(value)})
    return None if finding in heard.told else _in_words(heard, finding)


def _short(number: float) -> float:
    """A whole number as such, another one to two places."""
    return int(number) if float(number).is_integer() else round(number, 2)


def _in_words(heard: Heard, finding: str) -> Answer | None:
    spoken = [s.value for s in heard.signs if s.sense == "value"]
    if not spoken:
        return None
    named, value = spoken[-1]
    return answer_of({named: _short(float(value)) if named == finding else value == "so"})
