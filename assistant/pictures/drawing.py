"""A whole picture: its panels, each a figure with what stands behind and before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.errors import InputError
from assistant.pictures.figures import figure
from assistant.pictures.flesh import lowest
from assistant.pictures.front import front
from assistant.pictures.marks import BADGE, arrow, sign
from assistant.pictures.moving import moving
from assistant.pictures.painting import painted
from assistant.pictures.props import PROPS
from assistant.pictures.svg import UNITS, Sheet, tag
from assistant.pictures.table import Drawing

MARGIN = 8
"""Pixels below the ground."""


def svg(drawing: Drawing, place: Mapping[str, object] | None = None) -> str:
    """The picture as SVG: no text, no script, nothing from outside; a style sheet only in what moves.

    `place` (x, y) sets it within another SVG; its ids then begin with its name.
    """
    width, height = drawing.width, drawing.height
    prefix = f"{drawing.id}-" if place else ""
    frame = {
        **(place or {}),
        "xmlns": "http://www.w3.org/2000/svg",
        "width": width,
        "height": height,
        "viewBox": f"0 0 {width * UNITS} {height * UNITS}",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    return tag("svg", frame, *_inside(drawing, prefix)) + "\n"


def _inside(drawing: Drawing, prefix: str) -> Iterator[str]:
    if drawing.front is not None:
        spot = drawing.front
        yield front(Sheet(complex(spot.x, spot.y), spot.scale), f"{prefix}a")
    if drawing.walk is not None:
        walk = drawing.walk
        yield moving(walk.gait, Sheet(complex(walk.x, drawing.height - MARGIN), walk.scale), f"{prefix}a")
    for number in range(len(drawing.panels)):
        yield _panel(number, drawing, f"{prefix}{chr(97 + number)}")


def _panel(number: int, drawing: Drawing, key: str) -> str:
    panel = drawing.panels[number]
    body = figure(panel.pose)
    floor = complex(panel.x, drawing.height - MARGIN - panel.lift)
    ground = Sheet(floor, panel.scale)
    sheet = Sheet(floor + 1j * lowest(body) * panel.scale, panel.scale)
    column = drawing.width / len(drawing.panels)
    centre = complex(number * column + BADGE + 4, BADGE + 4)
    return "".join(
        [
            *(_prop(each, ground, drawing) for each in panel.behind),
            painted(body, sheet, key, inside=panel.inside),
            *(_prop(each, ground, drawing) for each in panel.before),
            *(arrow(each.start, each.end, each.bend, ground) for each in panel.arrows),
            sign(panel.sign, centre) if panel.sign else "",
        ]
    )


def _prop(written: tuple[Any, ...], ground: Sheet, drawing: Drawing) -> str:
    name, *numbers = written
    if name not in PROPS:
        raise InputError(f"poses.yml: drawing {drawing.id}: unknown prop {name}; known are {', '.join(PROPS)}")
    return PROPS[name](ground, *numbers)
