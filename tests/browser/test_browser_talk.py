"""A conversation on the page, from the first question to the plan and back."""

import pytest
from chat_page import ChatPage
from playwright.sync_api import expect
from scripted_bot import ScriptedBot
from web_door import Door

pytestmark = pytest.mark.browser


def answer_everything(chat: ChatPage) -> None:
    chat.press("Ask me the questions")
    chat.page.get_by_label("Groin").check()
    chat.page.get_by_label("Lower back").check()
    chat.press("Send my answer").press("It feels better").press("No")
    chat.page.get_by_role("textbox", name="hours a day").fill("7,5")
    chat.press("Send my answer").press("6 out of 10").say("nothing else")


def test_from_the_first_question_to_the_plan(chat: ChatPage, door: Door) -> None:
    answer_everything(chat)
    expect(chat.page.get_by_role("heading", name="Your plan")).to_be_visible()
    sent = [message.text for message in door.received]
    assert sent == ["Ask me the questions", "lower_back, groin", "It feels better", "No", "7.5", "6", "nothing else"]
    assert {message.metadata["locale"] for message in door.received} == {"en-GB"}
    assert chat.complaints == []


def test_a_chosen_list_is_shown_in_words(chat: ChatPage) -> None:
    chat.press("Ask me the questions")
    chat.page.get_by_label("Groin").check()
    chat.press("Send my answer")
    assert "person: Groin" in chat.bubbles
    chat.reload()
    assert "person: Groin" in chat.bubbles


def test_none_of_these_and_an_empty_choice(chat: ChatPage, door: Door) -> None:
    chat.press("Ask me the questions")
    chat.button("Send my answer").click()
    expect(chat.page.get_by_text("Choose at least one")).to_be_visible()
    chat.press("None of these")
    assert door.received[-1].text == "none"


def test_the_body_map_ticks_the_same_boxes(chat: ChatPage) -> None:
    chat.press("Ask me the questions")
    places = chat.page.locator("psoas-chat .place")
    places.first.locator("ellipse").first.click()
    assert chat.inside("[...root.querySelectorAll('.place')].filter((p) => p.classList.contains('chosen')).length") == 1
    assert chat.inside("[...root.querySelectorAll('input:checked')].length") == 1
    places.first.locator("ellipse").last.click()
    assert chat.inside("[...root.querySelectorAll('input:checked, .place.chosen')].length") == 0


def test_a_number_is_checked_before_it_goes(chat: ChatPage, door: Door) -> None:
    chat.say("a").say("b").say("c").say("d")
    field = chat.page.get_by_role("textbox", name="hours a day")
    field.fill("many")
    chat.button("Send my answer").click()
    expect(chat.page.get_by_text("Please enter a number")).to_be_visible()
    chat.button("One more").click()
    assert field.input_value() == "1"
    chat.press("Send my answer")
    assert door.received[-1].text == "1"


def test_progress_is_told(chat: ChatPage) -> None:
    chat.press("Ask me the questions")
    expect(chat.page.get_by_text("Question 1 of about 9")).to_be_visible()


def test_back_and_why(chat: ChatPage, door: Door) -> None:
    chat.press("Ask me the questions").say("groin")
    chat.press("Why do you ask?")
    assert door.received[-1].text == "why do you ask?"
    expect(chat.button("It gets worse")).to_be_visible()
    chat.press("Back")
    assert door.received[-1].text == "back"
    expect(chat.page.get_by_label("Groin")).to_be_visible()


def test_an_earlier_answer_can_be_changed(chat: ChatPage, door: Door) -> None:
    chat.press("Ask me the questions")
    chat.page.get_by_label("Groin").check()
    chat.press("Send my answer").press("It feels better")
    chat.press("Change your answer to: Where do you feel it?")
    assert door.received[-1].text == "change my answer about pain location"
    assert chat.bubbles[-2] == "person: Change my answer to: Where do you feel it?"


