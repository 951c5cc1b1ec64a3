"""Writes the pictures: an SVG for pages and a PNG on white for channels that show no SVG; and all on one sheet."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import InputError
from assistant.pictures.drawing import svg
from assistant.pictures.svg import tag
from assistant.pictures.table import Drawing, drawings

PNG_ZOOM = 3
"""Pixels of a PNG to a pixel of the picture's size."""
COLUMNS, GAP = 5, 20
"""The contact sheet: pictures a row, and pixels between them."""


def pictures(folder: Path) -> dict[str, str]:
    """Every picture of the folder's tables as SVG, by file name."""
    return {f"{drawing.id}.svg": svg(drawing) for drawing in drawings(folder)}


def write(folder: Path) -> list[Path]:
    """Write every picture into the folder, as SVG and PNG, and remove those that the tables no longer hold."""
    drawn: dict[Path, bytes] = {}
    for name, written in pictures(folder).items():
        drawn[folder / name] = written.encode()
        drawn[(folder / name).with_suffix(".png")] = png(written, PNG_ZOOM)
    for old in folder.iterdir():
        if old.suffix in (".svg", ".png") and old not in drawn:
            old.unlink()
    for path, content in drawn.items():
        path.write_bytes(content)
    return list(drawn)


def png(written: str, zoom: float, background: str = "#fff") -> bytes:
    """An SVG as PNG. Raises InputError where the program for it is not installed."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise InputError('PNG pictures need resvg_py; install the "dev" extra') from None
    return bytes(svg_to_bytes(svg_string=written, zoom=zoom, background=background, skip_system_fonts=True))


def contact_sheet(folder: Path) -> bytes:
    """All pictures in the order of the table, on white above and on black below, as PNG."""
    drawn = drawings(folder)
    width = COLUMNS * (max(each.width for each in drawn) + GAP) + GAP
    light, height = _grid(drawn, "light")
    dark, _ = _grid(drawn, "dark")
    black = tag("rect", {"y": height, "width": width, "height": height, "fill": "#111"})
    frame = {"xmlns": "http://www.w3.org/2000/svg", "width": width, "height": 2 * height}
    return png(tag("svg", frame, light, black, tag("svg", {"y": height}, dark)), 1)


def _grid(drawn: tuple[Drawing, ...], key: str) -> tuple[str, int]:
    """The pictures in rows, and how high they are together."""
    written, top = "", GAP
    for first in range(0, len(drawn), COLUMNS):
        row = drawn[first : first + COLUMNS]
        tall = max(each.height for each in row)
        for column, each in enumerate(row):
            place = {"x": GAP + column * (each.width + GAP), "y": top + tall - each.height}
            written += svg(each, place).replace(f"{each.id}-", f"{key}-{each.id}-")
        top += tall + GAP
    return written, top
