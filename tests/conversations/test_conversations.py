"""Whole conversations with the real Rasa and action server, over REST. README.md says how a row reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.conversation.saying import Say
from assistant.knowledge_base.reading import Knowledge
from assistant.serving import Place
from tests.cases.cases import Case, load_cases
from tests.conversations.servers import Visitor
from tests.conversations.simulated import play

pytestmark = pytest.mark.servers

QUIET = {
    "place": "lower_back",
    "now": "none",
    "soon": "none",
    "about_you": "none",
    "age": "42",
    "duration": "weeks",
    "severity": "3",
    "quality": "ache",
    "walking_effect": "same",
    "sharp": "none",
    "form": "none",
    "sitting": "4",
}
"""What an ordinary person answers to each question."""
FILES = sorted((Path(__file__).parent / "whole").glob("*.yml"))
WHOLE = [c for file in FILES for c in yaml.safe_load(file.read_text(encoding="utf-8"))["conversations"]]
Row = Mapping[str, Any]


@pytest.mark.parametrize("conversation", WHOLE, ids=lambda c: c["title"])
def test_a_conversation_goes_as_written(conversation: Row, place: Place) -> None:
    visitor = Visitor(place)
    spoken: Sequence[Say] = ()
    for row in conversation["talk"]:
        if "you" in row:
            spoken = visitor.say(" ".join([row["you"]] * row.get("times", 1)))
        elif "to_the_end" in row:
            spoken = _to_the_end(visitor, spoken, row["to_the_end"])
        else:
            _check(row["bot"], spoken)


def _to_the_end(visitor: Visitor, spoken: Sequence[Say], differing: Mapping[str, str]) -> Sequence[Say]:
    answers = {**QUIET, **differing}
    for _ in range(20):
        question = _question(spoken)
        if question is None:
            return spoken
        spoken = visitor.say(answers[question["id"]])
    raise AssertionError("the questions do not end")


def _question(spoken: Sequence[Say]) -> Row | None:
    return next((say.custom["question"] for say in spoken if "question" in say.custom), None)


def _check(wanted: Row, spoken: Sequence[Say]) -> None:
    unknown = set(wanted) - set(CHECKS)
    assert not unknown, f"rows know no {unknown}"
    for name, value in wanted.items():
        assert CHECKS[name](value, spoken), f"{name}: {value}\nsaid: {_text(spoken)}\nopen: {_question(spoken)}"


def _text(spoken: Sequence[Say]) -> str:
    return "\n".join(say.text for say in spoken)


def _asks(findings: Sequence[str], spoken: Sequence[Say]) -> bool:
    question = _question(spoken)
    return question is None if not findings else question is not None and set(findings) <= set(question["findings"])


def _assessment(spoken: Sequence[Say]) -> Row:
    return next((say.custom["assessment"] for say in reversed(spoken) if "assessment" in say.custom), {})


def _exercises(spoken: Sequence[Say]) -> list[str]:
    return [exercise["id"] for exercise in _assessment(spoken)["exercises"]]


CHECKS: dict[str, Callable[[Any, Sequence[Say]], bool]] = {
    "contains": lambda words, spoken: all(w.lower() in _text(spoken).lower() for w in words),
    "not_contains": lambda words, spoken: not any(w.lower() in _text(spoken).lower() for w in words),
    "asks": _asks,
    "calmed": lambda so, spoken: so == any(s.custom.get("alert", 0) is None for s in spoken),
    "alert": lambda level, spoken: level in [s.custom["alert"]["level"] for s in spoken if "alert" in s.custom],
    "care": lambda care, spoken: _assessment(spoken).get("care") == care,
    "walking": lambda walking, spoken: _assessment(spoken).get("walking") == walking,
    "corrections": lambda ids, spoken: _assessment(spoken)["corrections"] == ids,
    "exercises": lambda ids, spoken: _exercises(spoken) == ids,
    "without": lambda ids, spoken: not set(ids) & set(_exercises(spoken)),
}

SPREAD = load_cases()[::22]


@pytest.mark.parametrize("case", SPREAD, ids=lambda case: case.id)
def test_a_case_over_rest(case: Case, place: Place, knowledge: Knowledge) -> None:
    played = play(case, Visitor(place).say, knowledge.book)
    assert played.step >= 0, played.wrong()
    assert len(played.asked) <= 16
