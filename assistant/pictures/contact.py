"""Where a body meets the ground: the height of each part that can rest on it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.pictures.figures import Figure, LegPlaces
from assistant.pictures.flesh import CAP, SEAT, lowest, shoe
from assistant.pictures.geometry import at

KNEE, ELBOW, WRIST, HEEL_OF_HAND = 5.4, 3.6, 2.5, 3.0
"""Cm of flesh below the middle of a joint."""


def heights(body: Figure) -> Mapping[str, float]:
    """How many cm each part lies above the lowest point of the body."""
    back = [place + lean * 1j * 6.2 for place, lean in zip(body.spine[5:11], body.leans[5:11], strict=True)]
    found = {
        "seat": min(point.imag for point in at(0, body.up, SEAT)),
        "back": min(point.imag for point in back),
        "head": min(point.imag for point in at(body.head, body.head_up, CAP)),
        **_foot("near", body.near_leg),
        **_foot("far", body.far_leg),
        "near_elbow": body.near_arm.elbow.imag - ELBOW,
        "far_elbow": body.far_arm.elbow.imag - ELBOW,
        "near_hand": body.near_arm.hand.imag - HEEL_OF_HAND,
        "far_hand": body.far_arm.hand.imag - HEEL_OF_HAND,
    }
    low = lowest(body)
    return {name: height - low for name, height in found.items()}


def _foot(side: str, leg: LegPlaces) -> dict[str, float]:
    toes = at(leg.ball, leg.toe * 1j, ((7.8, 1.8), (5.5, 0.1), (5.8, 4)))
    return {
        f"{side}_foot": min(point.imag for point in shoe(leg).points),
        f"{side}_heel": leg.heel.imag,
        f"{side}_ball": leg.ball.imag,
        f"{side}_toes": min(point.imag for point in toes),
        f"{side}_knee": leg.knee.imag - KNEE,
    }
