"""A walking cycle as a table: what each joint does at equal times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.pictures.pose import Arm, Leg, Pose

JOINTS = ("hip", "knee", "ankle", "toes", "shoulder")


@dataclass(frozen=True)
class Gait:
    """A pose that stays, and what each joint of the near side does in a cycle: degrees at equal times, the far side half
    a cycle later. `still` is the moment that is shown where nothing moves."""

    pose: Pose
    seconds: float
    still: int
    joints: Mapping[str, tuple[float, ...]]

    @property
    def moments(self) -> int:
        return len(self.joints["hip"])

    def at(self, moment: int) -> Pose:
        """The whole pose at a moment."""
        near, far = self._side(moment), self._side(moment + self.moments // 2)
        return replace(self.pose, near_leg=near[0], near_arm=near[1], far_leg=far[0], far_arm=far[1])

    def _side(self, moment: int) -> tuple[Leg, Arm]:
        now = {name: self.joints[name][moment % self.moments] for name in JOINTS}
        return Leg(now["hip"], now["knee"], now["ankle"], now["toes"]), replace(
            self.pose.near_arm, shoulder=now["shoulder"]
        )
