"""When the network, the server or the session fails: a kind word, and nothing lost."""

import pytest
from chat_page import ChatPage
from playwright.sync_api import expect
from scripted_bot import ScriptedBot
from web_door import Door

pytestmark = pytest.mark.browser


def test_offline_is_told_and_the_message_can_be_sent_again(chat: ChatPage, door: Door) -> None:
    chat.say("rich")
    chat.context.set_offline(True)
    expect(chat.page.get_by_text("You are offline.").first).to_be_visible()
    chat.say("result")
    expect(chat.page.get_by_text("Not sent.")).to_be_visible()
    chat.context.set_offline(False)
    expect(chat.page.get_by_text("You are back online.")).to_be_visible()
    chat.press("Send again")
    expect(chat.page.get_by_role("heading", name="Your plan")).to_be_visible()
    expect(chat.page.get_by_text("Not sent.")).to_have_count(0)
    assert [message.text for message in door.received] == ["rich", "result"]


def test_an_answer_lost_on_the_way_is_not_asked_twice(chat: ChatPage, door: Door, bot: ScriptedBot) -> None:
    chat.say("a")
    chat.page.route("**/chat/messages", lambda route: (route.fetch(), route.abort()))
    chat.say("b")
    chat.page.unroute("**/chat/messages")
    chat.press("Send again")
    expect(chat.button("It feels better")).to_be_visible()
    assert [message.text for message in door.received] == ["a", "b"]


def test_a_failing_assistant_is_told_without_insides(chat: ChatPage) -> None:
    chat.say("crash")
    expect(chat.page.get_by_text("Something went wrong on my side")).to_be_visible()
    assert "secret" not in chat.page.content()
    chat.say("rich")
    assert chat.bubbles[-1].startswith("bot: Walking can lengthen it.")


def test_a_failed_answer_brings_the_question_back(chat: ChatPage) -> None:
    chat.press("Ask me the questions").say("crash")
    expect(chat.page.get_by_label("Groin")).to_be_visible()


def test_an_ended_session_goes_on_in_a_new_one(chat: ChatPage, door: Door) -> None:
    chat.say("rich")
    chat.page.evaluate("sessionStorage.setItem(sessionStorage.key(0), 'x.y.z')")
    chat.say("rich")
    expect(chat.page.get_by_text("Your earlier conversation has ended")).to_be_visible()
    assert len({message.sender_id for message in door.received}) == 2


def test_a_dead_token_at_loading_starts_fresh(chat: ChatPage) -> None:
    chat.say("rich")
    chat.page.evaluate("sessionStorage.setItem(sessionStorage.key(0), 'x.y.z')")
    chat.reload()
    assert chat.bubbles == []
    expect(chat.button("Ask me the questions")).to_be_visible()


def test_without_storage_it_still_talks(chat: ChatPage) -> None:
    chat.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })"
    )
    chat.reload().say("rich")
    assert len(chat.bubbles) == 2


def test_too_fast_is_said_kindly(chat: ChatPage) -> None:
    body = '{"error": {"code": "too_fast", "text": "That was a lot at once."}}'
    reply = {"status": 429, "content_type": "application/json", "body": body}
    chat.page.route("**/chat/messages", lambda route: route.fulfill(**reply))
    chat.say("hello")
    expect(chat.page.get_by_text("That was a lot at once.")).to_be_visible()


def test_empty_and_too_long_are_told_before_sending(chat: ChatPage, door: Door) -> None:
    chat.box.press("Enter")
    expect(chat.page.get_by_text("Please type a message first.")).to_be_visible()
    chat.box.fill("x" * 5010)
    expect(chat.page.get_by_text("10 characters too many")).to_be_visible()
    chat.box.press("Enter")
    assert door.received == []


def test_a_failed_deletion_is_told(chat: ChatPage) -> None:
    chat.say("rich")
    chat.context.set_offline(True)
    chat.menu("Delete my data")
    chat.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(chat.page.get_by_text("cannot be reached")).to_be_visible()
    assert len(chat.bubbles) == 2


def test_an_odd_answer_does_not_stop_the_next_one(chat: ChatPage) -> None:
    chat.say("odd")
    expect(chat.page.get_by_text("Not answered.")).to_be_visible()
    chat.say("rich")
    assert chat.bubbles[-1].startswith("bot: Walking can lengthen it.")
    chat.complaints.clear()


def test_only_our_own_pictures_are_shown(chat: ChatPage) -> None:
    chat.say("picture")
    assert chat.inside("root.querySelectorAll('.log img').length") == 0
