"""The outlines of a body around its joints, in layers from the far side to the near one."""

from __future__ import annotations

from assistant.pictures.figures import CHEST, LUMBAR, ArmPlaces, Figure, LegPlaces
from assistant.pictures.geometry import Shape, Width, at, between, tube
from assistant.pictures.palette import HAIR, SHOE, WEAR

TRUNK: dict[int, Width] = {
    0: (0, 5.4),
    2: (12.2, 4.8),
    4: (12.8, 5.4),
    6: (14, 6.2),
    8: (15, 6.6),
    10: (12, 6.2),
    12: (5.6, 5.4),
    13: (4.4, 5),
}
"""Flesh around the spine by its pieces, from the sacrum to the collar."""
LAP = ((6, -5), (9.2, 1), (9.2, 7))
SEAT = ((-9, 9.2), (-11.2, 4), (-11, -2), (-6, -7.5))
"""The pelvis in front and behind, in cm forward and up from the hip joint."""
THIGH = {0.04: (8.6, 9.4), 0.35: (8.3, 8.2), 0.86: (5.7, 5.5), 1.0: (5.4, 5.2)}
SHANK = {0.13: (5.1, 5.8), 0.32: (4.5, 6.8), 0.55: (3.9, 5.6), 0.95: (3.3, 3.5)}
SHORTS = {0.03: (8.8, 9.6), 0.25: (8.8, 8.9), 0.42: (8.5, 8.3)}
UPPER_ARM = {0.0: (4.4, 4.4), 0.4: (4.4, 4.2), 1.0: (3.6, 3.6)}
FOREARM = {0.25: (3.8, 3.7), 0.65: (3, 3), 0.97: (2.4, 2.4)}
HAND = {0.4: (3.2, 3.2), 0.85: (2, 2)}
SLEEVE = {0.0: (5, 5), 0.3: (4.8, 4.8), 0.48: (4.7, 4.7)}
NECK = {0.0: (4.6, 5), 0.9: (4.6, 5.2)}
"""Flesh along each limb: share of its length to cm in front and behind."""
FACE = (
    *((-5.5, -8), (-9.6, 1), (-7, 9.8), (-1, 11.8), (5, 10.5), (8.4, 6), (8.7, 2.4), (10.6, -1.5)),
    *((8.6, -3), (8.8, -5), (8.3, -7.8), (6, -9.8), (1.5, -9)),
)
CAP = (
    *((-6.3, -7), (-10.4, 2), (-7.8, 10.8), (-1, 13), (5.4, 11.6), (8.4, 7), (5.2, 7.6), (1.2, 4.6), (-0.4, -0.4)),
    *((-2.8, -1.6),),
)
"""Head and hair, in cm forward and up from the middle of the head."""
FAR, NEAR, ARM = "far", "near", "arm"


def layers(body: Figure) -> tuple[tuple[str, tuple[Shape, ...]], ...]:
    """The body in the order of painting: the far side, the near one, and the near arm over what lies inside."""
    return (
        (FAR, arm(body.far_arm)),
        (FAR, leg(body.far_leg)),
        (NEAR, (*trunk(body), *leg(body.near_leg))),
        (ARM, arm(body.near_arm)),
    )


def trunk(body: Figure) -> tuple[Shape, ...]:
    """Neck, trunk, head and hair."""
    base = body.spine[LUMBAR + CHEST - 1]
    pieces = [(body.spine[piece], body.leans[piece], width) for piece, width in TRUNK.items()]
    front = [place + lean * -1j * ahead for place, lean, (ahead, _) in pieces[1:]]
    back = [place + lean * 1j * behind for place, lean, (_, behind) in pieces]
    outline = (*at(0, body.up, LAP), *front, *reversed(back), *at(0, body.up, SEAT)[1:])
    return (
        tube(between(base, body.head, (*NECK,)), (*NECK.values(),)),
        Shape(outline, WEAR),
        Shape(at(body.head, body.head_up, FACE)),
        Shape(at(body.head, body.head_up, CAP), HAIR),
    )


def leg(places: LegPlaces) -> tuple[Shape, ...]:
    """Skin from hip to ankle, shoe and shorts."""
    thigh = between(places.hip, places.knee, (*THIGH,))
    skin = tube(
        (*thigh, *between(places.knee, places.ankle, (*SHANK,))),
        (*THIGH.values(), *SHANK.values()),
    )
    shorts = tube(between(places.hip, places.knee, (*SHORTS,)), (*SHORTS.values(),), WEAR)
    return skin, shoe(places), shorts


def shoe(places: LegPlaces) -> Shape:
    """The foot; it bends at the ball."""
    heel, front = (places.heel, places.foot * 1j), (places.ball, places.toe * 1j)
    sole = at(*heel, ((1.2, 0), (9, 0.5)))
    toes = at(*front, ((0, 0), (5.5, 0), (7.8, 1.9), (5.6, 4.2), (0.3, 5.6)))
    top = at(*heel, ((11.2, 9.8), (6, 11.2), (1.4, 10.2), (-0.6, 2.4)))
    return Shape((*sole, *toes, *top), SHOE)


def arm(places: ArmPlaces) -> tuple[Shape, ...]:
    """Skin from shoulder to fingers, and the sleeve."""
    parts = (
        (places.shoulder, places.elbow, UPPER_ARM),
        (places.elbow, places.wrist, FOREARM),
        (places.wrist, places.hand, HAND),
    )
    way = [point for start, end, widths in parts for point in between(start, end, (*widths,))]
    skin = tube(way, [width for _, _, widths in parts for width in widths.values()])
    return skin, tube(between(places.shoulder, places.elbow, (*SLEEVE,)), (*SLEEVE.values(),), WEAR)


def lowest(body: Figure) -> float:
    """The height of the lowest point of the flesh, in cm."""
    return min(point.imag for _, shapes in layers(body) for shape in shapes for point in shape.points)
