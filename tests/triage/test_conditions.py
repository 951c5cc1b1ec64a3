"""Conditions are true, false or unknown; unknown is never read as no."""

from __future__ import annotations

import pytest

from assistant.triage.conditions import All, AnyOf, AtLeast, Is, Not, grounds, leaves, open_findings, parse

FEVER, LIMP = Is("fever", (True,)), Is("limp", (True,))
YES, NO, UNKNOWN = {"fever": True}, {"fever": False}, {"fever": None}


def known(word: str) -> bool:
    return word in ("fever", "limp", "pain", "place", "stride")


@pytest.mark.parametrize(("findings", "truth"), [(YES, True), (NO, False), (UNKNOWN, None), ({}, None)])
def test_a_comparison_is_unknown_until_its_finding_is_known(findings: dict, truth: bool | None) -> None:
    assert FEVER.holds(findings) is truth
    assert Not(FEVER).holds(findings) is (None if truth is None else not truth)


@pytest.mark.parametrize(("pain", "truth"), [(7.9, False), (8, True), (8.1, True), (None, None)])
def test_at_least_holds_from_its_number_on(pain: float | None, truth: bool | None) -> None:
    assert AtLeast("pain", 8).holds({"pain": pain}) is truth


@pytest.mark.parametrize(
    ("places", "truth"), [(["groin", "knee"], True), (["knee"], False), ([], False), (("groin",), True), (None, None)]
)
def test_a_list_holds_when_one_member_is_wanted(places: object, truth: bool | None) -> None:
    assert Is("place", ("groin", "leg")).holds({"place": places}) is truth


@pytest.mark.parametrize(
    ("fever", "limp", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, None, False, None),
        (None, None, None, None),
        (False, False, False, False),
    ],
)
def test_all_and_any_settle_as_soon_as_they_can(
    fever: bool | None, limp: bool | None, both: bool | None, either: bool | None
) -> None:
    findings = {"fever": fever, "limp": limp}
    for parts in ((FEVER, LIMP), (LIMP, FEVER)):
        assert All(parts).holds(findings) is both
        assert AnyOf(parts).holds(findings) is either


def test_nothing_to_meet_is_met_and_nothing_to_choose_is_not() -> None:
    assert All(()).holds({}) is True
    assert AnyOf(()).holds({}) is False


def test_conditions_are_read_as_written() -> None:
    facts = {"ill": FEVER}
    assert parse("ill", facts, known) is FEVER
    assert parse("limp", facts, known) == LIMP
    assert parse({"stride": "short"}, facts, known) == Is("stride", ("short",))
    assert parse({"place": ["groin", "leg"]}, facts, known) == Is("place", ("groin", "leg"))
    assert parse({"pain": {"at_least": 8}}, facts, known) == AtLeast("pain", 8.0)
    written = {"all": ["ill", {"any": ["limp"]}, {"not": "limp"}]}
    assert parse(written, facts, known) == All((FEVER, AnyOf((LIMP,)), Not(LIMP)))


@pytest.mark.parametrize("written", ["feaver", {"feaver": "short"}, {"any": ["feaver"]}, 7, {"a": 1, "b": 2}, []])
def test_what_is_no_condition_is_refused_by_name(written: object) -> None:
    with pytest.raises(ValueError, match=r"feaver|is not a condition"):
        parse(written, {}, known)


def test_leaves_come_in_the_order_written() -> None:
    assert list(leaves(All((FEVER, AnyOf((LIMP, Not(FEVER))))))) == [FEVER, LIMP, FEVER]


def test_only_what_could_still_settle_a_condition_is_open() -> None:
    condition = AnyOf((All((FEVER, LIMP)), Is("stride", ("short",))))
    assert set(open_findings(condition, {})) == {"fever", "limp", "stride"}
    assert set(open_findings(condition, {"fever": False})) == {"stride"}
    assert set(open_findings(condition, {"fever": True, "stride": "long"})) == {"limp"}
    assert set(open_findings(condition, {"stride": "short"})) == set()


def test_grounds_are_what_makes_a_condition_true() -> None:
    condition = AnyOf((FEVER, LIMP))
    assert set(grounds(condition, {"fever": True, "limp": False})) == {"fever"}
    assert set(grounds(All((FEVER, Not(LIMP))), {"fever": True, "limp": False})) == {"fever", "limp"}
