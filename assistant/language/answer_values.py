"""Reads the answer to a question about one finding: yes or no, one of its values, or a quantity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.language import answer_numbers
from assistant.language.answer_marks import Marks, trusted_no
from assistant.language.answer_signs import Sign
from assistant.language.answer_types import AFFIRM, LOOSE, REFUSE, UNSURE, Answer, Heard, answer_of

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
    negation = heard.negation(at)
    if sign.sense == "value":
        return {"so": AFFIRM, "not_so": REFUSE}.get(sign.value[1], "")
    if sign.sense == "name" and negation:
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
        said = REFUSE if negation == "not" and said == AFFIRM else said
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
        if sign.sense == "value" and sign.value[1] not in ("so", "not_so") and not heard.negation(at):
            values.setdefault(sign.value[0], []).append(sign.value[1])
    return values


# ---------------------------------------------------------------- one of several values


def one(heard: Heard) -> Answer | None:
    finding = next((f for f in heard.asked.findings if heard.asked.types.get(f) == "one"), heard.asked.findings[0])
    value = None if heard.held(finding) else _value(heard, finding)
    if value is None:
        torn = not heard.held(finding) and _named(heard, finding)
        return Answer({}, (), heard.asked.findings) if torn else None
    sets = next((c.sets for c in heard.asked.choices if c.sets.get(finding) == value), {finding: value})
    return answer_of(sets)


def _value(heard: Heard, finding: str) -> Any:
    """The value meant, None where there is none or where two values were given."""
    named = _named(heard, finding)
    if named:
        return _agreeing(heard, finding, named)
    ranges = heard.written("ranges").get(finding, {})
    age = answer_numbers.age(heard.signs) if ranges else None
    if age is not None:
        return answer_numbers.between(age, ranges) if heard.unknown <= LOOSE else None
    marks = Marks.of(heard.signs, heard.asked.choices)
    places = [place for place, said in marks.said.items() if said == AFFIRM]
    if len(places) == 1:
        return heard.asked.choices[places[0]].sets.get(finding)
    return heard.written("agreed").get(finding, {}).get(_verdict(heard))


def _agreeing(heard: Heard, finding: str, named: Sequence[tuple[int, Any]]) -> Any:
    """One value out of those named, each with its part of the message: the last part counts."""
    if len({value for _, value in named}) > 1 and finding in heard.written("together"):
        return heard.written("together")[finding]
    last = [value for part, value in named if part == named[-1][0]]
    if finding in heard.written("longest"):
        order = heard.written("longest")[finding]
        return max(last, key=order.index)
    return last[0] if len(set(last)) == 1 else None


def _named(heard: Heard, finding: str) -> list[tuple[int, Any]]:
    """The values that the message names, without those after a doubt; "not" one of two values is the other."""
    values: list[tuple[int, Any]] = []
    doubted = -1
    for at, sign in enumerate(heard.signs):
        doubted = sign.part if sign.sense == UNSURE else doubted
        value = None if sign.part == doubted or heard.unknown > LOOSE else _meaning(heard, finding, at)
        value = _opposite(heard, finding, value, heard.negation(at)) if value is not None else None
        if value is not None:
            values.append((sign.part, value))
    return values


def _opposite(heard: Heard, finding: str, value: Any, negation: str) -> Any:
    """The value itself without a negation. "not fast" is slow where there are but two; "no, stuck" says one thing twice."""
    if negation == REFUSE and finding in heard.written("agreed"):
        return heard.written("agreed")[finding][REFUSE]
    others = [c.sets.get(finding) for c in heard.asked.choices if c.sets.get(finding) != value]
    two = len(heard.asked.choices) - 1 == len(others) == 1
    return value if not negation else others[0] if two else None


def _meaning(heard: Heard, finding: str, at: int) -> Any:
    sign = heard.signs[at]
    if sign.sense == "value" and sign.value[0] == finding:
        return _turned(heard, finding, sign.value[1], heard.signs[at - 1] if at else None)
    if sign.sense == "label" and not heard.unknown:
        return heard.asked.choices[sign.value].sets.get(finding)
    return None


def _turned(heard: Heard, finding: str, value: str, before: Sign | None) -> str:
    """So many of one unit are the next: 14 days are weeks."""
    turning = heard.written("turning").get(finding, {})
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
