"""The pictures in the repository are what the tables draw, small, without anything that a page would have to trust."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.cli import main
from assistant.pictures.files import PNG_ZOOM, pictures, png
from assistant.settings import CONTENT, ROOT

FOLDER = CONTENT / "pictures"
DRAWN = pictures(FOLDER)
MOST_BYTES = 8_000
ALLOWED = {"svg", "g", "path", "use", "circle"}
MOVING = {name for name in DRAWN if name.endswith("_moving.svg")}


@pytest.mark.parametrize("name", DRAWN)
def test_the_svg_is_drawn_again_byte_for_byte(name: str) -> None:
    assert (FOLDER / name).read_text() == DRAWN[name]


@pytest.mark.parametrize("name", DRAWN)
def test_the_png_is_drawn_again_byte_for_byte(name: str) -> None:
    pytest.importorskip("resvg_py")
    assert (FOLDER / name).with_suffix(".png").read_bytes() == png(DRAWN[name], PNG_ZOOM)


def test_no_picture_is_left_over() -> None:
    shipped = {path.name for path in FOLDER.iterdir() if path.suffix in (".svg", ".png")}
    assert shipped == {*DRAWN, *(name.replace(".svg", ".png") for name in DRAWN)}


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_light(name: str) -> None:
    assert len(DRAWN[name].encode()) < MOST_BYTES


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_nothing_but_shapes(name: str) -> None:
    """No text, script or address, so that any policy lets it through and no font changes it; style only where it moves."""
    elements = list(ElementTree.fromstring(DRAWN[name]).iter())
    more = {"style", "defs"} if name in MOVING else set()
    assert {each.tag.rsplit("}", 1)[1] for each in elements} <= ALLOWED | more
    settings = {key: value for each in elements for key, value in each.attrib.items()}
    assert not [key for key in settings if key.startswith("on") or key == "style"]
    assert all(re.fullmatch(r"#[a-z0-9]+", each.get("href", "#a")) for each in elements)


def test_the_command_draws_everything_anew(tmp_path: Path) -> None:
    """Pictures that the tables no longer hold go; what it draws, and the sheet of all, are what is shipped."""
    pytest.importorskip("resvg_py")
    for name in ("poses.yml", "pictures.yml"):
        (tmp_path / name).write_text((FOLDER / name).read_text())
    (tmp_path / "old.svg").write_text("<svg/>")
    sheet = tmp_path / "sheet" / "all.png"
    sheet.parent.mkdir()
    assert main(["pictures", "--folder", str(tmp_path), "--sheet", str(sheet)]) == 0
    shipped = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == shipped
    assert sheet.read_bytes() == (ROOT / "docs" / "pictures" / "contact_sheet.png").read_bytes()


def test_a_folder_without_tables_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pictures", "--folder", str(tmp_path)]) == 2
    assert "poses.yml: the file is missing" in capsys.readouterr().err
