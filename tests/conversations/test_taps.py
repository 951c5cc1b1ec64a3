"""A choice that is tapped counts as what it says, whatever the intent model makes of its words."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.triage.rules import Option, Question
from tests.conversations.door import Door, actions_by_intent


@pytest.fixture
def door(reader: Reader, knowledge: Knowledge) -> Door:
    return Door(reader, {i: f.level for i, f in knowledge.book.findings.items()})


def _lists(knowledge: Knowledge) -> list[tuple[Question, Option]]:
    """Every option of every list in which several may be chosen."""
    return [(q, option) for q in knowledge.book.questions if q.kind == "many" for option in q.options]


def _wrong(told: dict[str, Any], option: Option) -> bool:
    """Whether something that the option sets is not so."""
    return any(told.get(f) != value for f, value in option.sets.items())


@pytest.mark.parametrize("intent", sorted(set(actions_by_intent()) - {"report_red_flag"}))
def test_each_choice_of_the_open_list_counts_when_tapped_alone(intent: str, door: Door, knowledge: Knowledge) -> None:
    lost = []
    for question, option in _lists(knowledge):
        for words in (option.value, option.label):
            door.slots = {"session": Session(asked=question.id, put=1, greeted=True).slot()}
            door.say(words, intent)
            lost += [f"{question.id}: {words}"] if _wrong(door.told, option) else []
    assert not lost


@pytest.mark.parametrize("intent", ["go_back", "withdraw", "unsure", "tell"])
def test_a_warning_sign_tapped_on_an_older_list_counts(intent: str, door: Door, knowledge: Knowledge) -> None:
    lost = []
    for question, option in _lists(knowledge):
        if question.id in ("now", "soon") and option.sets:
            door.slots = {"session": Session(asked="age", put=3, greeted=True).slot()}
            door.say(option.value, intent)
            lost += [option.value] if _wrong(door.told, option) else []
    assert not lost
