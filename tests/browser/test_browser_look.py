"""The page fits: narrow, magnified, low, right to left, moving or still, light or dark."""

import pytest
from chat_page import ChatPage, OpenPage
from page_states import STATES
from playwright.sync_api import expect
from scripted_bot import ScriptedBot

pytestmark = pytest.mark.browser

OVERFLOW = (
    "[...root.querySelectorAll('.chat *')].filter((e) => e.offsetParent && !e.closest('.unseen, svg'))"
    ".map((e) => [e.className, e.getBoundingClientRect()])"
    ".filter(([, box]) => box.right > innerWidth + 1 || box.left < -1).map(([name]) => name)"
)
VISITED = [
    "welcome",
    "many",
    "one",
    "number",
    "scale",
    "rich text and buttons",
    "plan",
    "emergency",
    "failed message",
    "menu",
    "dialog",
]


@pytest.mark.parametrize("state", VISITED)
def test_nothing_sticks_out_at_320_pixels(open_page: OpenPage, state: str) -> None:
    chat = open_page(viewport={"width": 320, "height": 640})
    STATES[state](chat)
    assert chat.inside(OVERFLOW) == []
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("state", VISITED)
def test_nothing_sticks_out_at_twice_the_text(open_page: OpenPage, state: str) -> None:
    chat = open_page()
    chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    STATES[state](chat)
    assert chat.inside("parseFloat(getComputedStyle(root.querySelector('.chat')).fontSize)") == 32
    assert chat.inside(OVERFLOW) == []


@pytest.mark.parametrize("state", VISITED)
def test_nothing_sticks_out_at_a_zoom_of_200_percent(open_page: OpenPage, state: str) -> None:
    """What a browser does at that zoom: half as many pixels of the page, twice as many of the screen for each."""
    chat = open_page(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    STATES[state](chat)
    assert chat.inside(OVERFLOW) == []


def test_only_the_conversation_scrolls_and_never_the_whole_chat(chat: ChatPage) -> None:
    chat.say("result").say("rich")
    assert chat.inside("((c) => c.scrollHeight - c.clientHeight)(root.querySelector('.chat'))") == 0


def test_nothing_is_fetched_from_another_host(open_page: OpenPage) -> None:
    chat = open_page()
    asked: list[str] = []
    chat.context.on("request", lambda request: asked.append(request.url))
    chat.reload().say("result").say("told about pictures").say("emergency")
    assert len(asked) > 20
    assert {url.split("/")[2] for url in asked} == {chat.page.url.split("/")[2]}


@pytest.mark.parametrize("state", ["welcome", "many", "plan", "emergency"])
def test_a_low_window_scrolls_as_a_whole(open_page: OpenPage, state: str) -> None:
    chat = open_page(viewport={"width": 320, "height": 256})
    STATES[state](chat)
    chat.box.scroll_into_view_if_needed()
    expect(chat.box).to_be_in_viewport()
    assert chat.inside("root.querySelector('.chat').scrollHeight > 256")


def test_right_to_left(chat: ChatPage) -> None:
    chat.say("result")
    chat.inside("(root.querySelector('.chat').dir = 'rtl')")
    person = chat.inside("root.querySelector('.person .bubble').getBoundingClientRect().left")
    assert person < 40
    assert chat.inside(OVERFLOW) == []


def test_nothing_moves_for_those_who_want_it_still(open_page: OpenPage) -> None:
    still = open_page(reduced_motion="reduce").say("rich")
    moving = open_page(reduced_motion="no-preference").say("rich")
    name = "getComputedStyle(root.querySelector('.bubble')).animationName"
    assert (still.inside(name), moving.inside(name)) == ("none", "rise")


def test_the_look_follows_the_device_and_can_be_chosen(open_page: OpenPage) -> None:
    chat = open_page(color_scheme="dark")
    theme = "root.querySelector('.chat').dataset.theme"
    assert chat.inside(theme) == "dark"
    chat.menu("Appearance: as on this device")
    assert chat.inside(theme) == "light"
    chat.menu("Appearance: light").menu("Appearance: dark")
    chat.page.emulate_media(color_scheme="light")
    expect(chat.page.locator("psoas-chat .chat")).to_have_attribute("data-theme", "light")


def test_scrolling_up_is_not_disturbed(open_page: OpenPage, bot: ScriptedBot) -> None:
    chat = open_page(viewport={"width": 390, "height": 500})
    for _ in range(3):
        chat.say("rich")
    bot.pause = 0.5
    scroller = "root.querySelector('.scroll')"
    chat.box.fill("rich")
    chat.page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    chat.box.press("Enter")
    chat.inside(f"({scroller}.scrollTop = 0)")
    chat.answered()
    expect(chat.button("New message")).to_be_visible()
    chat.button("New message").click()
    expect(chat.button("New message")).to_be_hidden()
    assert chat.inside(f"{scroller}.scrollTop") > 0


@pytest.mark.parametrize("text", ["result", "emergency"])
def test_a_dark_screen_prints_dark_on_white(open_page: OpenPage, text: str) -> None:
    chat = open_page(color_scheme="dark").say(text)
    chat.page.emulate_media(media="print")
    pale = chat.inside(
        "[...root.querySelectorAll('.bubble p, .bubble li, .alert p, .alert li')].filter((e) => e.offsetParent)"
        ".filter((e) => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).every((part) => part > 140)).length"
    )
    assert pale == 0
