"""A whole conversation with the real assistant, from the first question to the plan, with the keyboard alone."""

import pytest
from chat_page import ChatPage
from doors import House
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.servers]
WANTED = {
    "Deep in the hip": "Space",
    "None of these": "Enter",
    "16 to 49": "Enter",
    "some months": "Enter",
    "4 out of 10": "Enter",
    "No difference": "Enter",
}
MOST_TABS, MOST_QUESTIONS = 40, 16


class Keys:
    """A person who has only a keyboard; ``pressed`` is the record of what they did."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat = chat
        self.pressed: list[str] = []

    def press(self, key: str) -> None:
        self.pressed.append(key)
        self.chat.page.keyboard.press(key)

    def name(self) -> str:
        """The words of what has the focus; those of its label for a box to tick."""
        return str(self.chat.inside(
            "((e) => e ? (e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || '').trim() : '')(root.activeElement)"
        ))  # fmt: skip

    def to(self, *names: str) -> str:
        """Tabs forward until one of the names has the focus."""
        for _ in range(MOST_TABS):
            if self.name() in names:
                return self.name()
            self.press("Tab")
        raise AssertionError(f"{names} cannot be reached; the focus is on {self.name()!r}")

    def answer(self) -> None:
        """Answers the open question from where the focus was put."""
        if self.chat.inside("root.activeElement.classList.contains('figure')"):
            self.chat.page.keyboard.type("8")
            self.press("Enter")
        else:
            name = self.to(*WANTED)
            self.press(WANTED[name])
            if WANTED[name] == "Space":
                self.to("Send my answer")
                self.press("Enter")
        self.chat.answered()


@pytest.fixture(scope="module")
def told(chromium: Browser, open_house: House) -> Keys:
    """After the last answer."""
    context = chromium.new_context(
        reduced_motion="reduce", locale="en-GB", extra_http_headers={"X-Forwarded-For": "10.9.9.9"}
    )
    keys = Keys(ChatPage(context, open_house.address).ready())
    keys.to("Ask me the questions")
    keys.press("Enter")
    keys.chat.answered()
    for _ in range(MOST_QUESTIONS):
        if keys.name() == "Your plan":
            break
        keys.answer()
    return keys


def test_the_keyboard_alone_leads_to_the_plan(told: Keys) -> None:
    assert told.name() == "Your plan"
    assert set(told.pressed) == {"Tab", "Space", "Enter"}
    assert told.chat.complaints == []


def test_the_parts_and_sources_of_the_plan_open_by_keyboard(told: Keys) -> None:
    told.to("Exercises")
    told.press("Enter")
    expect(told.chat.page.locator("psoas-chat .part[open] .drawing img").first).to_be_visible()
    told.to("From the psoas article")
    told.press("Enter")
    expect(told.chat.page.locator("psoas-chat .source[open] blockquote").first).to_be_visible()
    assert told.chat.faults() == []


def test_the_real_history_comes_back_after_a_reload(told: Keys) -> None:
    *before, plan = told.chat.bubbles
    told.chat.reload()
    assert told.chat.bubbles[:-1] == before
    assert told.chat.bubbles[-1].split(".")[0] == plan.split(".")[0]
    changes = told.chat.inside("root.querySelectorAll('.change').length")
    assert changes == sum(line.startswith("person:") for line in before) - 1
    expect(told.chat.page.get_by_role("heading", name="Your plan")).to_be_visible()


def test_an_answer_is_changed_by_tapping_it(told: Keys) -> None:
    told.chat.press("Change your answer to: How old are you?")
    expect(told.chat.button("70 or over")).to_be_visible()
    told.chat.press("16 to 49")
    expect(told.chat.page.get_by_role("heading", name="Your plan").last).to_be_visible()


def test_a_picture_of_the_psoas_is_shown(told: Keys) -> None:
    told.chat.say("show me a picture of the psoas")
    assert told.chat.page.locator("psoas-chat .bubble > .drawing img").count() == 2


def test_an_alert_that_was_a_misreading_goes_away(told: Keys) -> None:
    told.chat.say("I have lost feeling between my legs")
    expect(told.chat.page.get_by_role("alert")).to_contain_text("Call 999")
    told.chat.say("I misread that")
    expect(told.chat.page.get_by_role("alert")).to_have_count(0)
