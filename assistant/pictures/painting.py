"""Paints one figure: each layer is edged as a whole, then filled, so that no line runs where limbs meet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.pictures import palette
from assistant.pictures.anatomy import bones, psoas
from assistant.pictures.figures import Figure
from assistant.pictures.flesh import ARM, FAR, layers
from assistant.pictures.geometry import Shape
from assistant.pictures.svg import Sheet, path, tag

EDGE, FINE = 5, 2
"""Widths of lines in the drawing's units."""
FAR_COLOURS = {palette.WEAR: palette.FAR_WEAR, palette.SKIN: palette.FAR_SKIN}


def painted(body: Figure, sheet: Sheet, key: str, *, inside: bool = True) -> str:
    """The figure as SVG. `key` begins the ids in it; `inside` shows bones and psoas."""
    written = []
    for number, (name, shapes) in enumerate(layers(body)):
        if name == ARM and inside:
            written.append(_inside(body, sheet))
        written.append(_layer(shapes, sheet, f"{key}{number}", far=name == FAR))
    return "".join(written)


def _layer(shapes: Sequence[Shape], sheet: Sheet, key: str, *, far: bool) -> str:
    return edged(filled(shapes, sheet, FAR_COLOURS if far else {}), key)


def edged(inside: str, key: str) -> str:
    """What is inside drawn twice: once with an edge around the whole, once without."""
    edge = {"stroke": palette.LINE, "stroke-width": EDGE}
    return tag("g", edge, tag("g", {"id": key}, inside)) + tag("use", {"href": f"#{key}"})


def filled(shapes: Sequence[Shape], sheet: Sheet, colours: dict[str, str]) -> str:
    """Shapes as paths; neighbours of one colour share a path."""
    return "".join(
        tag("path", {"fill": colours.get(fill, fill), "d": "".join(path(shape, sheet) for shape in group)})
        for fill, group in groupby(shapes, lambda shape: shape.fill or palette.SKIN)
    )


def _inside(body: Figure, sheet: Sheet) -> str:
    muscle = psoas(body)
    white = {"fill": palette.BONE, "stroke": palette.BONE_LINE, "stroke-width": FINE}
    bone = tag("g", white, *_each(bones(body), sheet))
    belly = tag("path", {"fill": palette.PSOAS, "d": path(muscle.belly, sheet)})
    fibre = {"fill": "none", "stroke": palette.FIBRE, "stroke-width": 1, "d": path(muscle.fibre, sheet)}
    return bone + belly + tag("path", fibre)


def _each(shapes: Sequence[Shape], sheet: Sheet) -> list[str]:
    """The straight-edged bones in one path, the others one by one, so that each keeps its edge."""
    straight = "".join(path(shape, sheet) for shape in shapes if not shape.smooth)
    paths = [straight, *(path(shape, sheet) for shape in shapes if shape.smooth)]
    return [tag("path", {"d": each}) for each in paths]
