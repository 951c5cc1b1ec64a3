"""Every exercise and correction has a drawing, and every drawing has words."""

from typing import Any

import pytest
import yaml

from assistant.conversation.picturing import picture_of
from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.pictures.table import drawings
from assistant.settings import CONTENT

FOLDER = CONTENT / "pictures"
LISTED: list[dict[str, Any]] = yaml.safe_load((FOLDER / "pictures.yml").read_text())["pictures"]


def test_each_exercise_and_correction_has_its_drawing(knowledge: Knowledge) -> None:
    book = knowledge.book
    for item in (*book.exercises, *book.corrections):
        picture = picture_of(item, {}, knowledge)
        assert picture is not None, item.id
        assert picture["name"] == f"{item.id}.svg"
        assert (FOLDER / picture["name"]).is_file()


@pytest.mark.parametrize("picture", LISTED, ids=lambda each: str(each["id"]))
def test_a_picture_is_said_in_words(picture: dict[str, Any]) -> None:
    """The words for those who cannot see it say more than the caption and do not begin with "picture of"."""
    assert 40 < len(picture["alt"]) < 300
    assert 10 < len(picture["caption"]) < 120
    assert not picture["alt"].lower().startswith(("picture", "image", "drawing"))


def test_what_a_picture_belongs_to_exists(knowledge: Knowledge) -> None:
    items = {item.id: item for item in (*knowledge.book.exercises, *knowledge.book.corrections)}
    for picture in (each for each in LISTED if "of" in each):
        cautions = {c.id for c in items[picture["of"]].cautions if c.effect == "modify"}
        assert {*picture.get("for", ()), *picture.get("unless", ())} <= cautions, picture["id"]
        assert ("part" in picture) != ("for" in picture), picture["id"]


@pytest.mark.parametrize(
    ("item", "taken", "name"),
    [
        ("kneeling_hip_flexor_stretch", {"osteoporosis_known": True}, "kneeling_hip_flexor_stretch_support.svg"),
        ("constructive_rest", {"kneeling_pain": True}, "constructive_rest_bed.svg"),
        ("constructive_rest", {"pregnant_or_postpartum": True, "kneeling_pain": True}, "constructive_rest_propped.svg"),
        ("glute_bridge", {"hernia_known": True}, "glute_bridge_small.svg"),
        ("plank", {"kneeling_pain": True}, "plank_toes.svg"),
        ("plank", {"kneeling_pain": True, "osteoporosis_known": True}, "plank.svg"),
        ("push_off_back_foot", {"hip_replacement": True}, "push_off_back_foot_gentle.svg"),
    ],
)
def test_a_change_for_this_person_is_drawn_as_changed(
    knowledge: Knowledge, item: str, taken: dict[str, Any], name: str
) -> None:
    book = knowledge.book
    found = next(each for each in (*book.exercises, *book.corrections) if each.id == item)
    picture = picture_of(found, taken, knowledge)
    assert picture is not None
    assert picture["name"] == name


@pytest.mark.parametrize(
    ("poses", "fault"),
    [
        ("poses: {a: {knee: 3}}\ndrawings: {plank: [{pose: a, x: 1, scale: 1}]}", "pose a: .*knee"),
        ("poses: {a: {}}\ndrawings: {plank: [{pose: b, x: 1, scale: 1}]}", "drawing plank: 'b'"),
        ("poses: {a: {}}\ndrawings: {}", "plank: a picture needs"),
        ("poses: [", "correct the YAML"),
    ],
)
def test_a_fault_in_the_table_is_named(tmp_path: Any, poses: str, fault: str) -> None:
    (tmp_path / "poses.yml").write_text(poses)
    (tmp_path / "pictures.yml").write_text("pictures: [{id: plank, size: [1, 1]}]")
    with pytest.raises(InputError, match=fault):
        drawings(tmp_path)
