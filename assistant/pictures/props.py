"""What a figure stands, lies or leans on, and the signs of time and haste. Places are cm from below the hip, on the ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.pictures.geometry import Point, Shape, turn
from assistant.pictures.marks import line
from assistant.pictures.palette import ARROW, CUSHION, LINE, PROP
from assistant.pictures.svg import UNITS, Sheet, path, tag


def _block(points: tuple[Point, ...], sheet: Sheet, fill: str, *, smooth: bool = False) -> str:
    edge = {"stroke": PROP, "stroke-width": 2 * UNITS}
    return tag("path", {"fill": fill, **edge, "d": path(Shape(points, smooth=smooth), sheet)})


def ground(sheet: Sheet, start: float, end: float, height: float = 0) -> str:
    """The floor as a line."""
    return line((complex(start, height - 0.9), complex(end, height - 0.9)), sheet, PROP, 2, smooth=False)


def mat(sheet: Sheet, start: float, end: float) -> str:
    """A thin mat; the body rests on its top."""
    return _block((start - 3j, end - 3j, end - 0.6j, start - 0.6j), sheet, CUSHION)


def pillow(sheet: Sheet, middle: float, height: float, width: float, thick: float) -> str:
    """A pillow with its middle at a height."""
    corners = ((-1, 0), (-0.8, 0.9), (0, 1), (0.8, 0.9), (1, 0), (0.8, -0.9), (0, -1), (-0.8, -0.9))
    points = tuple(complex(middle + x * width / 2, height + y * thick / 2) for x, y in corners)
    return _block(points, sheet, CUSHION, smooth=True)


def wedge(sheet: Sheet, low: float, high: float, height: float) -> str:
    """A slope of cushions from the ground at `low` up to `high`."""
    back = 14 if high > low else -14
    corners = ((low, 0), (high, height), (high + back, height), (high + back, 0))
    return _block(tuple(complex(*corner) for corner in corners), sheet, CUSHION)


def bed(sheet: Sheet, start: float, end: float, depth: float) -> str:
    """A mattress whose top is the figure's ground, on legs `depth` cm high."""
    mattress = (start - 0.9j, end - 0.9j, end - 16j, start - 16j)
    legs = "".join(
        line((complex(x, -16), complex(x, -depth)), sheet, PROP, 4, smooth=False) for x in (start + 8, end - 8)
    )
    return legs + _block(mattress, sheet, CUSHION)


def chair(sheet: Sheet, front: float) -> str:
    """A chair seen from the side; its back, 85 cm high, is at `front`, its seat lies beyond."""
    back, far = front, front + 40
    wood = ((back - 0j, back + 85j), (back + 44j, far + 44j), (far + 0j, far + 44j))
    return "".join(line(points, sheet, PROP, 5, smooth=False) for points in wood)


def plumb(sheet: Sheet, place: float, low: float, high: float) -> str:
    """A dashed upright line."""
    ends = (complex(place, low), complex(place, high))
    return line(ends, sheet, ARROW, 2, smooth=False, dash=f"{5 * UNITS} {5 * UNITS}")


def tilted(sheet: Sheet, x: float, y: float, degrees: float, length: float) -> str:
    """A dashed line through a place at an angle, such as that of a belt."""
    half = turn(degrees) * length / 2
    return line((complex(x, y) - half, complex(x, y) + half), sheet, ARROW, 2.4, smooth=False)


def clock(sheet: Sheet, x: float, y: float, radius: float, share: float) -> str:
    """A clock face of which a share is filled, from the top."""
    centre = complex(x, y)
    rim = tuple(centre + turn(90 - 30 * step) * radius for step in range(12))
    steps = max(2, round(share * 24))
    slice_ = (centre, *(centre + turn(90 - 360 * share * step / steps) * radius * 0.94 for step in range(steps + 1)))
    return _block(rim, sheet, "#fff", smooth=True) + tag(
        "path", {"fill": ARROW, "d": path(Shape(slice_, smooth=False), sheet)}
    )


def haste(sheet: Sheet, x: float, y: float, length: float) -> str:
    """Three lines behind somebody fast."""
    rows = ((y, length), (y - 9, length * 1.3), (y - 18, length * 0.9))
    return "".join(
        line((complex(x, row), complex(x - long, row)), sheet, LINE, 2.4, smooth=False) for row, long in rows
    )


PROPS: Mapping[str, Callable[..., str]] = {
    each.__name__: each for each in (ground, mat, pillow, wedge, bed, chair, plumb, tilted, clock, haste)
}
