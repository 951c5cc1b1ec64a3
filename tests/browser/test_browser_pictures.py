"""The plan's drawings on the page: they come only when looked at, fit, keep their place and are said in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_page import ChatPage, OpenPage
from scripted_bot import ScriptedBot
from web_door import Door, open_door

from assistant.conversation.planning import plan
from assistant.conversation.saying import Voice
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge

pytestmark = pytest.mark.browser
FAULTS = {"stride": "short", "push_off": "weak", "pelvis": "arched", "trunk": "leaning_forward", "pace": "brisk"}
PERSON = {"pain_location": ["deep_hip"], "pain_quality": ["tight"], "sitting_long": True, "age_band": "16_49"}
WALK = {"walking_effect": "better", "sharp_pain_walking": False, "hip_extension": "full"}
IMAGES = "[...root.querySelectorAll('.drawing img')]"


class PlanBot(ScriptedBot):
    """Answers "plan" with a real plan that has every correction and exercise."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__()
        flags = {f.id: False for f in knowledge.book.findings.values() if f.type == "yes_no" and f.id != "sitting_long"}
        said = plan(Session(findings={**flags, **PERSON, **WALK, **FAULTS}), Voice(knowledge))
        self.said = {"text": said.text, "custom": dict(said.custom)}

    def answer(self, sender: str, text: str) -> dict[str, Any]:
        return self.said if text == "plan" else super().answer(sender, text)


@pytest.fixture
def bot(knowledge: Knowledge) -> PlanBot:
    return PlanBot(knowledge)


@pytest.fixture
def door(bot: PlanBot, tmp_path: Path) -> Iterator[Door]:
    with open_door(bot, tmp_path / "var") as running:
        yield running


def opened(chat: ChatPage) -> ChatPage:
    """The plan with every part open and every drawing seen."""
    chat.say("plan")
    chat.inside("root.querySelectorAll('.part').forEach((part) => { part.open = true; })")
    for image in chat.page.locator(".drawing img").all():
        image.scroll_into_view_if_needed()
    for _ in range(50):
        if chat.inside(f"{IMAGES}.every((image) => image.complete)"):
            break
        chat.page.wait_for_timeout(100)
    return chat


def test_every_correction_and_exercise_shows_its_drawing(chat: ChatPage) -> None:
    opened(chat)
    assert chat.inside(f"{IMAGES}.length") == 9
    assert chat.inside(f"{IMAGES}.every((image) => image.naturalWidth > 0 && image.alt.length > 40)")
    assert chat.complaints == []


def test_a_drawing_is_not_fetched_before_its_part_is_open(chat: ChatPage) -> None:
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.say("plan")
    chat.page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/pictures/" in url] == []
    opened(chat)
    assert len([url for url in asked if "/pictures/" in url]) == 9


def test_nothing_moves_when_a_drawing_arrives(chat: ChatPage) -> None:
    """The place is kept by the size that comes with the plan, whatever the file takes to come."""
    chat.page.route("**/pictures/**", lambda route: route.abort())
    chat.say("plan")
    chat.inside("root.querySelectorAll('.part').forEach((part) => { part.open = true; })")
    heights = f"{IMAGES}.map((image) => [image.getAttribute('width'), image.getAttribute('height')])"
    assert all(int(width) == 320 and int(height) > 100 for width, height in chat.inside(heights))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_drawings_fit_and_axe_finds_nothing(open_page: OpenPage, width: int, scheme: str) -> None:
    chat = opened(open_page(viewport={"width": width, "height": 800}, color_scheme=scheme))
    boxes = chat.inside(f"{IMAGES}.map((image) => image.getBoundingClientRect()).map((box) => [box.left, box.right])")
    assert all(left >= 0 and right <= width for left, right in boxes)
    assert chat.faults() == []


def test_the_shape_on_the_page_is_the_shape_of_the_file(chat: ChatPage) -> None:
    opened(chat)
    shapes = f"{IMAGES}.map((i) => [i.naturalWidth / i.naturalHeight, i.clientWidth / i.clientHeight])"
    assert all(abs(own - shown) < 0.03 for own, shown in chat.inside(shapes))


def test_pictures_that_are_asked_for_stand_below_the_steps(chat: ChatPage) -> None:
    chat.say("told about pictures")
    assert chat.inside("[...root.querySelector('.row.bot .bubble').children].map((part) => part.localName)") == [
        "span", "p", "ul", "figure", "figure", "blockquote",
    ]  # fmt: skip
    chat.reload()
    assert chat.inside(f"{IMAGES}.length") == 2


def test_a_moving_picture_can_be_stopped(open_page: OpenPage) -> None:
    chat = open_page(reduced_motion="no-preference").say("told about pictures")
    source = f"{IMAGES}[1].src.split('/').pop()"
    assert chat.inside(source) == "psoas_in_a_step_moving.svg"
    chat.button("Stop the movement").click()
    assert chat.inside(source) == "psoas_in_a_step.svg"
    chat.button("Let it move").click()
    assert chat.inside(source) == "psoas_in_a_step_moving.svg"
    assert chat.complaints == []


def test_nothing_moves_in_a_picture_for_those_who_want_it_still(chat: ChatPage) -> None:
    chat.say("told about pictures")
    assert chat.inside(f"{IMAGES}[1].src.split('/').pop()") == "psoas_in_a_step.svg"
    assert chat.button("Stop the movement").count() == 0


def test_it_really_moves(open_page: OpenPage) -> None:
    chat = open_page(reduced_motion="no-preference").say("told about pictures")
    image = chat.page.locator(".drawing img").last
    image.scroll_into_view_if_needed()
    chat.page.wait_for_timeout(300)
    first = image.screenshot()
    chat.page.wait_for_timeout(400)
    assert image.screenshot() != first
