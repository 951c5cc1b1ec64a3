"""The step that moves: joints within their range, the psoas shortens and lengthens with the hip, and it can stand still."""

import re

import pytest
from test_bodies import LOOSE, RANGES

from assistant.pictures.anatomy import psoas
from assistant.pictures.contact import heights
from assistant.pictures.drawing import svg
from assistant.pictures.figures import figure
from assistant.pictures.front import psoas as seen_from_front
from assistant.pictures.table import drawings
from assistant.settings import CONTENT

DRAWN = {drawing.id: drawing for drawing in drawings(CONTENT / "pictures")}
WALK = DRAWN["psoas_in_a_step_moving"].walk
assert WALK is not None
GAIT = WALK.gait
MOMENTS = range(GAIT.moments)


@pytest.mark.parametrize("joint", ["hip", "knee", "ankle", "toes", "shoulder"])
def test_no_joint_goes_further_than_it_can_while_it_walks(joint: str) -> None:
    low, high = RANGES[joint]
    assert all(low <= degrees <= high for degrees in GAIT.joints[joint])


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_foot_is_on_the_ground_at_every_moment(moment: int) -> None:
    above = heights(figure(GAIT.at(moment)))
    feet = [height for part, height in above.items() if part.endswith(("heel", "ball", "toes", "foot"))]
    assert min(feet) <= LOOSE


def test_the_psoas_is_long_behind_and_short_in_front() -> None:
    lengths = [psoas(figure(GAIT.at(moment))).length for moment in MOMENTS]
    assert lengths.index(max(lengths)) == GAIT.joints["hip"].index(min(GAIT.joints["hip"]))
    assert lengths.index(min(lengths)) == GAIT.joints["hip"].index(max(GAIT.joints["hip"]))
    assert psoas(figure(GAIT.at(7))).thick > psoas(figure(GAIT.at(4))).thick * 1.2


def test_the_far_leg_does_the_same_half_a_cycle_later() -> None:
    assert GAIT.at(0).far_leg == GAIT.at(GAIT.moments // 2).near_leg


def test_it_moves_only_for_those_who_do_not_want_it_still() -> None:
    style = re.search(r"<style>(.*)</style>", svg(DRAWN["psoas_in_a_step_moving"]))
    assert style is not None
    rules = re.sub(r"@media\(prefers-reduced-motion:no-preference\)\{(?:[^{}]*\{[^{}]*\})*\}", "", style.group(1))
    assert "animation" not in rules
    assert "animation" in style.group(1)


def test_the_moment_shown_where_nothing_moves_has_the_leg_behind() -> None:
    assert GAIT.joints["hip"][GAIT.still] < -10


def test_both_psoas_muscles_run_from_the_spine_outwards_to_the_thighs() -> None:
    right, left = (seen_from_front(side).fibre.points for side in (1, -1))
    assert abs(right[0].real) < 4 < 8 < right[-1].real
    assert right[0].imag > 25 > 0 > right[-1].imag
    assert left == tuple(complex(-place.real, place.imag) for place in right)
