"""What the ledger keeps of conversations: every turn once, and a case for each that came to a result or an alert."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.clinic import ledger
from assistant.clinic import tables as t
from assistant.clinic.case import Case, case_of
from assistant.clinic.inbox import inbox, review
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.talking import BEGAN, Talker, keep_all, simple

OPENING = "My hip is tight and I sit 9 hours a day"
SADDLE = "I went numb between my legs yesterday"


def cases(engine: Engine) -> list[Case]:
    """All cases in the order in which they began."""
    with engine.connect() as connection:
        found = [case_of(connection, line.id) for line in inbox(connection)]
    return sorted(found, key=lambda case: case.started_at)


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.fixture
def talker(knowledge: Knowledge, reader: Reader) -> Talker:
    return Talker(knowledge, reader)


def test_a_conversation_without_result_is_no_case(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(OPENING), talker.say("summary")])
    assert cases(engine) == []
    assert count(engine, t.TURNS) == 2


def test_an_alert_makes_a_case_in_the_persons_own_words(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(OPENING), talker.say("none of these"), talker.say(SADDLE)])
    (case,) = cases(engine)
    assert (case.care, case.walking, case.unread) == ("emergency", "withheld", True)
    origin = case.findings["saddle_numbness"]["from"][0]
    assert SADDLE[origin["start"] : origin["end"]] == origin["words"] == "numb between my legs"
    assert origin["turn"] == 3
    assert [spoken.text for spoken in case.transcript] == [OPENING, "none of these", SADDLE]
    assert (case.started_at, case.finished_at) == (BEGAN + 60, BEGAN + 180)
    assert case.findings["stroke_signs"]["from"][0]["words"] == "none of these"


def test_denied_not_asked_and_unknown_are_kept_apart(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(OPENING), talker.say("I don't know"), talker.say(SADDLE)])
    (case,) = cases(engine)
    assert "stroke_signs" in case.unknown
    assert not {*case.denied, *case.unknown} & set(case.not_asked)
    assert {*case.findings, *case.not_asked} >= set(case.told["not_asked"])


def test_a_value_that_was_turned_round_is_a_contradiction(engine: Engine, talker: Talker) -> None:
    said = [
        OPENING,
        "none of these",
        "I sit 4 hours a day",
        SADDLE,
        "I can feel everything down there",
        "I misread that",
    ]
    keep_all(engine, [talker.say(text) for text in said])
    (case,) = cases(engine)
    told = [(c["finding"], c["kind"], c["turn"]) for c in case.contradictions]
    assert ("sitting_hours", "changed", 3) in told
    assert ("saddle_numbness", "changed", 4) in told
    assert ("saddle_numbness", "kept", 5) in told
    assert {("saddle_numbness", "changed", 6), ("saddle_numbness", "taken_back", 6)} & set(told)
    assert case.findings["sitting_hours"]["from"][0]["turn"] == 3


def test_a_list_that_grows_names_every_place_and_contradicts_nothing(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(text) for text in ("My hip is tight", "and my groin hurts", SADDLE)])
    (case,) = cases(engine)
    origin = case.findings["pain_location"]
    assert origin["value"] == ["deep_hip", "groin"]
    assert [(place["turn"], place["words"]) for place in origin["from"]] == [(1, "hip"), (2, "groin")]
    assert case.contradictions == ()


def test_what_was_taken_back_is_still_told(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(text) for text in ("My hip hurts", "I sit 9 hours a day", "back", SADDLE)])
    (case,) = cases(engine)
    assert "sitting_hours" not in case.findings
    assert [(c["finding"], c["kind"]) for c in case.contradictions] == [("sitting_hours", "taken_back")]


def test_a_conversation_that_goes_on_updates_its_case_and_makes_it_unread_again(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(OPENING), talker.say("I have a fever")])
    (before,) = cases(engine)
    with engine.begin() as connection:
        review(connection, before.id, "anna", BEGAN)
    keep_all(engine, [talker.say("none of these")])
    (read,) = cases(engine)
    assert (read.id, read.unread, read.reviewed_by) == (before.id, False, "anna")
    keep_all(engine, [talker.say(SADDLE)])
    (after,) = cases(engine)
    assert (after.id, after.unread, after.care) == (before.id, True, "emergency")
    assert before.care == "urgent"
    assert len(after.transcript) == 4


def test_what_changed_after_the_result_is_named(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(OPENING), talker.say("I have a fever")])
    assert cases(engine)[0].since_decided == ()
    keep_all(engine, [talker.say("none of these")])
    (case,) = cases(engine)
    assert "stroke_signs" in case.since_decided
    assert "fever_systemic" not in case.since_decided


def test_a_summary_on_which_an_alert_ends_is_no_result(engine: Engine) -> None:
    turn = simple("a", 1)
    over = {"text": "", "custom": {"assessment": {"care": "urgent"}, "alert": None}}
    keep_all(engine, [turn, replace(simple("a", 2), said=[over])])
    (case,) = cases(engine)
    assert (case.care, case.finished_at, case.updated_at) == ("self_care", turn.at, turn.at + 60)


def test_starting_over_begins_a_new_case(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(text) for text in (OPENING, SADDLE, "start over", "my knee hurts", SADDLE)])
    first, second = cases(engine)
    assert [s.text for s in first.transcript] == [OPENING, SADDLE]
    assert [s.text for s in second.transcript] == ["start over", "my knee hurts", SADDLE]
    assert "sitting_hours" not in second.findings
    assert first.known_as == second.known_as


def test_starting_over_before_any_result_leaves_nothing_of_before_in_the_case(engine: Engine, talker: Talker) -> None:
    keep_all(engine, [talker.say(text) for text in (OPENING, "start over", SADDLE)])
    (case,) = cases(engine)
    assert [s.text for s in case.transcript] == ["start over", SADDLE]


def test_the_same_message_twice_is_one_turn(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1), simple("a", 2), simple("a", 1), simple("a", 2, text="other words")])
    (case,) = cases(engine)
    assert [s.text for s in case.transcript] == ["no", "no"]
    keep_all(engine, [replace(simple("b", n), message_id="") for n in (1, 2)])
    assert count(engine, t.TURNS) == 4


def test_turn_and_case_are_there_together_or_not_at_all(engine: Engine) -> None:
    def broken() -> None:
        with engine.begin() as connection:
            ledger.keep(connection, simple("a", 1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert [count(engine, table) for table in (t.TALKS, t.TURNS, t.CASES, t.RECEIPTS)] == [0, 0, 0, 0]


def test_consent_and_the_name_of_the_invitation_are_kept_from_before_the_first_word(engine: Engine) -> None:
    given = {"at": BEGAN, "wording": "2026-11", "to": "storing my answers for the clinic", "given": True}
    with engine.begin() as connection:
        ledger.know_as(connection, "a", "web", "invitation 12", BEGAN)
        ledger.consent(connection, "a", "web", given)
        ledger.consent(connection, "a", "web", {**given, "given": False})
    keep_all(engine, [simple("a", 1)])
    (case,) = cases(engine)
    assert case.known_as == "invitation 12"
    assert [c["given"] for c in case.consents] == [True, False]


def test_ids_and_names_tell_nothing_about_the_conversation(engine: Engine) -> None:
    keep_all(engine, [simple("telegram-4711", 1)])
    (case,) = cases(engine)
    assert case.id.startswith("c-")
    assert "4711" not in case.id + case.known_as


def test_a_case_names_the_knowledge_it_was_decided_on(engine: Engine, talker: Talker, knowledge: Knowledge) -> None:
    keep_all(engine, [talker.say(SADDLE)])
    (case,) = cases(engine)
    assert (case.knowledge.version, case.knowledge.sha256) == (knowledge.book.version, knowledge.book.sha256)
    assert case.rules[0]["evidence"][0]["quote"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(exclude_categories=())), conversation=st.text(st.characters(exclude_categories=())))
def test_any_text_at_all_comes_back_as_it_was(engine: Engine, text: str, conversation: str) -> None:
    turn = replace(simple(conversation, 1, text=text), reading={"words": {"sitting_hours": text}})
    keep_all(engine, [turn, turn])
    (case,) = cases(engine)
    assert case.transcript[0].text == text
    assert case.transcript[0].reading == {"words": {"sitting_hours": text}}
    with engine.begin() as connection:
        assert ledger.forget(connection, conversation).counts == {"cases": 1, "talks": 1, "turns": 1}


def test_a_fault_of_the_database_does_not_carry_what_was_said(engine: Engine) -> None:
    with engine.begin() as connection:
        t.TURNS.drop(connection)
    with pytest.raises(SQLAlchemyError) as fault:
        keep_all(engine, [simple("a", 1, text="my secret complaint")])
    assert "secret" not in str(fault.value)
