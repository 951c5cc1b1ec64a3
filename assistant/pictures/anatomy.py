"""What lies under the skin: lumbar spine, pelvis, thigh bone and the psoas of the near side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from assistant.pictures.figures import LUMBAR, Figure
from assistant.pictures.geometry import Point, Shape, at, ball, beside, between, tube
from assistant.pictures.palette import BONE, PSOAS

PELVIS = (
    *((7.2, 8.4), (4.2, 12.2), (-1.5, 13.4), (-7, 11), (-4.2, 2), (-4.6, -4.5), (-2.6, -7.2), (0.2, -4.6)),
    *((4.6, -5.6), (7.2, -4), (3, 2)),
)
SACRUM = ((-1, 10.2), (-6.4, 11.2), (-9.2, 5), (-9, 0.3), (-6, 5))
VERTEBRA = ((-3.4, 0.4), (1.8, 0.4), (1.8, 3.1), (-3.4, 3.1))
SHAFT = {0.1: (1.7, 1.9), 0.6: (1.5, 1.6), 0.9: (2.2, 2.2), 0.98: (2.8, 3)}
BRIM = (4.6, 3)
"""Where the psoas runs over the front edge of the pelvis, in cm forward and up from the hip joint."""
TROCHANTER = (7.5, 1.8)
"""Where it ends on the thigh bone: cm down the thigh, cm behind its line."""
RESTING, BULGE, THICKEST = 39.3, 5, 1.25
"""Length of the psoas in cm when a person stands at ease, and how far it is drawn thicker when shorter (more than it is)."""


@dataclass(frozen=True)
class Muscle:
    """The belly of the psoas, a fibre along its middle, its length in cm, and how many times thicker than at ease it is drawn."""

    belly: Shape
    fibre: Shape
    length: float
    thick: float = 1


def bones(body: Figure) -> tuple[Shape, ...]:
    """Vertebrae, sacrum, pelvis and thigh bone."""
    hip, knee = body.near_leg.hip, body.near_leg.knee
    vertebrae = (Shape(at(place, lean, VERTEBRA), BONE, smooth=False) for place, lean in _lumbar(body))
    pelvis = (Shape(at(hip, body.up, places), BONE) for places in (SACRUM, PELVIS))
    thigh = tube(between(hip, knee, (*SHAFT,)), (*SHAFT.values(),), BONE)
    return (*vertebrae, *pelvis, ball(_trochanter(body), 1.5, BONE), thigh, ball(hip, 2.6, BONE))


def psoas(body: Figure) -> Muscle:
    """From the lowest thoracic and the lumbar vertebrae over the brim of the pelvis to the inner top of the thigh bone."""
    fronts = [at(place, lean, ((1.8, 1.6),))[0] for place, lean in _lumbar(body)]
    brim, end = at(body.near_leg.hip, body.up, (BRIM,))[0], _trochanter(body)
    ahead = body.up * -1j
    low = fronts[0] * 0.55 + brim * 0.45 + ahead * 0.8
    way = (fronts[5] - ahead * 0.6, fronts[3] + ahead, fronts[1] + ahead * 1.6, low, brim, _under(brim, end), end)
    length = sum(abs(after - before) for before, after in pairwise(way))
    thick = min((RESTING / length) ** BULGE, THICKEST)
    widths = (0.7, 1.8 * thick, 2.5 * thick, 2.8 * thick, 2.4 * thick, 1.7, 0.9)
    belly = Shape((*beside(way, widths), *reversed(beside(way, [-width for width in widths]))), PSOAS)
    return Muscle(belly, Shape(way, closed=False), length, thick)


def _lumbar(body: Figure) -> list[tuple[Point, Point]]:
    return list(zip(body.spine[:LUMBAR], body.leans, strict=False))


def _trochanter(body: Figure) -> Point:
    """The bump at the inner top of the near thigh bone."""
    leg = body.near_leg
    down = (leg.knee - leg.hip) / abs(leg.knee - leg.hip)
    return leg.hip + down * complex(TROCHANTER[0], -TROCHANTER[1])


def _under(brim: Point, end: Point) -> Point:
    """A point between the brim and the thigh bone, a little in front of the straight line."""
    return (brim + end) / 2 + (end - brim) * 1j * 0.12
