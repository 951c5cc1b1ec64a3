"""Reads the table of poses and the list of pictures; every fault names its file and place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import InputError
from assistant.pictures.gait import JOINTS, Gait
from assistant.pictures.geometry import Point
from assistant.pictures.pose import Arm, Leg, Pose

POSES, WORDS = "poses.yml", "pictures.yml"


@dataclass(frozen=True)
class Pointer:
    """An arrow between two places in cm, seen from below the hip on the ground."""

    start: Point
    end: Point
    bend: float = 0


@dataclass(frozen=True)
class Panel:
    """One figure of a drawing: its pose, where its hip is in pixels from the left, and what stands with it.

    `lift` raises the figure's ground, in pixels; `sign` is "right", "wrong" or ""; `inside` shows bones and psoas.
    """

    pose: Pose
    x: float
    scale: float
    lift: float = 0
    sign: str = ""
    inside: bool = True
    arrows: tuple[Pointer, ...] = ()
    behind: tuple[tuple[Any, ...], ...] = ()
    before: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True)
class Spot:
    """Where a figure stands: pixels from the left and from the top to the middle between its hips, and pixels a cm."""

    x: float
    y: float
    scale: float


@dataclass(frozen=True)
class Walk:
    """A figure that walks on the spot: pixels from the left to its hip, pixels a cm, and its gait."""

    x: float
    scale: float
    gait: Gait


@dataclass(frozen=True)
class Drawing:
    """One picture: its name, its size in pixels, and its panels, or a body from the front, or one that walks."""

    id: str
    width: int
    height: int
    panels: tuple[Panel, ...] = ()
    front: Spot | None = None
    walk: Walk | None = None


def drawings(folder: Path) -> tuple[Drawing, ...]:
    """Every drawing of the folder's tables. Raises InputError."""
    table, words = _read(folder / POSES), _read(folder / WORDS)
    poses = {name: _pose(name, written) for name, written in table["poses"].items()}
    sizes = {each["id"]: each["size"] for each in words["pictures"]}
    if set(sizes) != set(table["drawings"]):
        odd = ", ".join(sorted(set(sizes) ^ set(table["drawings"])))
        raise InputError(f"{folder}: {odd}: a picture needs its panels in {POSES} and its words in {WORDS}")
    return tuple(_drawing(name, sizes[name], written, poses) for name, written in table["drawings"].items())


def _read(path: Path) -> Mapping[str, Any]:
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: the file is missing; restore it from the repository") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: {error}; correct the YAML") from None
    return dict(written)


def _pose(name: str, written: Mapping[str, Any]) -> Pose:
    limbs: Mapping[str, Callable[..., Any]] = {"near_leg": Leg, "far_leg": Leg, "near_arm": Arm, "far_arm": Arm}
    try:
        parts: dict[str, Any] = {key: limbs[key](**value) if key in limbs else value for key, value in written.items()}
        return Pose(**{**parts, "touching": tuple(written.get("touching", ()))})
    except TypeError as error:
        raise InputError(f"{POSES}: pose {name}: {error}; see the top of the file for what a pose may hold") from None


def _drawing(name: str, size: Sequence[int], written: Any, poses: Mapping[str, Pose]) -> Drawing:
    width, height = size
    if isinstance(written, list):
        return Drawing(name, width, height, tuple(_panel(name, each, poses) for each in written))
    try:
        if "joints" in written:
            return Drawing(name, width, height, walk=_walk(poses=poses, **written))
        return Drawing(name, width, height, front=Spot(**written))
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{POSES}: drawing {name}: {error}; the top of the file says what a drawing may hold"
        ) from None


def _walk(
    poses: Mapping[str, Pose],
    *,
    pose: str,
    x: float,
    scale: float,
    seconds: float,
    still: int,
    joints: Mapping[str, Any],
) -> Walk:
    return Walk(x, scale, Gait(poses[pose], seconds, still, {joint: tuple(joints[joint]) for joint in JOINTS}))


def _panel(name: str, written: Mapping[str, Any], poses: Mapping[str, Pose]) -> Panel:
    try:
        settings = {**written, "pose": poses[written["pose"]]}
        for key in ("behind", "before"):
            settings[key] = tuple(tuple(each) for each in written.get(key, ()))
        settings["arrows"] = tuple(_pointer(each) for each in written.get("arrows", ()))
        return Panel(**settings)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{POSES}: drawing {name}: {error}; the top of the file says what a panel may hold") from None


def _pointer(written: list[float]) -> Pointer:
    """[from x, from y, to x, to y] and perhaps the bend."""
    x, y, to_x, to_y, *bend = written
    return Pointer(complex(x, y), complex(to_x, to_y), *bend)