def test_a_question_aside_cannot_be_changed(chat: ChatPage) -> None:
    chat.press("Ask me the questions").press("Why do you ask?").say("groin")
    assert chat.inside("root.querySelectorAll('.change').length") == 1


def test_a_double_click_sends_once(chat: ChatPage, door: Door, bot: ScriptedBot) -> None:
    bot.pause = 0.3
    chat.button("Ask me the questions").dblclick()
    chat.answered()
    chat.press("None of these")
    chat.button("It feels better").dblclick()
    chat.answered()
    chat.box.fill("hello")
    chat.button("Send", exact=True).dblclick()
    chat.answered()
    assert [message.text for message in door.received] == ["Ask me the questions", "none", "It feels better", "hello"]


def test_typing_ahead_keeps_the_order(chat: ChatPage, door: Door, bot: ScriptedBot) -> None:
    bot.pause = 0.3
    for text in ("one", "two", "three"):
        chat.box.fill(text)
        chat.box.press("Enter")
    chat.answered()
    expect(chat.page.locator("psoas-chat .row.bot")).to_have_count(3)
    assert [message.text for message in door.received] == ["one", "two", "three"]


def test_offered_buttons_send_their_payload(chat: ChatPage, door: Door) -> None:
    chat.say("rich").press("How do I stretch?")
    assert door.received[-1].text == "how do i stretch"


def test_text_is_formatted_and_never_html(chat: ChatPage) -> None:
    chat.say("rich")
    assert chat.inside("['strong', 'ul > li', 'blockquote'].map((s) => root.querySelectorAll('.bot ' + s).length)") == [
        1,
        2,
        1,
    ]
    chat.say("<img src=x onerror=alert(1)>")
    assert chat.inside("root.querySelectorAll('.log img').length") == 0
    assert "person: <img src=x onerror=alert(1)>" in chat.bubbles


def test_a_reload_shows_everything_again(chat: ChatPage) -> None:
    answer_everything(chat)
    before = chat.bubbles
    chat.reload()
    assert chat.bubbles == before
    expect(chat.page.get_by_role("heading", name="Your plan")).to_be_visible()
    expect(chat.button("Change your answer to: Where do you feel it?")).to_be_visible()


def test_a_reload_keeps_the_open_question(chat: ChatPage) -> None:
    chat.press("Ask me the questions").reload()
    expect(chat.page.get_by_label("Groin")).to_be_visible()
    expect(chat.page.get_by_text("Question 1 of about 9")).to_be_visible()


def test_start_over_asks_first(chat: ChatPage, door: Door) -> None:
    chat.press("Ask me the questions").say("groin").menu("Start over")
    chat.button("Cancel").click()
    assert door.received[-1].text == "groin"
    chat.menu("Start over")
    chat.page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    expect(chat.page.get_by_text("You started over here.")).to_be_visible()
    chat.answered()
    assert door.received[-1].text == "start over"
    expect(chat.page.get_by_label("Groin")).to_be_visible()


def test_deleting_leaves_nothing(chat: ChatPage, door: Door) -> None:
    chat.say("rich").menu("Delete my data")
    chat.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(chat.page.get_by_text("I have deleted everything.")).to_be_visible()
    assert chat.bubbles == ["bot: I have deleted everything."]
    assert chat.page.evaluate("sessionStorage.length") == 0
    old = door.received[-1].sender_id
    chat.say("hello")
    assert door.received[-1].sender_id != old


def test_deleting_by_word_does_the_same(chat: ChatPage, door: Door) -> None:
    chat.say("rich").say("delete my data")
    assert chat.bubbles == ["bot: I have deleted everything."]
    assert chat.page.evaluate("sessionStorage.length") == 0


def test_a_plan_is_said_once(chat: ChatPage) -> None:
    chat.say("plan as text too")
    expect(chat.page.get_by_text("Walking helps.")).to_have_count(1)


def test_a_summary_in_the_middle_leaves_the_question_open(chat: ChatPage) -> None:
    chat.press("Ask me the questions").menu("Summary to hand over").answered()
    expect(chat.page.get_by_label("Groin")).to_be_visible()


