"""From joint angles to places: where every joint of a person of 1.75 m is."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.pictures.geometry import Point, turn
from assistant.pictures.pose import Arm, Leg, Pose

THIGH, SHANK, ANKLE = 42.0, 41.0, 6.5
UPPER_ARM, FOREARM, HAND = 29.0, 25.0, 16.0
HEEL, BALL, TOES = -6.0, 12.5, 7.0
SACRUM = (-3.5, 9.5)
"""The top of the sacrum, in cm forward and up from the hip joint."""
LUMBAR, CHEST, NECK = 6, 6, 2
"""Pieces of each part of the spine, the lumbar one with the twelfth thoracic vertebra."""
PIECE = {"lumbar": 3.5, "chest": 4.6, "neck": 4.2}
NATURAL = (20, 14, 7, 0, -7, -12, -13, -10, -5, 3, 12, 20, 24, 20)
"""How far each piece of the spine leans forward when a person stands at ease."""


@dataclass(frozen=True)
class LegPlaces:
    """The joints of a leg, and the directions in which foot and toes point."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    ball: Point
    foot: Point
    toe: Point


@dataclass(frozen=True)
class ArmPlaces:
    """The joints of an arm, and the tip of the hand."""

    shoulder: Point
    elbow: Point
    wrist: Point
    hand: Point


@dataclass(frozen=True)
class Figure:
    """Every place of one person. `spine` runs from the sacrum to the skull, `leans` holds its upward directions."""

    up: Point
    spine: tuple[Point, ...]
    leans: tuple[Point, ...]
    head: Point
    head_up: Point
    near_leg: LegPlaces
    far_leg: LegPlaces
    near_arm: ArmPlaces
    far_arm: ArmPlaces


def figure(pose: Pose) -> Figure:
    """The places of a pose, with the hip joint at the origin."""
    up = turn(90 - pose.pelvis)
    spine, leans = _spine(pose, up)
    head_up = leans[-1] * turn(pose.curve * NATURAL[-1] - pose.head)
    shoulder = spine[LUMBAR + CHEST - 1] + leans[LUMBAR + CHEST - 1] * -2.5j
    chest_up = leans[LUMBAR + 3]
    return Figure(
        up=up,
        spine=spine,
        leans=leans,
        head=spine[-1] + head_up * (8.5 - 1.8j),
        head_up=head_up,
        near_leg=_leg(pose.near_leg, up),
        far_leg=_leg(pose.far_leg, up),
        near_arm=_arm(pose.near_arm, shoulder, chest_up),
        far_arm=_arm(pose.far_arm, shoulder, chest_up),
    )


def _spine(pose: Pose, up: Point) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The points between the pieces, and the direction of each piece (the last one twice)."""
    places = [up * complex(SACRUM[1], -SACRUM[0])]
    leans: list[Point] = []
    bend = 0.0
    parts = (("lumbar", LUMBAR, pose.lumbar), ("chest", CHEST, pose.chest), ("neck", NECK, pose.neck))
    for part, pieces, more in parts:
        for _ in range(pieces):
            bend += more / pieces
            leans.append(up * turn(-bend - pose.curve * NATURAL[len(leans)]))
            places.append(places[-1] + leans[-1] * PIECE[part])
    return tuple(places), (*leans, leans[-1])


def _leg(leg: Leg, up: Point) -> LegPlaces:
    thigh = -up * turn(leg.hip)
    shank = thigh * turn(-leg.knee)
    foot = shank * turn(90 + leg.ankle)
    knee = thigh * THIGH
    ankle = knee + shank * SHANK
    sole = ankle + foot * -1j * ANKLE
    return LegPlaces(0j, knee, ankle, sole + foot * HEEL, sole + foot * BALL, foot, foot * turn(leg.toes))


def _arm(arm: Arm, shoulder: Point, up: Point) -> ArmPlaces:
    upper = -up * turn(arm.shoulder)
    fore = upper * turn(arm.elbow)
    elbow = shoulder + upper * UPPER_ARM * arm.seen
    wrist = elbow + fore * FOREARM * arm.seen
    return ArmPlaces(shoulder, elbow, wrist, wrist + fore * turn(arm.wrist) * HAND * arm.seen)
