"""A body that could be: joints within their range, on the ground where it should be, the psoas where it belongs."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from assistant.pictures.anatomy import psoas
from assistant.pictures.contact import heights
from assistant.pictures.figures import LUMBAR, figure
from assistant.pictures.pose import Pose
from assistant.pictures.table import drawings
from assistant.settings import CONTENT

FOLDER = CONTENT / "pictures"
TABLE: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "poses.yml").read_text())
RANGES = {
    "hip": (-30, 125),
    "knee": (0, 150),
    "ankle": (-80, 30),
    "toes": (-30, 90),
    "shoulder": (-60, 180),
    "elbow": (0, 160),
    "wrist": (-70, 80),
    "seen": (0.5, 1),
}
"""Degrees that a healthy adult's joint can take; "seen" is a share."""
LOOSE = 1.3
"""Cm that a part may be above the ground it rests on: less than the edge of the drawing is wide."""


def poses() -> dict[str, Pose]:
    panels = [panel for drawing in drawings(FOLDER) for panel in drawing.panels]
    names = [panel["pose"] for row in TABLE["drawings"].values() if isinstance(row, list) for panel in row]
    return dict(zip(names, (panel.pose for panel in panels), strict=True))


POSES = poses()


def joints(written: dict[str, Any]) -> Iterator[tuple[str, str, float]]:
    for limb in ("near_leg", "far_leg", "near_arm", "far_arm"):
        for joint, degrees in written.get(limb, {}).items():
            yield limb, joint, degrees


def test_every_pose_is_drawn() -> None:
    assert set(TABLE["poses"]) == set(POSES)


@pytest.mark.parametrize("name", TABLE["poses"])
def test_no_joint_goes_further_than_it_can(name: str) -> None:
    beyond = [
        (limb, joint, degrees)
        for limb, joint, degrees in joints(TABLE["poses"][name])
        if not RANGES[joint][0] <= degrees <= RANGES[joint][1]
    ]
    assert beyond == []


@pytest.mark.parametrize("name", POSES)
def test_what_should_rest_on_the_ground_does(name: str) -> None:
    pose = POSES[name]
    above = heights(figure(pose))
    assert pose.touching
    assert {part: above[part] for part in pose.touching if abs(above[part]) > LOOSE} == {}


@pytest.mark.parametrize("name", POSES)
def test_the_psoas_runs_from_the_lumbar_spine_to_the_inner_top_of_the_thigh_bone(name: str) -> None:
    body = figure(POSES[name])
    way = psoas(body).fibre.points
    lumbar, thigh = body.spine[LUMBAR - 1], body.near_leg.knee - body.near_leg.hip
    along = ((way[-1] - body.near_leg.hip) * thigh.conjugate()).real / abs(thigh) ** 2
    assert abs(way[0] - lumbar) < 6
    assert 0.1 < along < 0.25


def length(name: str) -> float:
    return psoas(figure(POSES[name])).length


def test_the_psoas_is_longest_where_the_hip_is_extended() -> None:
    assert length("kneeling_hold") > length("kneeling_start") > length("constructive_rest")
    assert length("step_long") > length("step_short")
    assert length("step_long") > length("leg_forward")


def test_a_level_pelvis_stands_upright_and_an_arched_one_leans_forward() -> None:
    assert POSES["standing_level"].pelvis == 0
    assert POSES["standing_arched"].pelvis > 15
    assert POSES["standing_arched"].lumbar < -15


def test_trunk_and_thighs_are_in_line_in_the_bridge_and_the_plank() -> None:
    for name in ("bridge_hold", "plank_knees", "plank_toes"):
        assert abs(POSES[name].near_leg.hip) <= 5, name
        assert abs(POSES[name].lumbar) <= 5, name
