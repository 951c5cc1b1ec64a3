"""A stored case decided again: the same bytes from the same knowledge, and the reason where newer knowledge differs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic import tables as t
from assistant.clinic.case import Case, case_of
from assistant.clinic.inbox import inbox
from assistant.clinic.knowledge_diff import affected, changes
from assistant.clinic.replaying import replay
from assistant.knowledge_base.building import build
from assistant.knowledge_base.reading import Knowledge, open_knowledge
from assistant.settings import CONTENT
from tests.clinic.talking import finished, keep_all
from tests.triage.people import anybody, ordinary

FEVER = "{id: fever_systemic, when: fever_systemic, care: urgent,"


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """A knowledge base in which a fever alone is less urgent."""
    folder = tmp_path_factory.mktemp("newer")
    content = Path(copytree(CONTENT, folder / "knowledge"))
    rules = content / "rules" / "red_flags.yml"
    assert FEVER in rules.read_text()
    rules.write_text(rules.read_text().replace(FEVER, FEVER.replace("urgent", "clinician")))
    build(content, folder / "newer.db")
    return open_knowledge(folder / "newer.db")


def _only(engine: Engine) -> Case:
    with engine.connect() as connection:
        return case_of(connection, inbox(connection)[0].id)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_same_findings_and_knowledge_give_the_same_bytes(
    engine: Engine, knowledge: Knowledge, data: st.DataObject
) -> None:
    keep_all(engine, [finished(data.draw(anybody(knowledge.book)), knowledge)])
    case = _only(engine)
    again = replay(case, knowledge.book)
    assert again.same_bytes
    assert again.as_before
    assert (again.advice, again.rules, again.lost) == ((), (), ())
    with engine.begin() as connection:
        ledger.forget(connection, "somebody")


def test_bytes_that_were_altered_are_noticed(engine: Engine, knowledge: Knowledge) -> None:
    keep_all(engine, [finished(ordinary(knowledge.book, fever_systemic=True), knowledge)])
    altered = _only(engine).assessment.replace(b'"urgent"', b'"self_care"')
    with engine.begin() as connection:
        connection.execute(t.CASES.update().values(assessment=altered))
    again = replay(_only(engine), knowledge.book)
    assert not again.as_before
    assert [(d.part, d.then, d.now) for d in again.advice] == [("care", "self_care", "urgent")]


def test_newer_knowledge_shows_what_would_differ_and_why(
    engine: Engine, knowledge: Knowledge, newer: Knowledge
) -> None:
    keep_all(engine, [finished(ordinary(knowledge.book, fever_systemic=True), knowledge)])
    again = replay(_only(engine), newer.book)
    told = {d.part: (d.then, d.now) for d in again.advice}
    assert told["care"] == ("urgent", "clinician")
    assert told["walking"][0] == "withheld"
    assert [d.part for d in again.rules if d.then is None]
    assert not again.as_before


def test_newer_knowledge_that_changes_nothing_for_a_person_says_so(
    engine: Engine, knowledge: Knowledge, newer: Knowledge
) -> None:
    keep_all(engine, [finished(ordinary(knowledge.book), knowledge)])
    again = replay(_only(engine), newer.book)
    assert again.then != again.now
    assert again.as_before


def test_findings_that_the_knowledge_does_not_know_are_named(engine: Engine, knowledge: Knowledge) -> None:
    keep_all(engine, [finished(ordinary(knowledge.book), knowledge)])
    case = _only(engine)
    strange = replace(case, decided_on={**case.decided_on, "third_arm": True, "stride": "sideways"})
    assert replay(strange, knowledge.book).lost == ("stride", "third_arm")


def test_the_difference_of_two_knowledge_bases_names_rules_and_stored_cases(
    engine: Engine, knowledge: Knowledge, newer: Knowledge
) -> None:
    people: dict[str, dict[str, Any]] = {
        "ill": {"fever_systemic": True},
        "ill too": {"fever_systemic": True},
        "well": {},
    }
    keep_all(engine, [finished(ordinary(knowledge.book, **p), knowledge, name) for name, p in people.items()])
    found = [(c.kind, c.id) for c in changes(knowledge.path, newer.path)]
    assert found == [("rule", "care/fever_systemic")]
    assert list(changes(knowledge.path, knowledge.path)) == []
    with engine.connect() as connection:
        told = list(affected(connection, knowledge.book, newer.book))
        cases = {case_of(connection, a.case).care for a in told}
        assert list(affected(connection, knowledge.book, knowledge.book)) == []
    assert len(told) == 2
    assert cases == {"urgent"}
    assert all(a.differences[0].part == "care" for a in told)
    assert json.dumps([a.differences[0].now for a in told]) == '["clinician", "clinician"]'
