"""Every clinical case is decided as its clinician expects, given everything the person would answer."""

from __future__ import annotations

import pytest

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.decide import decide
from tests.cases.cases import Case, complete, load_cases


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.id)
def test_a_case_is_decided_as_expected(case: Case, knowledge: Knowledge) -> None:
    assessment = decide(complete(case.person, knowledge.book), knowledge.book)
    expect = case.expect
    assert (assessment["care"], assessment["walking"]) == (expect["care"], expect["walking"])
    assert set(expect.get("flags", ())) <= set(assessment["red_flags"])
    assert not set(expect.get("not_flags", ())) & set(assessment["red_flags"])
    if "corrections" in expect:
        assert sorted(assessment["corrections"]) == sorted(expect["corrections"])
    if "exercises" in expect:
        assert [e["id"] for e in assessment["exercises"]] == expect["exercises"]
