"""The table of poses: joint angles in degrees, as a physiotherapist would write them down."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Leg:
    """Flexion of hip and knee (extension of the hip is negative), ankle and toes upwards (pointing down is negative)."""

    hip: float = 0
    knee: float = 0
    ankle: float = 0
    toes: float = 0


@dataclass(frozen=True)
class Arm:
    """Shoulder forwards from hanging down, elbow and wrist bent.

    `seen`: share of its length that is seen, less than 1 where the arm also points at the viewer.
    """

    shoulder: float = 0
    elbow: float = 0
    wrist: float = 0
    seen: float = 1


@dataclass(frozen=True)
class Pose:
    """One body position seen from the person's right, who faces right.

    `pelvis`: how far the pelvis leans forward from upright; -90 lies on the back, 90 face down. `lumbar`, `chest`,
    `neck`, `head`: bending forward beyond the natural curve, each against the part below. `curve`: share of the
    spine's natural curve that is left. `touching`: the parts of the body that rest on the ground.
    """

    pelvis: float = 0
    lumbar: float = 0
    chest: float = 0
    neck: float = 0
    head: float = 0
    curve: float = 1
    near_leg: Leg = field(default_factory=Leg)
    far_leg: Leg = field(default_factory=Leg)
    near_arm: Arm = field(default_factory=Arm)
    far_arm: Arm = field(default_factory=Arm)
    touching: tuple[str, ...] = ()
