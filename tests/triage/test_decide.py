"""What comes out for one person, with every boundary from both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.decide import decide, settled
from assistant.triage.rules import Rulebook
from tests.triage.people import ordinary
from tests.triage.tables import BOUNDARIES, CAUTIONS, wrong_boundaries, wrong_cautions

Decide = Callable[..., dict[str, Any]]
FORM = ("stride", "hip_extension", "push_off", "pelvis", "trunk", "pace")


@pytest.fixture(scope="module")
def book(knowledge: Knowledge) -> Rulebook:
    return knowledge.book


@pytest.fixture(scope="module")
def told(book: Rulebook) -> Decide:
    """The assessment of the ordinary person with some answers changed."""
    return lambda **changes: decide(ordinary(book, **changes), book)


def test_the_ordinary_person_walks_freely_and_is_asked_nothing_more(told: Decide) -> None:
    assessment = told()
    assert (assessment["care"], assessment["walking"]) == ("self_care", "walk_freely")
    assert assessment["next_question"] is None
    assert assessment["not_asked"] == []
    assert assessment["corrections"] == []


def test_nothing_known_decides_nothing(book: Rulebook) -> None:
    assessment = decide({}, book)
    assert (assessment["care"], assessment["walking"]) == ("self_care", "undecided")
    assert assessment["exercises"] == assessment["reasons"] == assessment["would_change"] == []
    assert assessment["next_question"] == {"findings": ["pain_location"]}


@pytest.mark.parametrize("line", BOUNDARIES, ids=lambda line: str(line["person"]))
def test_each_side_of_a_boundary(book: Rulebook, line: dict[str, Any]) -> None:
    assert list(wrong_boundaries(book, [line])) == []


@pytest.mark.parametrize("item", CAUTIONS)
def test_everybody_is_given_what_the_table_of_cautions_says(book: Rulebook, item: str) -> None:
    assert list(wrong_cautions(book, {item: CAUTIONS[item]})) == []


@pytest.mark.parametrize(("hours", "long"), [(6.9, False), (7, True), (7.1, True)])
def test_seven_hours_of_sitting_are_long(told: Decide, book: Rulebook, hours: float, long: bool) -> None:
    assert settled({"sitting_hours": hours}, book)["sitting_long"] is long
    assert ("glute_bridge" in [e["id"] for e in told(sitting_hours=hours)["exercises"]]) is long


def test_what_was_said_is_not_overwritten_by_what_is_implied(book: Rulebook) -> None:
    assert settled({"sitting_hours": 9, "sitting_long": False}, book)["sitting_long"] is False
    assert settled({"age_band": "16_49", "child_or_teen_hip": True}, book)["age_band"] == "16_49"


FAULTS = [
    ("pelvis", "arched", "neutral_pelvis"),
    ("stride", "short", "lengthen_back_stride"),
    ("hip_extension", "limited", "lengthen_back_stride"),
    ("push_off", "weak", "push_off_back_foot"),
    ("trunk", "leaning_forward", "upright_posture"),
    ("pace", "brisk", "slow_start"),
]


@pytest.mark.parametrize(("finding", "fault", "correction"), FAULTS)
def test_one_fault_gives_one_correction(told: Decide, finding: str, fault: str, correction: str) -> None:
    assessment = told(**{finding: fault})
    assert (assessment["walking"], assessment["corrections"]) == ("walk_with_corrections", [correction])


def test_exercises_come_in_the_order_of_the_verdict(told: Decide) -> None:
    assert [e["id"] for e in told(sitting_hours=9)["exercises"]] == [
        "kneeling_hip_flexor_stretch",
        "constructive_rest",
        "glute_bridge",
        "plank",
    ]
    restoring = told(stride="short", hip_extension="limited")["exercises"]
    assert [e["id"] for e in restoring] == ["constructive_rest", "kneeling_hip_flexor_stretch"]


def test_a_caution_leaves_out_and_gives_the_gentler_exercise_instead(told: Decide) -> None:
    exercises = [e["id"] for e in told(kneeling_pain=True)["exercises"]]
    assert "kneeling_hip_flexor_stretch" not in exercises
    assert "glute_bridge" in exercises


def test_a_caution_changes_an_exercise(told: Decide) -> None:
    bridge = next(e for e in told(pelvis="arched", hernia_known=True)["exercises"] if e["id"] == "glute_bridge")
    assert bridge["modify"] == ["Lift only a little, and breathe out as you rise."]


def test_every_reason_names_its_grounds_and_a_quote(told: Decide) -> None:
    assessment = told(stride="short", one_leg_nerve_pain=True, duration="months")
    reasons = {r["rule"]: r for r in assessment["reasons"]}
    assert reasons["one_leg_nerve_pain"]["because"] == {"duration": "months", "one_leg_nerve_pain": True}
    assert reasons["fault_of_form"]["because"] == {"stride": "short"}
    assert all(e["quote"] for r in assessment["reasons"] for e in r["evidence"])


def test_not_known_form_counts_as_good_and_stays_open(told: Decide) -> None:
    assessment = told(**dict.fromkeys(FORM))
    assert assessment["walking"] == "walk_freely"
    assert set(assessment["next_question"]["findings"]) == set(FORM)


def test_not_knowing_what_walking_does_gives_no_verdict_unless_another_answer_does(told: Decide) -> None:
    assessment = told(walking_effect=None)
    assert (assessment["care"], assessment["walking"]) == ("self_care", "undecided")
    assert assessment["next_question"] == {"findings": ["walking_effect"]}
    assert assessment["exercises"] == []
    assert told(walking_effect=None, stride="short", hip_extension="limited")["walking"] == "restore_first"
    assert told(walking_effect=None, sharp_pain_walking=True)["walking"] == "stop_walking"


@pytest.mark.parametrize("sign", ["sharp_pain_walking", "pain_increasing_with_activity"])
def test_not_known_stop_signs_count_as_so(told: Decide, sign: str) -> None:
    assert told(**{sign: None})["walking"] == "stop_walking"


def test_an_unknown_emergency_sign_gives_no_verdict_and_no_self_care(told: Decide) -> None:
    assessment = told(saddle_numbness=None)
    assert (assessment["care"], assessment["walking"]) == ("clinician", "undecided")


def test_what_would_change_the_verdict_is_told_unless_it_is_withheld(told: Decide) -> None:
    changes = told()["would_change"]
    assert {"finding": "walking_effect", "to": "worse", "then": {"walking": "stop_walking"}} in changes
    assert told(fever_systemic=True)["would_change"] == []


def test_denied_and_not_asked_are_told_apart(book: Rulebook) -> None:
    assessment = decide({"fever_systemic": False, "saddle_numbness": True, "hip_held_bent": None}, book)
    assert assessment["denied"] == ["fever_systemic"]
    assert assessment["red_flags"] == ["saddle_numbness"]
    assert "major_trauma" in assessment["not_asked"]
    assert "hip_held_bent" not in assessment["not_asked"]
