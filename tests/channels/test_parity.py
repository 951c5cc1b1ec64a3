"""The same forty conversations through every door come to the same result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from doors import DOORS, Heard, House, RestDoor, heard

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.rules import CARE, Rulebook
from tests.cases.cases import Case, complete, load_cases
from tests.conversations.simulated import PATIENCE, UNSURE, answer

pytestmark = pytest.mark.servers

FORTY = [
    case
    for care in CARE
    for cases in [[case for case in load_cases() if case.expect["care"] == care]]
    for case in cases[:: max(1, len(cases) // 10)][:10]
]
LAST = "what have I told you?"


@dataclass(frozen=True)
class Line:
    """What the person says: a text, and the labels of the choices it stands for (() where it is typed everywhere)."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    """What a person says from the first word to the result, what REST answered to each line, and what was noted."""

    lines: tuple[Line, ...]
    answers: tuple[Heard, ...]
    noted: tuple[str, ...]


@pytest.fixture(scope="module")
def scripts(open_house: House, knowledge: Knowledge) -> Mapping[str, Script]:
    return {case.id: written(case, RestDoor(open_house), knowledge.book) for case in FORTY}


def written(case: Case, door: RestDoor, book: Rulebook) -> Script:
    """The conversation of a case over REST."""
    person = complete(case.person, book)
    line, lines, answers = Line(case.opening), [], []
    for _ in range(PATIENCE):
        messages = door.messages(line.text)
        lines.append(line)
        answers.append(heard(messages))
        question = next((m["custom"]["question"] for m in messages if "question" in m.get("custom", {})), None)
        if question is None:
            break
        line = answered(question, answer(question, person, book))
    return Script(tuple(lines), tuple(answers), door.say(LAST).texts)


def result(answers: Sequence[Heard]) -> Mapping[str, Any]:
    """The assessment told last; {} where none was."""
    return next((answer.assessment for answer in reversed(answers) if answer.assessment), {})


def answered(question: Mapping[str, Any], text: str) -> Line:
    """An answer with the choices that say the same."""
    labels = {option["value"]: option["label"] for option in question["options"]}
    if text == UNSURE or question["kind"] == "scale":
        return Line(text, (text,))
    values = text.split(", ")
    return Line(text, tuple(labels[value] for value in values) if set(values) <= set(labels) else ())


def test_the_forty_are_of_every_level() -> None:
    counted = [sum(case.expect["care"] == care for case in FORTY) for care in CARE]
    assert counted == [10, 10, 10, 10]


def test_most_answers_are_tapped_where_that_can_be(scripts: Mapping[str, Script]) -> None:
    answers = [line for script in scripts.values() for line in script.lines[1:]]
    assert sum(bool(line.choices) for line in answers) > 0.8 * len(answers)


def test_every_script_comes_to_a_result(scripts: Mapping[str, Script]) -> None:
    assert [name for name, script in scripts.items() if not result(script.answers)] == []


@pytest.mark.parametrize("case", FORTY, ids=lambda case: case.id)
@pytest.mark.parametrize("name", [name for name in DOORS if name != "REST"])
def test_a_door_gives_the_same_result(name: str, case: Case, open_house: House, scripts: Mapping[str, Script]) -> None:
    script, door = scripts[case.id], DOORS[name](open_house)
    said = [door.say(line.text, line.choices) for line in script.lines]
    for there, here in zip(script.answers, said, strict=True):
        assert [text for text in there.texts if text not in " ".join(here.texts)] == []
    assert " ".join(said[-1].texts) == " ".join(script.answers[-1].texts)
    assert result(said) in ({}, result(script.answers))
    assert door.say(LAST).texts == script.noted
