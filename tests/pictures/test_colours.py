"""What carries meaning can be seen on white and on black, and signs differ by more than colour."""

import re

import pytest

from assistant.pictures import palette
from assistant.pictures.files import pictures
from assistant.pictures.marks import SIGNS
from assistant.settings import CONTENT

LEAST = 3.0
DRAWN = pictures(CONTENT / "pictures")


def light(colour: str) -> float:
    """Relative luminance of #rgb, as WCAG defines it."""
    parts = [int(digit * 2, 16) / 255 for digit in colour[1:]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["LINE", "HAIR", "SHOE", "ARROW", "GOOD", "BAD", "PROP"])
@pytest.mark.parametrize("page", ["#fff", "#111"])
def test_lines_and_marks_stand_out_on_any_page(name: str, page: str) -> None:
    assert contrast(getattr(palette, name), page) >= LEAST


@pytest.mark.parametrize("under", ["WEAR", "SKIN", "BONE"])
@pytest.mark.parametrize("over", ["PSOAS", "ARROW"])
def test_the_psoas_and_arrows_stand_out_on_the_body(over: str, under: str) -> None:
    assert contrast(getattr(palette, over), getattr(palette, under)) >= LEAST


def test_tick_and_cross_differ_in_shape() -> None:
    assert len(SIGNS["right"][1]) != len(SIGNS["wrong"][1])


@pytest.mark.parametrize("name", DRAWN)
def test_every_stroke_of_a_picture_is_one_of_the_palette(name: str) -> None:
    edges = {palette.LINE, palette.BONE_LINE, palette.FIBRE, palette.ARROW, palette.GOOD, palette.BAD, palette.PROP}
    assert set(re.findall(r'stroke="(#[0-9a-f]+)"', DRAWN[name])) <= edges


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_no_background_of_its_own(name: str) -> None:
    assert "<rect" not in DRAWN[name]
