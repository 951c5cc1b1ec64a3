"""Every clinical case as a whole conversation: nobody is told too little, and few are asked too much."""

from __future__ import annotations

import pytest

from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.cases.cases import load_cases
from tests.conversations.figures import figures
from tests.conversations.simulated import Played, in_process, play


@pytest.fixture(scope="module")
def played(knowledge: Knowledge, reader: Reader) -> list[Played]:
    """Every case, each in a conversation of its own."""
    return [play(case, in_process(knowledge, reader), knowledge.book) for case in load_cases()]


def test_every_conversation_comes_to_a_result(played: list[Played]) -> None:
    assert [p.case.id for p in played if not p.assessment] == []


def test_nobody_is_told_less_care_than_they_need(played: list[Played]) -> None:
    assert [p.wrong() for p in played if p.step < 0] == []


def test_care_and_walking_come_out_as_expected(played: list[Played]) -> None:
    counted = figures(played)
    wrong = "\n".join(p.wrong() for p in played if not p.exact)
    assert counted.exact >= 0.92, f"{counted.table()}\n{wrong}"
    assert counted.self_care >= 0.90, f"{counted.table()}\n{wrong}"


def test_few_questions_are_asked(played: list[Played]) -> None:
    counted = figures(played)
    assert counted.median <= 10
    assert [(p.case.id, p.asked) for p in played if len(p.asked) > 16] == []


def test_what_is_said_after_the_result_is_taken_as_expected(played: list[Played]) -> None:
    told = [p for p in played if p.case.later]
    assert len(told) >= 3
    assert [line for p in told for line in p.wrong_later()] == []