def test_stopping_closes_the_question(chat: ChatPage) -> None:
    chat.press("Ask me the questions").say("stop")
    expect(chat.page.get_by_label("Groin")).to_have_count(0)


def test_a_list_offers_none_once_and_not_knowing(chat: ChatPage, door: Door) -> None:
    chat.say("long list")
    assert chat.page.get_by_role("checkbox").count() == 3
    expect(chat.button("None of these")).to_have_count(1)
    chat.press("I don't know")
    assert door.received[-1].text == "I don't know"


def test_a_list_is_changed_by_its_first_finding(chat: ChatPage, door: Door) -> None:
    chat.say("long list").press("None of these").press("Change your answer to: Is any of this happening now?")
    assert door.received[-1].text == "change my answer about saddle numbness"


def test_what_was_said_in_between_is_no_answer_after_a_reload_either(chat: ChatPage) -> None:
    chat.press("Ask me the questions").say("groin").press("Back").say("groin").reload()
    assert chat.inside("[...root.querySelectorAll('.change')].map((b) => b.previousSibling.innerText)") == [
        "You said:\n\ngroin",
        "You said:\n\ngroin",
    ]


def test_what_have_i_told_you(chat: ChatPage) -> None:
    chat.say("rich").menu("What have I told you?").answered()
    assert "bot: You told me: pain location: groin" in [" ".join(line.split()) for line in chat.bubbles]


def test_the_plan_can_be_copied(chat: ChatPage) -> None:
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.say("result").button("Copy", exact=True).click()
    expect(chat.page.get_by_text("Copied.")).to_be_visible()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert "Start slowly: five minutes before" in copied
    assert "When to get help" in copied


def test_the_plan_can_be_saved(chat: ChatPage) -> None:
    chat.say("result")
    with chat.page.expect_download() as saved:
        chat.button("Save", exact=True).click()
    assert saved.value.suggested_filename == "walking-plan.txt"
    assert "Start slowly: five minutes before" in saved.value.path().read_text()
    assert chat.complaints == []


def test_the_last_answer_can_be_undone_from_the_menu(chat: ChatPage, door: Door) -> None:
    chat.press("Ask me the questions").say("groin").menu("Undo my last answer").answered()
    assert door.received[-1].text == "back"
    expect(chat.page.get_by_label("Groin")).to_be_visible()


def test_what_is_said_before_the_history_is_there_comes_after_it(chat: ChatPage, door: Door) -> None:
    chat.say("rich")
    chat.page.route("**/chat/history", lambda route: (chat.page.wait_for_timeout(400), route.continue_()))
    chat.page.reload()
    chat.page.locator("psoas-chat .chat").wait_for()
    chat.box.fill("hello")
    chat.box.press("Enter")
    chat.ready().answered()
    expect(chat.page.locator("psoas-chat .row.bot")).to_have_count(2)
    assert [line for line in chat.bubbles if line.startswith("person:")] == ["person: rich", "person: hello"]


def test_printing_shows_the_whole_plan_and_only_that(chat: ChatPage) -> None:
    closed = "root.querySelectorAll('.plan details:not([open])').length"
    chat.page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    chat.say("result")
    before = chat.inside(closed)
    chat.press("Print")
    assert (before > 0, chat.inside(closed)) == (True, 0)
    chat.inside("root.querySelector('.chat').classList.add('plan-only')")
    chat.page.emulate_media(media="print")
    shown = "[...root.querySelectorAll('.row, .composer, .tools, .answer')].filter((e) => e.offsetParent).length"
    assert chat.inside(shown) == 1
    chat.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert chat.inside(closed) == before


def test_a_long_answer_is_shown_from_its_beginning(chat: ChatPage) -> None:
    chat.say("result")
    top = chat.inside("root.querySelector('.plan').getBoundingClientRect().top")
    assert 0 < top < 300
    expect(chat.page.get_by_text("New message")).to_be_hidden()
