"""Reads the answer to a question that offers several choices at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.language.answer_marks import Marks, measures
from assistant.language.answer_types import AFFIRM, REFUSE, UNSURE, Answer, Choice, Heard, answer_of


def several(heard: Heard) -> Answer | None:
    choices = heard.asked.choices or tuple(Choice(f, "", {f: True}, {f: False}) for f in heard.asked.findings)
    if len(heard.asked.findings) == 1 and heard.asked.findings[0] in heard.told:
        return None
    told = {at: heard.told[f] == v for at, c in enumerate(choices) for f, v in c.sets.items() if f in heard.told}
    if measures(heard.signs):
        return None
    marks = Marks.of(heard.signs, choices)
    rest = marks.others(heard.signs, told)
    if not (marks.said or rest):
        asks = (marks.bare == AFFIRM or marks.some) and not any(told.values())
        return Answer({}, (), (), which=True) if asks else None
    held = [at for at in told if heard.unknown or at not in marks.said or (told[at] and marks.whole == REFUSE)]
    if rest == REFUSE and not any(c.otherwise for c in choices):
        rest = "" if marks.said else UNSURE
    answer = chosen(choices, {at: verdict for at, verdict in marks.said.items() if at not in held}, rest, held)
    return answer if answer.findings or answer.denied or answer.unsure else None


def chosen(choices: Sequence[Choice], said: Mapping[int, str], rest: str, held: Sequence[int] = ()) -> Answer:
    """The findings that follow when `said` holds of the named choices and `rest` of the others, save the `held` ones."""
    values: dict[str, Any] = {}
    unsure: list[str] = []
    for at, choice in enumerate(choices):
        verdict = "" if at in held else said.get(at, rest)
        if verdict == UNSURE:
            unsure += choice.sets
        outcome = {AFFIRM: choice.sets, REFUSE: choice.otherwise}.get(verdict, {})
        for finding, value in outcome.items():
            values[finding] = [*values.get(finding, []), *value] if isinstance(value, list) else value
    return answer_of(values, dict.fromkeys(f for f in unsure if f not in values))
