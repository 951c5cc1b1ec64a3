"""WCAG 2.2 AA: axe in every state, keyboard, focus, announcements, sizes."""

import pytest
from chat_page import ChatPage, OpenPage
from page_states import STATES
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page: OpenPage, state: str, scheme: str) -> None:
    chat = open_page(color_scheme=scheme)
    STATES[state](chat)
    assert chat.faults() == []


def test_everything_by_keyboard(chat: ChatPage) -> None:
    keys = chat.page.keyboard
    chat.button("Ask me the questions").focus()
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
    expect(chat.button("0 out of 10", exact=True)).to_be_focused()


def test_the_focus_stays_in_the_box_of_those_who_type(chat: ChatPage) -> None:
    chat.say("Ask me the questions").say("groin")
    expect(chat.box).to_be_focused()


def test_a_result_reached_by_button_takes_the_focus(chat: ChatPage) -> None:
    chat.say("rich").press("Show my plan")
    assert chat.focused() == "Your plan"


def test_an_answer_without_controls_leaves_the_focus_in_the_box(chat: ChatPage) -> None:
    chat.menu("What have I told you?").answered()
    expect(chat.box).to_be_focused()


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
    chat.press("Ask me the questions")
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
    chat.press("Ask me the questions")
    assert chat.inside("[...root.querySelectorAll('.map svg')].every((s) => s.getAttribute('aria-hidden') === 'true')")
    assert chat.page.get_by_role("checkbox").count() == 8
