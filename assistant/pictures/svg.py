"""Writes shapes as SVG: whole numbers and relative steps, so that the files stay small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.pictures.geometry import Point, Shape, clockwise

UNITS = 2
"""Units of a drawing to a pixel of its size on a page."""


@dataclass(frozen=True)
class Sheet:
    """Where a panel lies: its origin in pixels from the top left corner, and the pixels that a centimetre takes."""

    origin: Point
    scale: float

    def place(self, point: Point) -> Point:
        """A point in pixels, y down."""
        return self.origin + (point * self.scale).conjugate()


def path(shape: Shape, sheet: Sheet) -> str:
    """What stands in "d" for one shape."""
    points = clockwise(shape.points) if shape.closed else shape.points
    places = [sheet.place(point) * UNITS for point in points]
    start = _whole(places[0])
    if shape.smooth:
        return f"M{_joined([start])}{_curve(places, shape.closed)}{'z' if shape.closed else ''}"
    ends = [_whole(place) for place in places]
    steps = [_away(here, there) for here, there in pairwise(ends)]
    return f"M{_joined([start])}l{_joined(steps)}{'z' if shape.closed else ''}"


def _curve(places: list[Point], closed: bool) -> str:
    """Catmull-Rom through the points: the first handle of each piece mirrors the last one of the piece before."""
    before = (places[-1] if closed else places[0], *places)
    ends = (*places[1:], places[0]) if closed else (*places[1:],)
    after = (*ends[1:], places[1] if closed else ends[-1])
    here = _whole(places[0])
    steps = [_away(here, _whole(places[0] + (places[1] - before[0]) / 6))]
    for start, end, later in zip(places, ends, after, strict=False):
        steps += [_away(here, _whole(end - (later - start) / 6)), _away(here, _whole(end))]
        here = _whole(end)
    return f"c{_joined(steps[:3])}s{_joined(steps[3:])}"


def _whole(place: Point) -> tuple[int, int]:
    return round(place.real), round(place.imag)


def _away(here: tuple[int, int], there: tuple[int, int]) -> tuple[int, int]:
    return there[0] - here[0], there[1] - here[1]


def _joined(pairs: Iterable[tuple[int, int]]) -> str:
    written = ""
    for number in (number for pair in pairs for number in pair):
        written += f" {number}" if written and number >= 0 else str(number)
    return written


def tag(name: str, settings: Mapping[str, object], *inside: str) -> str:
    """An element; settings that are "" or None are left out."""
    written = "".join(f' {key}="{value}"' for key, value in settings.items() if value not in ("", None))
    return f"<{name}{written}>{''.join(inside)}</{name}>" if any(inside) else f"<{name}{written}/>"
