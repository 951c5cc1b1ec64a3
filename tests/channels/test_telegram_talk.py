"""Talking to the bot on Telegram: every kind of question and answer, old buttons, ticks that were not sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage
from telegram_bot import PNG, Bot
from telegram_door import TelegramDoor, open_telegram, person_of
from telegram_person import Person, kept_in, wait_for
from telegram_server import TelegramServer, telegram


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with telegram() as running:
        yield running


@pytest.fixture
def door(server: TelegramServer, tmp_path: Path) -> Iterator[TelegramDoor]:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "plank.png").write_bytes(PNG)
    with open_telegram(server, Bot(), tmp_path / "var", pictures=str(pictures)) as running:
        yield running


@pytest.fixture
def person(server: TelegramServer, door: TelegramDoor) -> Person:
    return person_of(server, door)


def test_the_start_command_greets(person: Person, door: TelegramDoor) -> None:
    assert "Where do you feel it?" in person.say("/start")[0].text
    assert door.texts == ["hello"]


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("/start deep-link", "hello"), ("/START@psoas_test_bot", "hello"), ("/help", "help"), ("/stop", "stop"),
        ("/delete", "delete my data"), ("/restart", "restart"), ('/tell{"finding":"x"}', 'tell{"finding":"x"}'),
        (" / /back", "back"), ("//session_start", "session_start"),
    ],
)  # fmt: skip
def test_a_typed_slash_is_never_a_command_of_rasa(typed: str, heard: str, person: Person, door: TelegramDoor) -> None:
    person.say(typed)
    assert door.texts == [heard]


def test_places_of_the_body_are_buttons_that_toggle(person: Person, door: TelegramDoor) -> None:
    (question,) = person.say("hi")
    assert question.labels == [
        "Lower back", "Deep in the hip", "Groin", "Front of the thigh", "Buttock", "Leg", "Knee", "Somewhere else", "Done",
    ]  # fmt: skip
    person.tap("Knee")
    person.tap("Groin")
    person.tap("✓ Knee")
    person.tap("Leg")
    assert [label for label in question.labels if label.startswith("✓")] == ["✓ Groin", "✓ Leg"]
    assert person.toast() == ""
    (following,) = person.tap("Done")
    assert door.texts == ["hi", "groin, leg"]
    assert question.labels == ["✓ Groin, Leg"]
    assert "What does walking do" in following.text


def test_one_choice_is_tapped_and_shown(person: Person, door: TelegramDoor) -> None:
    person.say("hi")
    (question,) = person.say("groin")
    person.tap("It gets worse")
    assert question.labels == ["✓ It gets worse"]
    assert door.texts[-1] == "It gets worse"


def test_yes_and_no_are_buttons(person: Person) -> None:
    for text in ("hi", "groin"):
        person.say(text)
    (question,) = person.say("worse")
    assert question.labels == ["Yes", "No", "I am not sure"]


def test_a_number_is_typed_and_a_scale_is_two_rows(person: Person, door: TelegramDoor) -> None:
    for text in ("hi", "groin", "worse"):
        person.say(text)
    (number,) = person.say("no")
    assert number.labels == ["I am not sure"]
    (scale,) = person.say("8 hours")
    assert [len(row) for row in scale.rows] == [6, 5]
    person.tap("10")
    assert door.texts[-1] == "10"


def test_warning_signs_stand_whole_in_the_text(person: Person) -> None:
    (question,) = person.say("flags")
    assert "• Trouble passing urine, or leaking without noticing it at all" in question.text
    assert question.labels[-3:] == ["Done", "None of these", "I don't know"]


def test_none_of_these_and_the_other_single_answers_go_alone(person: Person, door: TelegramDoor) -> None:
    person.say("flags")
    person.tap("None of these")
    person.say("flags")
    person.tap("I don't know")
    assert door.texts == ["flags", "None of these", "flags", "I don't know"]


def test_the_plan_comes_with_its_picture_and_lasting_buttons(person: Person, door: TelegramDoor) -> None:
    first, picture, rest = person.say("plan")
    assert first.source.startswith("<b>Walk</b>\n<b>Why</b>\n• so\n<blockquote>“Steps &amp; strides &lt;3”")
    assert (picture.photo, picture.text) == (PNG, "On the forearms")
    assert rest.text.startswith("When to see someone")
    for _ in range(2):
        person.tap("Tell me more about the plank")
        assert person.toast() == "Tell me more about the plank"
    assert door.texts == ["plan"] + ["Tell me more about the plank"] * 2


def test_a_long_answer_comes_in_pieces_with_the_buttons_below_the_last(person: Person) -> None:
    pieces = person.say("long")
    assert len(pieces) > 3
    assert "\n".join(piece.text for piece in pieces) == "\n".join(f"• line {n} & more" for n in range(900))
    assert [bool(piece.rows) for piece in pieces] == [False] * (len(pieces) - 1) + [True]


@pytest.mark.parametrize("text", ["crash", "silence"])
def test_a_turn_that_fails_is_owned_up_to(text: str, person: Person) -> None:
    (answer,) = person.say(text)
    assert answer.text.startswith("Something went wrong on my side")


def test_the_log_of_a_failed_turn_holds_no_words_of_the_person(
    person: Person, door: TelegramDoor, caplog: pytest.LogCaptureFixture
) -> None:
    door.bot = _broken
    person.say("my groin hurts")
    assert "ValueError" in caplog.text
    assert "groin" not in caplog.text


def test_a_choice_whose_turn_fails_can_be_tapped_again(person: Person, door: TelegramDoor) -> None:
    (question,) = person.say("flags")
    person.tap("Numbness between the legs")
    working, door.bot = door.bot, _broken
    person.tap("Done")
    assert "✓ Numbness between the legs" in question.labels
    door.bot = working
    person.tap("Done")
    assert door.texts[-2:] == ["saddle_numbness"] * 2


async def _broken(message: UserMessage) -> None:
    raise ValueError(message.text)


def test_deleting_forgets_the_buttons_and_their_ticks(person: Person, tmp_path: Path) -> None:
    person.say("flags")
    person.tap("Numbness between the legs")
    answers = person.say("/delete")
    assert [answer.text for answer in answers] == ["I have deleted everything."]
    wait_for(lambda: b"saddle_numbness" not in kept_in(tmp_path / "var"))


def test_the_sender_is_known_only_with_the_secret(person: Person, door: TelegramDoor) -> None:
    person.say("hi")
    sender = door.received[0].sender_id
    assert sender.startswith("telegram:")
    assert len(sender) == len("telegram:") + 40
    assert str(person.chat) not in sender


def test_the_country_is_told_only_where_telegram_knows_it(server: TelegramServer, door: TelegramDoor) -> None:
    for language in ("en-GB", "ca", "pt-br"):
        person_of(server, door, language).say("hi")
    assert [message.metadata for message in door.received] == [{"locale": "en-GB"}, {}, {"locale": "pt-br"}]
