"""One walking cycle that moves: limbs turn at their joints, and the near psoas shortens and lengthens with the hip.

Only turning and stretching, written as CSS in the file: so it stays small, and stands still for those who want it so.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence

from assistant.pictures import palette
from assistant.pictures.anatomy import SHAFT, TROCHANTER, bones, psoas
from assistant.pictures.figures import ANKLE, BALL, HEEL, SHANK, THIGH, figure
from assistant.pictures.flesh import SHANK as CALF
from assistant.pictures.flesh import SHORTS, arm, lowest, trunk
from assistant.pictures.flesh import THIGH as FLESH
from assistant.pictures.gait import Gait
from assistant.pictures.geometry import Point, Shape, at, ball, beside, between, tube
from assistant.pictures.marks import line
from assistant.pictures.painting import EDGE, FAR_COLOURS, FINE, filled
from assistant.pictures.svg import UNITS, Sheet, path, tag

UPPER_WIDTHS, LOWER_WIDTHS = (0.7, 1.8, 2.5, 2.8, 2.4), (2.4, 1.7, 0.9)
"""Half the thickness of the psoas in cm above and below the brim of the pelvis, before it bulges."""
TICK = 10
"""Length of the marks on the ground, in units."""
Moves = dict[str, list[str]]
"""The class of what moves, and its transform at each moment."""


def moving(gait: Gait, sheet: Sheet, key: str) -> str:
    """The walker on the ground below `sheet.origin`, and the style sheet that moves it. `key` begins the ids."""
    walker = _Walker(gait, Sheet(0j, sheet.scale), key)
    body = "".join(
        [
            edged_twice(walker.arm(far=True)),
            edged_twice(walker.leg(far=True)),
            edged_twice(walker.trunk() + walker.leg(far=False)),
            edged_twice(walker.arm(far=False)),
            walker.bones(),
            walker.psoas(),
        ]
    )
    # Both legs do the same, so the body goes up and down twice in a cycle.
    heights = [lowest(figure(gait.at(moment))) * sheet.scale * UNITS for moment in range(gait.moments // 2)]
    body = walker.joint("b", [f"translateY({height:.0f}px)" for height in heights], body)
    step = _step(gait) * sheet.scale * UNITS
    style = _style(gait, walker.moves, step)
    return style + tag("defs", {}, *walker.shapes.values()) + _ground(sheet, step) + _placed(sheet.origin, body)


def edged_twice(inside: str) -> str:
    """What is inside drawn with an edge and then without. It is written twice: what is used twice need not move alike."""
    return tag("g", {"stroke": palette.LINE, "stroke-width": EDGE}, inside) + inside


def _style(gait: Gait, moves: Moves, step: float) -> str:
    rules = [f"[class]{{animation:o {gait.seconds:g}s linear infinite}}"]
    rules += [f".{name}{{animation-name:{name}}}" for name in moves]
    rules += [f".f{{animation-delay:-{gait.seconds / 2:g}s}}.o,.b{{animation-duration:{gait.seconds / 2:g}s}}"]
    frames = [f"@keyframes {name}{{{_frames(values)}}}" for name, values in moves.items()]
    frames += [f"@keyframes o{{to{{stroke-dashoffset:{step:.0f}}}}}"]
    return tag("style", {}, f"@media(prefers-reduced-motion:no-preference){{{''.join(rules)}}}", *frames)


def _frames(values: Sequence[str]) -> str:
    share = 100 / len(values)
    frames = [f"0%,to{{transform:{values[0]}}}"]
    around = zip(values, values[1:], [*values[2:], values[0]], strict=False)
    for number, (before, value, after) in enumerate(around, start=1):
        if not before == value == after:
            frames.append(f"{share * number:g}%{{transform:{value}}}")
    return "".join(frames)


def _placed(place: Point, inside: str) -> str:
    """Moved to a place in pixels, y down."""
    return tag("g", {"transform": f"translate({place.real * UNITS:.0f} {place.imag * UNITS:.0f})"}, inside)


class _Walker:
    """Writes the parts of the body; notes the `moves` of what moves and the `shapes` that are drawn more than once."""

    def __init__(self, gait: Gait, sheet: Sheet, key: str) -> None:
        self.gait, self.sheet, self.key = gait, sheet, key
        self.still = figure(gait.at(gait.still))
        self.moves: Moves = {}
        self.shapes: dict[str, str] = {}

    def joint(self, name: str, values: list[str], inside: str, *, far: bool = False) -> str:
        """What turns together; the transform it carries is the one of the moment that is shown where nothing moves."""
        self.moves[name] = values
        half = self.gait.moments // 2 if far else 0
        shown = values[(self.gait.still + half) % len(values)]
        shown = shown.replace("deg", "").replace("translateY(", "translate(0 ").replace("px", "")
        return tag("g", {"class": f"{name} f" if far else name, "transform": shown}, inside)

    def turning(self, name: str, degrees: Sequence[float], inside: str, *, far: bool = False) -> str:
        """What turns about the origin by clockwise degrees."""
        return self.joint(name, [f"rotate({each:g}deg)" for each in degrees], inside, far=far)

    def used(self, name: str, shape: Shape, *, far: bool = False) -> str:
        """A shape that is written once and drawn wherever it is used."""
        self.shapes[name] = tag("path", {"id": self.key + name, "d": path(shape, self.sheet)})
        fill = shape.fill or palette.SKIN
        return tag("use", {"href": f"#{self.key}{name}", "fill": FAR_COLOURS.get(fill, fill) if far else fill})

    def trunk(self) -> str:
        """Neck, trunk, head and hair."""
        self.shapes["n"] = tag("g", {"id": f"{self.key}n"}, filled(trunk(self.still), self.sheet, {}))
        return tag("use", {"href": f"#{self.key}n"})

    def leg(self, *, far: bool) -> str:
        """A leg of four parts, each within the one above it."""
        joints, down = self.gait.joints, self.sheet.place(-1j)
        toes = self.turning("t", [-each for each in joints["toes"]], self.used("t", _toes(), far=far), far=far)
        shoe = self.used("h", _heel(), far=far) + _placed(self.sheet.place(complex(BALL, -ANKLE)), toes)
        foot = self.turning("a", [-each for each in joints["ankle"]], shoe, far=far)
        calf = tube(between(0j, -SHANK * 1j, (0, *CALF)), ((5.4, 5.2), *CALF.values()))
        shank = self.used("c", calf, far=far) + _placed(down * SHANK, foot)
        shank = self.turning("k", joints["knee"], shank, far=far)
        flesh = tube(between(0j, -THIGH * 1j, (*FLESH,)), (*FLESH.values(),))
        shorts = tube(between(0j, -THIGH * 1j, (*SHORTS,)), (*SHORTS.values(),), palette.WEAR)
        thigh = self.used("l", flesh, far=far) + _placed(down * THIGH, shank) + self.used("s", shorts, far=far)
        return self.turning("h", self._thigh(), thigh, far=far)

    def _thigh(self) -> list[float]:
        return [self.gait.pose.pelvis - each for each in self.gait.joints["hip"]]

    def arm(self, *, far: bool) -> str:
        """The whole arm turns at the shoulder; the elbow keeps its bend."""
        places = self.still.near_arm
        hanging = (places.elbow - places.shoulder) / abs(places.elbow - places.shoulder) / -1j
        lean = math.degrees(cmath.phase(hanging)) - self.gait.joints["shoulder"][self.gait.still]
        straight = type(places)(*((place - places.shoulder) / hanging for place in vars(places).values()))
        drawn = "".join(self.used(f"m{number}", shape, far=far) for number, shape in enumerate(arm(straight)))
        degrees = [round(-lean - each) for each in self.gait.joints["shoulder"]]
        return _placed(self.sheet.place(places.shoulder), self.turning("s", degrees, drawn, far=far))

    def bones(self) -> str:
        """Spine and pelvis, and the thigh bone that turns with the near leg."""
        *fixed, _, _, head = bones(self.still)
        shaft = tube(between(0j, -THIGH * 1j, (*SHAFT,)), (*SHAFT.values(),))
        bump = ball(complex(-TROCHANTER[1], -TROCHANTER[0]), 1.5)
        thigh = self.turning("h", self._thigh(), self._each((bump, shaft)))
        white = {"fill": palette.BONE, "stroke": palette.BONE_LINE, "stroke-width": FINE}
        return tag("g", white, self._each(fixed), thigh, self._each((head,)))

    def _each(self, shapes: Sequence[Shape]) -> str:
        straight = "".join(path(shape, self.sheet) for shape in shapes if not shape.smooth)
        paths = (straight, *(path(shape, self.sheet) for shape in shapes if shape.smooth))
        return "".join(tag("path", {"d": each}) for each in paths if each)

    def psoas(self) -> str:
        """Above the brim of the pelvis only its thickness changes; below it also turns and stretches."""
        muscles = [psoas(figure(self.gait.at(moment))) for moment in range(self.gait.moments)]
        way = muscles[self.gait.still].fibre.points
        brim, above, below = way[4], [each - way[4] for each in way[:5]], [each - way[4] for each in way[4:]]
        upper = self.joint(
            "u", [f"scale(1,{round(m.thick, 2):g})" for m in muscles], self._strand(above, UPPER_WIDTHS, above[0])
        )
        turns = [
            f"rotate({_clockwise(end)}deg) scale({round(abs(end) / abs(below[-1]), 2):g},{round(muscle.thick, 2):g})"
            for muscle in muscles
            for end in [muscle.fibre.points[-1] - brim]
        ]
        lower = self.joint("l", turns, self._strand(below, LOWER_WIDTHS, below[-1]))
        tilted = tag("g", {"transform": f"rotate({_clockwise(above[0])})"}, upper)
        return _placed(self.sheet.place(brim), lower + tilted)

    def _strand(self, way: Sequence[Point], widths: Sequence[float], axis: Point) -> str:
        """A part of the muscle with its fibre, turned so that its axis points right."""
        straight = [place / axis * abs(axis) for place in way]
        belly = Shape((*beside(straight, widths), *reversed(beside(straight, [-width for width in widths]))))
        fibre = {"fill": "none", "stroke": palette.FIBRE, "d": path(Shape(tuple(straight), closed=False), self.sheet)}
        return tag("path", {"fill": palette.PSOAS, "d": path(belly, self.sheet)}) + tag("path", fibre)


def _clockwise(direction: Point) -> int:
    """The degrees on the page that turn something that points right into a direction."""
    return round(-math.degrees(cmath.phase(direction)))


def _heel() -> Shape:
    heel, front = (complex(HEEL, -ANKLE), 1j), (complex(BALL, -ANKLE), 1j)
    sole, bend = at(*heel, ((1.2, 0), (9, 0.5))), at(*front, ((0.6, 0), (2, 2.6), (0.3, 5.6)))
    return Shape((*sole, *bend, *at(*heel, ((11.2, 9.8), (6, 11.2), (1.4, 10.2), (-0.6, 2.4)))), palette.SHOE)


def _toes() -> Shape:
    return Shape(
        at(0j, 1j, ((-1.5, 0.4), (0, 0), (5.5, 0), (7.8, 1.9), (5.6, 4.2), (0.3, 5.6), (-1.5, 4))), palette.SHOE
    )


def _step(gait: Gait) -> float:
    """How far the ground moves in half a cycle, in cm: as far as the foot that stands on it."""
    first, last = (figure(gait.at(moment)).near_leg.ankle.real for moment in (0, gait.moments // 2))
    return first - last


def _ground(sheet: Sheet, step: float) -> str:
    floor = line((-62 - 0.9j, 62 - 0.9j), sheet, palette.PROP, 2, smooth=False)
    marks = line((-62 - 3.2j, 62 - 3.2j), sheet, palette.PROP, 2, smooth=False, dash=f"{TICK} {step / 2 - TICK:.0f}")
    return floor + tag("g", {"class": "o"}, marks)
