"""What stands beside a figure: arrows, tick and cross."""

from __future__ import annotations

from assistant.pictures import palette
from assistant.pictures.geometry import Point, Shape
from assistant.pictures.svg import UNITS, Sheet, path, tag

BADGE = 10
"""Radius of tick and cross in pixels."""
SIGNS = {
    "right": (palette.GOOD, (((-4.6, 0.4), (-1.4, 3.8), (4.8, -3.8)),)),
    "wrong": (palette.BAD, (((-3.8, -3.8), (3.8, 3.8)), ((3.8, -3.8), (-3.8, 3.8)))),
}
"""The colour and the strokes of each sign; the shape alone tells them apart."""


def line(
    points: tuple[Point, ...], sheet: Sheet, colour: str, width: float, *, smooth: bool = True, dash: str = ""
) -> str:
    """A stroke through points; `width` in pixels."""
    return tag(
        "path",
        {
            "fill": "none",
            "stroke": colour,
            "stroke-width": f"{width * UNITS:g}",
            "stroke-dasharray": dash,
            "d": path(Shape(points, smooth=smooth, closed=False), sheet),
        },
    )


def arrow(start: Point, end: Point, bend: float, sheet: Sheet) -> str:
    """An arrow; `bend` is how far its middle lies to the left of the straight way, in cm."""
    way = (end - start) / abs(end - start)
    middle = (start + end) / 2 + way * 1j * bend
    last = (end - middle) / abs(end - middle) * (way.conjugate() * (end - middle) / abs(end - middle)) ** 0.5
    size = 11 / sheet.scale
    base = end - last * size * 0.9
    tip = Shape((end, base + last * 1j * size * 0.6, base - last * 1j * size * 0.6), smooth=False)
    head = {"fill": palette.ARROW, "stroke": palette.ARROW, "stroke-width": UNITS}
    return line((start, middle, base), sheet, palette.ARROW, 3.4) + tag("path", {**head, "d": path(tip, sheet)})


def sign(name: str, centre: Point) -> str:
    """A tick or a cross in a ring, around a place in pixels."""
    colour, strokes = SIGNS[name]
    sheet = Sheet(centre, 1)
    ring = {"cx": _units(centre.real), "cy": _units(centre.imag), "r": BADGE * UNITS, "fill": "#fff", "stroke": colour}
    drawn = (line(tuple(complex(x, -y) for x, y in stroke), sheet, colour, 3, smooth=False) for stroke in strokes)
    return tag("circle", {**ring, "stroke-width": 2 * UNITS}) + "".join(drawn)


def _units(pixels: float) -> int:
    return round(pixels * UNITS)
