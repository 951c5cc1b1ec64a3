"""An emergency takes over the page, and nothing on it goes on encouraging."""

import pytest
from chat_page import ChatPage
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_an_emergency_takes_the_top_in_words_and_shape(chat: ChatPage) -> None:
    chat.say("emergency")
    alert = chat.page.get_by_role("alert")
    expect(alert).to_contain_text("EMERGENCY", ignore_case=True)
    expect(alert.get_by_role("heading")).to_have_text("Call an ambulance or go to an emergency department now")
    place = alert.bounding_box()
    assert place is not None
    assert place["y"] == 0
    assert place["width"] == 390
    assert chat.inside("root.querySelectorAll('.alert svg.icon').length") == 1


def test_the_focus_goes_to_the_emergency(chat: ChatPage) -> None:
    chat.say("emergency")
    assert chat.focused().startswith("Call an ambulance")


def test_the_numbers_it_names_can_be_called(chat: ChatPage) -> None:
    chat.say("emergency")
    links = chat.page.get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == ["tel:999", "tel:112"]


def test_a_list_of_countries_makes_no_buttons(chat: ChatPage) -> None:
    chat.say("many countries")
    expect(chat.page.get_by_role("link")).to_have_count(0)


def test_an_alert_can_be_gentle_and_is_said_once(chat: ChatPage) -> None:
    chat.say("alert as text too")
    expect(chat.page.get_by_role("alert")).to_contain_text("Help is there")
    expect(chat.page.get_by_role("alert")).not_to_contain_text("Emergency")
    assert chat.bubbles[-1] == "bot: I am glad you told me."
    assert [link.get_attribute("href") for link in chat.page.get_by_role("link").all()] == ["tel:988", "tel:116123"]


def test_it_stays_while_the_talk_goes_on_and_after_a_reload(chat: ChatPage) -> None:
    chat.say("emergency").say("rich")
    expect(chat.page.get_by_role("heading", name="Call an ambulance")).to_be_visible()
    chat.reload()
    expect(chat.page.get_by_role("heading", name="Call an ambulance")).to_be_visible()


def test_it_goes_when_the_assessment_says_so(chat: ChatPage) -> None:
    chat.say("emergency").say("result")
    expect(chat.page.get_by_role("heading", name="Call an ambulance")).to_have_count(0)


def test_it_goes_when_the_bot_takes_it_back_and_asks_on(chat: ChatPage) -> None:
    chat.say("emergency").say("misread")
    expect(chat.page.get_by_role("alert")).to_have_count(0)
    assert chat.inside("root.querySelector('.chat').dataset.alert") is None
    expect(chat.button("16 to 49")).to_be_visible()
    chat.reload()
    expect(chat.page.get_by_role("alert")).to_have_count(0)
    expect(chat.button("16 to 49")).to_be_visible()


def test_an_earlier_plan_no_longer_holds(chat: ChatPage) -> None:
    chat.say("result").say("emergency")
    expect(chat.page.get_by_text("This plan no longer holds.")).to_be_visible()
    assert chat.inside("root.querySelectorAll('.plan details[open], .plan .tools').length") == 0


def test_urgent_looks_and_reads_unlike_an_emergency(chat: ChatPage) -> None:
    chat.say("urgent")
    expect(chat.page.get_by_role("alert")).to_contain_text("URGENT", ignore_case=True)
    assert chat.inside("root.querySelector('.chat').dataset.alert") == "urgent"


def test_an_emergency_offers_no_open_question(chat: ChatPage) -> None:
    chat.press("Ask me the questions").say("emergency")
    expect(chat.page.get_by_label("Groin")).to_have_count(0)
