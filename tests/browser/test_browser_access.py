"""WCAG 2.2 AA: axe in every state, keyboard, focus, announcements, sizes."""

import pytest
from chat_page import ChatPage
from page_states import STATES
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_at_phone_and_desk_width_in_light_and_dark(chat: ChatPage, state: str) -> None:
    STATES[state](chat)
    for width, height in ((390, 844), (1280, 800)):
        chat.page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            chat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert chat.faults() == [], (width, scheme)


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


def test_what_is_said_is_announced_as_it_comes(chat: ChatPage) -> None:
    """What a screen reader speaks by itself: additions to the log, and changes of the status line and of alerts."""
    chat.inside("""(() => {
        window.spoken = [];
        const live = (node) => node.parentElement?.closest("[role=log], [role=status], [role=alert], [aria-live=polite]");
        new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
            const own = node.nodeType === 1 && node.getAttribute("role") === "alert";
            if ((own || live(node)) && node.textContent.trim()) window.spoken.push(node.textContent.trim());
        }))).observe(root, { childList: true, subtree: true });
    })()""")
    chat.say("rich")
    spoken = chat.page.evaluate("window.spoken")
    assert [line.split(":")[0] for line in spoken] == ["You said", "The assistant is writing", "Assistant"]
    chat.say("emergency")
    assert any(line.startswith("Emergency") for line in chat.page.evaluate("window.spoken"))
    chat.box.press("Enter")
    assert chat.page.evaluate("window.spoken").pop() == "Please type a message first."


def test_the_focus_goes_through_the_page_in_the_order_of_reading(chat: ChatPage) -> None:
    chat.press("Ask me the questions").press("None of these")
    chat.button("Menu").focus()
    order = [chat.focused()]
    for _ in range(10):
        chat.page.keyboard.press("Tab")
        order.append("the message box" if chat.focused().startswith("message") else chat.focused())
    assert order == [
        "Menu",
        "Conversation",
        "Change your answer to: Where do you feel it?",
        "It feels better",
        "It stays the same",
        "It gets worse",
        "Better at first, then worse",
        "Back",
        "Why do you ask?",
        "the message box",
        "Send",
    ]


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
