"""Two tabs of one browser share one conversation in order; it cannot be found again when the last one is closed."""

import pytest
from chat_page import ChatPage
from playwright.sync_api import expect
from scripted_bot import ScriptedBot
from web_door import Door

pytestmark = pytest.mark.browser


@pytest.fixture
def other(chat: ChatPage, door: Door) -> ChatPage:
    """A second tab, opened in the middle of a conversation."""
    chat.press("Ask me the questions")
    tab = ChatPage(chat.context, door.address)
    expect(tab.page.get_by_label("Groin")).to_be_visible()
    return tab


def test_a_second_tab_goes_on_where_the_first_one_is(chat: ChatPage, other: ChatPage, door: Door) -> None:
    assert other.bubbles == chat.bubbles
    other.press("None of these")
    expect(chat.button("It feels better")).to_be_visible()
    chat.press("It feels better")
    expect(other.button("Yes", exact=True)).to_be_visible()
    assert other.bubbles == chat.bubbles
    assert len({message.sender_id for message in door.received}) == 1


def test_messages_of_two_tabs_at_once_are_answered_one_after_the_other(
    chat: ChatPage, other: ChatPage, door: Door, bot: ScriptedBot
) -> None:
    bot.pause = 0.3
    for tab, text in ((chat, "one"), (other, "two")):
        tab.box.fill(text)
        tab.box.press("Enter")
    for tab in (chat.answered(), other.answered()):
        expect(tab.page.locator("psoas-chat .row.bot")).to_have_count(3)
    assert chat.bubbles == other.bubbles
    assert [message.text for message in door.received] == ["Ask me the questions", "one", "two"]


def test_what_is_typed_stays_while_another_tab_goes_on(chat: ChatPage, other: ChatPage) -> None:
    other.box.fill("half a sent")
    chat.press("None of these")
    expect(other.button("It feels better")).to_be_visible()
    assert other.box.input_value() == "half a sent"


def test_an_unsent_message_is_not_lost_when_another_tab_goes_on(chat: ChatPage, other: ChatPage) -> None:
    other.page.route("**/chat/messages", lambda route: route.abort())
    other.say("not yet")
    chat.press("None of these")
    other.page.wait_for_timeout(200)
    expect(other.button("Send again")).to_be_visible()


def test_deleting_in_one_tab_empties_the_other(chat: ChatPage, other: ChatPage) -> None:
    chat.menu("Delete my data")
    chat.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(other.page.get_by_text("Your conversation has been deleted.")).to_be_visible()
    assert other.bubbles == []
    assert other.page.evaluate("sessionStorage.length") == 0


def test_the_last_tab_takes_the_conversation_with_it(chat: ChatPage, other: ChatPage, door: Door) -> None:
    chat.page.close()
    other.page.close()
    assert ChatPage(chat.context, door.address).ready().bubbles == []


def test_another_browser_knows_nothing(chat: ChatPage, door: Door) -> None:
    chat.say("rich")
    browser = chat.context.browser
    assert browser is not None
    stranger = ChatPage(browser.new_context(), door.address)
    assert stranger.ready().bubbles == []
    stranger.context.close()
