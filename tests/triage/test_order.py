"""Every combination gives exactly one result, and the order of answers never shows in it."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.decide import decide, settled
from assistant.triage.rules import CARE, WALKING
from tests.triage.people import anybody

relaxed = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@relaxed
@given(st.data())
def test_every_combination_gives_one_result_of_the_known_kinds(knowledge: Knowledge, data: st.DataObject) -> None:
    book = knowledge.book
    assessment = decide(data.draw(anybody(book)), book)
    assert assessment["care"] in CARE
    assert assessment["walking"] in WALKING
    assert (assessment["walking"] == "withheld") == (assessment["care"] in ("urgent", "emergency"))
    if assessment["walking"] == "withheld":
        assert [assessment[part] for part in ("exercises", "corrections", "would_change")] == [[], [], []]


@relaxed
@given(st.data(), st.randoms(use_true_random=False))
def test_the_order_of_answers_never_shows(knowledge: Knowledge, data: st.DataObject, random: Random) -> None:
    book = knowledge.book
    findings = data.draw(anybody(book))
    names = list(findings)
    random.shuffle(names)
    shuffled = {name: _shuffled(findings[name], random) for name in names}
    told = [json.dumps(decide(f, book)) for f in (findings, shuffled)]
    assert told[0] == told[1]


@relaxed
@given(st.data(), st.randoms(use_true_random=False))
def test_the_order_of_implied_rules_never_shows(knowledge: Knowledge, data: st.DataObject, random: Random) -> None:
    book = knowledge.book
    findings = data.draw(anybody(book))
    rules = list(book.implied)
    random.shuffle(rules)
    other = replace(book, implied=tuple(rules))
    once = settled(findings, book)
    assert once == settled(once, book)
    assert once == settled(settled(findings, other), other)


def _shuffled(value: object, random: Random) -> object:
    if not isinstance(value, list):
        return value
    return random.sample(value, len(value))
