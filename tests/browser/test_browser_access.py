"""WCAG 2.2 AA: axe in every state, keyboard, focus, announcements, sizes."""

from collections.abc import Callable

import pytest
from chat_page import ChatPage
from conftest import OpenPage
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STATES: dict[str, Callable[[ChatPage], object]] = {
    "welcome": lambda chat: None,
    "many": lambda chat: chat.press("Start the questions"),
    "many, nothing chosen": lambda chat: chat.press("Start the questions").button("Send my answer").click(),
    "one": lambda chat: chat.say("a").say("b"),
    "yes or no": lambda chat: chat.say("a").say("b").say("c"),
    "number": lambda chat: chat.say("a").say("b").say("c").say("d"),
    "number, wrong": lambda chat: chat.say("a").say("b").say("c").say("d").button("Send my answer").click(),
    "scale": lambda chat: chat.say("a").say("b").say("c").say("d").say("e"),
    "rich text and buttons": lambda chat: chat.say("rich"),
    "plan": lambda chat: chat.say("result"),
    "plan, sources open": lambda chat: chat.say("result").page.get_by_text("Where this comes from").first.click(),
    "plan that no longer holds": lambda chat: chat.say("result").say("urgent"),
    "urgent": lambda chat: chat.say("urgent"),
    "emergency": lambda chat: chat.say("emergency"),
    "failed message": lambda chat: chat.say("crash"),
    "menu": lambda chat: chat.button("Menu").click(),
    "dialog": lambda chat: chat.menu("Delete my data"),
    "too long": lambda chat: chat.box.fill("x" * 5001),
    "offline": lambda chat: chat.context.set_offline(True),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page: OpenPage, state: str, scheme: str) -> None:
    chat = open_page(color_scheme=scheme)
    STATES[state](chat)
    assert chat.faults() == []


def test_everything_by_keyboard(chat: ChatPage) -> None:
    keys = chat.page.keyboard
    chat.button("Start the questions").focus()
    keys.press("Enter")
    expect(chat.page.get_by_label("Lower back")).to_be_focused()
    keys.press("Space")
    for _ in range(8):
        keys.press("Tab")
    expect(chat.button("Send my answer")).to_be_focused()
    keys.press("Enter")
    expect(chat.button("It feels better")).to_be_focused()
    keys.press("Enter")
    expect(chat.button("Yes", exact=True)).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(chat.page.get_by_role("textbox", name="hours a day")).to_be_focused()
    keys.type("8")
    keys.press("Enter")
    expect(chat.button("0 out of 10")).to_be_focused()


def test_the_focus_stays_in_the_box_of_those_who_type(chat: ChatPage) -> None:
    chat.say("Start the questions").say("groin")
    expect(chat.box).to_be_focused()


def test_a_result_chosen_by_button_takes_the_focus(chat: ChatPage) -> None:
    for _ in range(6):
        chat.say("a")
    chat.press("Back").press("3 out of 10")
    chat.say("x").press("Change your answer about pain severity")
    assert chat.focused() != ""


def test_the_menu_by_keyboard(chat: ChatPage) -> None:
    keys = chat.page.keyboard
    chat.button("Menu").focus()
    keys.press("Enter")
    expect(chat.button("What have I told you?")).to_be_focused()
    keys.press("ArrowUp")
    expect(chat.button("Delete my data")).to_be_focused()
    keys.press("Escape")
    expect(chat.button("Menu")).to_be_focused()
    expect(chat.button("Delete my data")).to_be_hidden()


def test_a_dialog_holds_the_focus_and_gives_it_back(chat: ChatPage) -> None:
    chat.menu("Delete my data")
    assert chat.inside("root.activeElement.closest('dialog') !== null")
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("dialog")).to_have_count(0)
    expect(chat.button("Menu")).to_be_focused()


def test_new_messages_are_announced_and_old_ones_are_not(chat: ChatPage) -> None:
    log = chat.page.get_by_role("log")
    expect(log).to_have_count(1)
    chat.say("rich").reload()
    assert log.get_attribute("aria-live") is None
    assert chat.inside("root.querySelectorAll('[role=status], [role=log]').length") >= 3


def test_each_question_names_its_controls(chat: ChatPage) -> None:
    chat.press("Start the questions")
    expect(chat.page.get_by_role("group", name="Where do you feel it?")).to_be_visible()


@pytest.mark.parametrize("state", ["welcome", "many", "number", "scale", "plan", "emergency", "menu"])
def test_targets_are_large_enough(chat: ChatPage, state: str) -> None:
    STATES[state](chat)
    small = chat.inside(
        "[...root.querySelectorAll('button, a, summary, label.box')].filter((e) => e.offsetParent)"
        ".map((e) => [e.innerText || e.ariaLabel, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"
    )
    assert small == []


def test_the_picture_is_no_obstacle(chat: ChatPage) -> None:
    chat.press("Start the questions")
    assert chat.inside("[...root.querySelectorAll('.map svg')].every((s) => s.getAttribute('aria-hidden') === 'true')")
    assert chat.page.get_by_role("checkbox").count() == 8
