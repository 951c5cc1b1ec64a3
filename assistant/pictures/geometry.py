"""Points and outlines. A point is a complex number in centimetres: x to the right, y up."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = complex
Width = tuple[float, float]
"""Cm of flesh in front of a line and behind it; in front is to the left of somebody who walks along it."""


def turn(degrees: float) -> Point:
    """What a direction is multiplied by to turn it anticlockwise."""
    return cmath.rect(1, math.radians(degrees))


@dataclass(frozen=True)
class Shape:
    """An outline or a line: its points, its colour, whether a smooth curve runs through them and whether it is closed.

    `fill` "" takes the colour of the layer that the shape is drawn in.
    """

    points: tuple[Point, ...]
    fill: str = ""
    smooth: bool = True
    closed: bool = True


def tube(way: Sequence[Point], widths: Sequence[Width], fill: str = "") -> Shape:
    """Flesh around a bent line, rounded at both ends."""
    front, back = beside(way, [ahead for ahead, _ in widths]), beside(way, [-behind for _, behind in widths])
    first, last = _unit(way[1] - way[0]), _unit(way[-1] - way[-2])
    root = way[0] - first * sum(widths[0]) * 0.35
    tip = way[-1] + last * sum(widths[-1]) * 0.35
    return Shape((*front, tip, *reversed(back), root), fill)


def beside(way: Sequence[Point], distances: Sequence[float]) -> list[Point]:
    """A line beside another one, at the given distances to its left; at a bend on the line that halves the angle."""
    ways = [_unit(after - before) for before, after in pairwise(way)]
    means = [ways[0], *(_unit(a + b) for a, b in pairwise(ways)), ways[-1]]
    return [point + mean * 1j * distance for point, mean, distance in zip(way, means, distances, strict=True)]


def between(start: Point, end: Point, shares: Sequence[float]) -> list[Point]:
    """Points on a line at shares of its length."""
    return [start + (end - start) * share for share in shares]


def ball(centre: Point, radius: float, fill: str = "") -> Shape:
    """A disc."""
    return Shape(tuple(centre + radius * turn(-60 * step) for step in range(6)), fill)


def at(origin: Point, up: Point, places: Sequence[tuple[float, float]]) -> tuple[Point, ...]:
    """Places given as (cm forward, cm up) in a frame whose upward direction is `up`."""
    return tuple(origin + up * (above - 1j * ahead) for ahead, above in places)


def clockwise(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same outline, run round clockwise, so that outlines in one path never cancel each other."""
    area = sum((a.conjugate() * b).imag for a, b in zip(points, (*points[1:], points[0]), strict=True))
    return tuple(points) if area < 0 else tuple(reversed(points))


def _unit(way: Point) -> Point:
    return way / abs(way)
