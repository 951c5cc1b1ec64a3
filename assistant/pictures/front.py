"""The front view: where the psoas lies on both sides. Places are cm from the middle between the hip joints."""

from __future__ import annotations

from itertools import pairwise

from assistant.pictures import palette
from assistant.pictures.anatomy import Muscle
from assistant.pictures.geometry import Point, Shape, ball, beside, tube
from assistant.pictures.painting import FINE, edged, filled
from assistant.pictures.svg import Sheet, path, tag

Half = tuple[tuple[float, float], ...]
BODY: Half = (
    *((0, 46), (14, 46), (13, 36), (11.9, 27), (12.9, 20), (16, 12.5), (17.4, 4), (17.4, -4), (16.9, -13.4)),
    *((10, -14.2), (1.8, -13.8), (1, -10.6), (0, -9.6)),
)
LEGS: Half = (
    (15, -4),
    (16.2, -12),
    (15.9, -22),
    (14.8, -32),
    (14.2, -46),
    (4.6, -46),
    (3.6, -32),
    (2.7, -20),
    (2.2, -9),
)
WING: Half = (
    *((3.6, 9.6), (6.4, 13.4), (10, 14.8), (13.6, 13), (15, 9), (13.9, 6), (12.8, 2.4), (11, -2.2), (8.6, -7.4)),
    *((6.2, -8.6), (4.2, -7.4), (1, -5.8), (0.7, -2.6), (3, -1.6), (6, 0.6), (7, 3.4), (5.6, 6.4)),
)
HOLE: Half = ((3.2, -4), (5.6, -2.2), (7, -3.6), (6.6, -6), (4.6, -6))
SACRUM: Half = ((0, 10.6), (4.2, 10.4), (4.6, 7), (2.6, 2), (0.8, -0.8), (0, -1.2))
THIGH = ((12.4, -2.6), (12, -10), (11, -24), (10.2, -46))
NECK = ((9.3, 0), (12.6, -3))
BUMPS = ((13.9, -2.2, 2), (10.2, -6.4, 1.3))
"""The greater and the lesser trochanter of the thigh bone: place and radius."""
HIP = (9.2, 0.2, 2.5)
VERTEBRAE, HIGH, GAP = 6, 2.9, 0.6
"""From the fifth lumbar vertebra up to the twelfth of the chest: their number, and cm of each and between them."""
WAY = ((2.5, 30.6), (3.9, 26), (4.9, 20), (6, 13), (8.3, 5.4), (10.4, -1), (10.4, -6.2))
WIDTHS = (0.6, 1.4, 1.9, 2.2, 2, 1.5, 0.8)


def front(sheet: Sheet, key: str) -> str:
    """Trunk and thighs from the front, with spine, pelvis, thigh bones and both psoas muscles. `key` begins the ids."""
    outline = Shape((*_half(BODY), *reversed(_half(BODY, -1)[1:-1])), palette.WEAR)
    legs = tuple(Shape(_half(LEGS, side), palette.SKIN) for side in (1, -1))
    flesh = edged(filled(legs, sheet, {}), f"{key}0") + edged(filled((outline,), sheet, {}), f"{key}1")
    white = {"fill": palette.BONE, "stroke": palette.BONE_LINE, "stroke-width": FINE}
    bones = tag("g", white, *(tag("path", {"d": path(shape, sheet)}) for shape in _bones()))
    return flesh + bones + "".join(_muscle(side, sheet) for side in (1, -1))


def psoas(side: int) -> Muscle:
    """The psoas of one side (1 is the viewer's right): from the sides of the vertebrae to the lesser trochanter."""
    way = _half(WAY, side)
    belly = (*beside(way, WIDTHS), *reversed(beside(way, [-width for width in WIDTHS])))
    length = sum(abs(after - before) for before, after in pairwise(way))
    return Muscle(Shape(belly, palette.PSOAS), Shape(way, closed=False), length)


def _half(places: Half, side: int = 1) -> tuple[Point, ...]:
    return tuple(complex(side * x, y) for x, y in places)


def _bones() -> tuple[Shape, ...]:
    sacrum = Shape((*_half(SACRUM), *reversed(_half(SACRUM, -1)[1:-1])))
    return (*_vertebrae(), *(shape for side in (1, -1) for shape in _hip(side)), sacrum)


def _vertebrae() -> tuple[Shape, ...]:
    """Each with the spurs at its sides, narrower the higher it is."""
    shapes = []
    for number in range(VERTEBRAE):
        low, wide = 10.9 + number * (HIGH + GAP), 2.7 - number * 0.12
        spur = ((wide, low + 1), (wide + 2, low + 1.2), (wide + 2, low + 1.9), (wide, low + 1.9))
        right = ((wide, low), *spur, (wide, low + HIGH))
        shapes.append(Shape((*_half(right), *reversed(_half(right, -1))), smooth=False))
    return tuple(shapes)


def _hip(side: int) -> tuple[Shape, ...]:
    thigh = tube(_half(THIGH, side), ((1.9, 1.9), (1.7, 1.7), (1.5, 1.5), (1.7, 1.7)))
    neck = tube(_half(NECK, side), ((1.4, 1.4), (1.8, 1.8)))
    bumps = (ball(complex(side * x, y), radius) for x, y, radius in BUMPS)
    x, y, radius = HIP
    wing, hole = Shape(_half(WING, side)), Shape(_half(HOLE, side), palette.WEAR)
    return (*bumps, neck, thigh, wing, hole, ball(complex(side * x, y), radius))


def _muscle(side: int, sheet: Sheet) -> str:
    muscle = psoas(side)
    fibre = {"fill": "none", "stroke": palette.FIBRE, "stroke-width": 2, "d": path(muscle.fibre, sheet)}
    return tag("path", {"fill": palette.PSOAS, "d": path(muscle.belly, sheet)}) + tag("path", fibre)
