"""What is asked next: each question once, a safety question twice, and never more than sixteen."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversation.asking import next_to_ask
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.triage.asking import MOST, TWICE, Asked, question_to_ask
from assistant.triage.rules import Question, Rulebook
from tests.triage.people import anybody, ordinary

relaxed = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def book(knowledge: Knowledge) -> Rulebook:
    return knowledge.book


def conversation(findings: dict[str, Any], answers: dict[str, Any], book: Rulebook) -> list[str]:
    """The ids of the questions put to somebody who answers what `answers` holds, and else "don't know"."""
    put: list[str] = []
    while question := question_to_ask(findings, Asked(Counter(put), len(put), put[-1] if put else None), book):
        put.append(question.id)
        findings = {**findings, **_answer(question, findings, answers)}
    return put


def _answer(question: Question, findings: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    return {f: answers.get(f) for f in question.findings if findings.get(f) is None}


def test_nothing_is_asked_of_somebody_whose_answers_are_known(book: Rulebook) -> None:
    assert conversation(ordinary(book), {}, book) == []


def test_in_an_emergency_nothing_is_asked(book: Rulebook) -> None:
    assert conversation({"saddle_numbness": True}, {}, book) == []


def test_when_urgent_only_what_could_make_it_an_emergency_is_asked_once(book: Rulebook) -> None:
    asked = conversation({"hot_swollen_joint": True}, {}, book)
    assert "now" in asked
    assert "form" not in asked
    assert len(set(asked)) == len(asked)


def test_a_doubtful_safety_question_is_put_twice_and_no_other(book: Rulebook) -> None:
    count = Counter(conversation({}, {}, book))
    safety = {q.id for q in book.questions if any(book.findings[f].kind == "flag" for f in q.findings)}
    assert {q for q, times in count.items() if times > 1} <= safety
    assert max(count.values()) == TWICE


def test_somebody_who_never_knows_is_asked_no_more_than_the_most(book: Rulebook) -> None:
    assert len(conversation({}, {}, book)) <= MOST == 16


def test_the_limit_ends_the_asking(book: Rulebook) -> None:
    assert question_to_ask({}, Asked(put=MOST - 1), book) is not None
    assert question_to_ask({}, Asked(put=MOST), book) is None


@relaxed
@given(st.data())
def test_whatever_is_answered_the_asking_ends(knowledge: Knowledge, data: st.DataObject) -> None:
    book = knowledge.book
    asked = conversation(data.draw(anybody(book)), data.draw(anybody(book)), book)
    assert len(asked) <= MOST
    assert max(Counter(asked).values(), default=0) <= TWICE


@relaxed
@given(st.data())
def test_the_conversation_asks_by_this(knowledge: Knowledge, data: st.DataObject) -> None:
    book = knowledge.book
    findings = data.draw(anybody(book))
    ids = st.sampled_from([q.id for q in book.questions])
    tries = data.draw(st.dictionaries(ids, st.integers(1, 2), max_size=8))
    session = Session(findings=findings, tries=tries, asked=data.draw(st.none() | ids))
    asked, wanted = next_to_ask(session, knowledge), question_to_ask(findings, Asked(tries, 0, session.asked), book)
    assert (asked and asked.id) == (wanted and wanted.id)


def test_the_conversation_keeps_to_the_limit(knowledge: Knowledge) -> None:
    """The number of questions put is kept in the session, and counts."""
    assert next_to_ask(Session.of({"put": MOST}), knowledge) is None
