"""What a tap or a tick in Slack does, in time, too late, twice and against itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage
from scripted_bot import ANSWERS, ScriptedBot
from slack_door import SlackDoor, slack_door
from slack_person import labels, words


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SlackDoor]:
    with slack_door(ScriptedBot(), tmp_path / "var", pictures=str(tmp_path), locale="en-GB") as running:
        yield running


# ---- taps


def test_a_tapped_choice_is_sent_on_and_takes_the_place_of_the_buttons(door: SlackDoor) -> None:
    person = door.person()
    (question,) = person.say("long list")
    person.tick("major_trauma", "saddle_numbness", "saddle_numbness")
    person.tap("Done")
    assert door.heard() == ["long list", "major_trauma"]
    assert labels([question]) == []
    assert "✓ *You chose:* a bad fall or a crash just before this started" in words([question])


def test_places_are_chosen_one_by_one_even_in_a_hurry(door: SlackDoor) -> None:
    person = door.person()
    (question,) = person.say("hello")
    seen_at_first = {**question, "blocks": list(question["blocks"])}
    for place in ("Groin", "Leg", "Knee", "Leg"):
        person.press(place, seen_at_first)
    person.tap("Done", seen_at_first)
    assert door.heard()[-1] == "groin, knee"
    assert "You chose:* Groin, Knee" in words([question])


def test_done_without_a_tick_asks_for_one_and_keeps_the_question(door: SlackDoor) -> None:
    person = door.person()
    person.say("long list")
    assert "Nothing is chosen yet" in words(person.tap("Done"))
    person.tap("I don't know")
    assert door.heard() == ["long list", "I don't know"]


@pytest.mark.parametrize("label", ["None of these", "I don't know"])
def test_a_tick_and_none_of_these_contradict_each_other(door: SlackDoor, label: str) -> None:
    person = door.person()
    person.say("long list")
    person.tick("saddle_numbness")
    assert "and also" in words(person.tap(label))
    assert door.heard() == ["long list"]
    person.tick("saddle_numbness")
    person.tap(label)
    assert door.heard() == ["long list", label]


def test_a_double_tap_counts_once(door: SlackDoor) -> None:
    person = door.person()
    (question,) = person.say("long list")
    before = {**question, "blocks": list(question["blocks"])}
    person.after(lambda: [person.press(label, before) for label in ("None of these", "I don't know")])
    assert door.heard() == ["long list", "None of these"]


def test_a_question_answered_in_words_loses_its_buttons(door: SlackDoor) -> None:
    person = door.person()
    (question,) = person.say("long list")
    person.say("none of these")
    assert labels([question]) == []
    assert "Is any of this" in words([question])


def test_an_old_button_is_answered_kindly(door: SlackDoor) -> None:
    person = door.person()
    (question,) = person.say("long list")
    before = {**question, "blocks": list(question["blocks"])}
    person.say("none of these")
    assert "no longer open" in words(person.tap("None of these", before))
    assert door.heard() == ["long list", "none of these"]


def test_an_old_list_with_ticks_is_read_in_full_words(door: SlackDoor) -> None:
    person = door.person()
    (question,) = person.say("long list")
    before = {**question, "blocks": list(question["blocks"])}
    person.say("none of these")
    question.update(before)
    person.tick("saddle_numbness")
    said = person.tap("Done", question)
    assert "closed already" in words(said)
    assert door.heard()[-1] == "numbness between the legs, or around the back passage"


def test_what_was_ticked_but_not_sent_is_said_not_to_count(door: SlackDoor) -> None:
    person = door.person()
    person.say("long list")
    person.tick("saddle_numbness")
    said = person.say("back")
    assert "numbness between the legs" in words(said[:1])
    assert "not counted" in words(said[:1])


def test_ticks_stay_when_the_same_list_comes_again(door: SlackDoor) -> None:
    person = door.person()
    person.say("long list")
    person.tick("saddle_numbness")
    (again,) = person.say("long list")
    person.tap("Done")
    assert door.heard()[-1] == "saddle_numbness"
    assert "You chose:* numbness between the legs" in words([again])


def test_a_button_of_the_plan_can_be_tapped_after_others(door: SlackDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = ("Tell me more about the plank", "Tell me more about the bridge")
    offer = {**ANSWERS["plan as text too"], "buttons": [{"title": each, "payload": each} for each in titles]}
    monkeypatch.setitem(ANSWERS, "the plan", offer)
    person = door.person()
    person.say("the plan")
    person.say("rich")
    for title in titles:
        person.tap(title)
    assert door.heard()[2:] == list(titles)


def test_a_tap_that_the_bot_fails_on_gives_the_buttons_back(door: SlackDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    person = door.person()
    (question,) = person.say("long list")
    person.tick("saddle_numbness")
    with monkeypatch.context() as failing:
        failing.setattr(door, "bot", _broken)
        assert "send it again" in words(person.tap("Done"))
    assert "Done" in labels([question])
    person.tap("Done")
    assert door.heard()[-1] == "saddle_numbness"
    assert labels([question]) == []


async def _broken(message: UserMessage) -> None:
    raise ConnectionError("inside")
