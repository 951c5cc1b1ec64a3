"""Old buttons, ticks that were not sent, taps that come twice, and buttons that were never there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram_bot import Bot
from telegram_door import TelegramDoor, open_telegram, person_of
from telegram_person import Person, wait_for
from telegram_server import TelegramServer, telegram


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with telegram() as running:
        yield running


@pytest.fixture
def door(server: TelegramServer, tmp_path: Path) -> Iterator[TelegramDoor]:
    with open_telegram(server, Bot(), tmp_path) as running:
        yield running


@pytest.fixture
def person(server: TelegramServer, door: TelegramDoor) -> Person:
    return person_of(server, door)


def test_done_without_a_tick_says_what_to_do(person: Person, door: TelegramDoor) -> None:
    person.say("flags")
    person.tap("Done")
    assert "tap every line that fits" in person.toast()
    assert door.texts == ["flags"]


def test_none_of_these_beside_a_tick_is_asked_about(person: Person, door: TelegramDoor) -> None:
    person.say("flags")
    person.tap("Numbness between the legs")
    person.tap("None of these")
    assert "You ticked something" in person.toast()
    person.tap("Done")
    assert door.texts == ["flags", "saddle_numbness"]


def test_ticks_go_on_to_the_same_list_asked_again(person: Person, door: TelegramDoor) -> None:
    person.say("flags")
    person.tap("Numbness between the legs")
    (again,) = person.say("flags")
    assert "✓ Numbness between the legs" in again.labels
    person.tap("Done")
    assert door.texts[-1] == "saddle_numbness"


def test_a_tick_that_was_never_sent_is_not_lost_in_silence(person: Person) -> None:
    person.say("flags")
    person.tap("Numbness between the legs")
    note, question = person.say("hi")
    assert "You had ticked “Numbness between the legs” without tapping “Done”" in note.text
    assert "Where do you feel it?" in question.text


def test_the_buttons_of_an_answered_question_go_away(person: Person) -> None:
    (first,) = person.say("flags")
    person.say("hi")
    assert first.rows == []


def test_an_old_button_is_answered_kindly_and_not_heard(person: Person, door: TelegramDoor) -> None:
    (first,) = person.say("flags")
    tap = person.tapping("None of these", first)
    person.say("hi")
    assert person.update(tap) == []
    assert "earlier question" in person.toast()
    assert door.texts == ["flags", "hi"]


def test_an_old_tap_that_waited_behind_a_newer_question_is_not_heard(
    person: Person, door: TelegramDoor, server: TelegramServer
) -> None:
    (first,) = person.say("flags")
    door.bot.pause = 0.3  # type: ignore[attr-defined]
    server.send({"message": person.message(text="hi")})
    wait_for(lambda: len(door.received) == 2)
    answers = person.update(person.tapping("None of these", first))
    assert "earlier question" in answers[-1].text
    assert door.texts == ["flags", "hi"]


def test_a_button_tapped_twice_counts_once(person: Person, door: TelegramDoor, server: TelegramServer) -> None:
    (first,) = person.say("flags")
    door.bot.pause = 0.2  # type: ignore[attr-defined]
    server.send(person.tapping("None of these", first))
    person.update(person.tapping("None of these", first) if first.labels[-1] != "✓ None of these" else {"poll": {}})
    wait_for(lambda: person.answered(max(server.deliveries)[0]))
    assert door.texts == ["flags", "None of these"]


def test_buttons_work_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    with open_telegram(server, Bot(), tmp_path) as first:
        person = person_of(server, first)
        person.say("flags")
        person.tap("Numbness between the legs")
    with open_telegram(server, Bot(), tmp_path) as second:
        person.tap("Done")
        assert second.texts == ["saddle_numbness"]


def test_a_button_of_somebody_else_is_not_heard(person: Person, server: TelegramServer, door: TelegramDoor) -> None:
    (question,) = person.say("flags")
    other = person_of(server, door)
    data = question.rows[-1][0]["callback_data"]
    other.update(other.pressing(data, question.number))
    assert door.texts == ["flags"]
    assert question.labels[-1] == "I don't know"


@pytest.mark.parametrize("data", ["", ":", "x:1", "none", "a" * 64, "../..:done", "é:0"])
def test_odd_button_data_is_answered(data: str, person: Person, door: TelegramDoor) -> None:
    person.update(person.pressing(data, 5))
    assert "earlier question" in person.toast()
    assert door.texts == []


@pytest.mark.parametrize("mark", ["99", "-1", "a9", "a", "", "donee", "²"])
def test_a_button_that_was_never_there_does_nothing(mark: str, person: Person, door: TelegramDoor) -> None:
    (question,) = person.say("flags")
    key = question.rows[0][0]["callback_data"].partition(":")[0]
    person.update(person.pressing(f"{key}:{mark}", question.number))
    assert door.texts == ["flags"]
