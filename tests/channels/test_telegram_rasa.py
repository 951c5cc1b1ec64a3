"""Whole conversations on Telegram with the real Rasa and action server."""

from collections.abc import Mapping, Sequence

import pytest
from doors import House
from telegram_person import Person
from telegram_server import Shown

pytestmark = pytest.mark.servers

TAPS: Mapping[str, Sequence[str]] = {
    "Where do you feel": ("Lower back", "Deep in the hip", "Done"),
    "happening now or in the last two weeks": ("None of these",),
    "fit you these days": ("None of these",),
    "apply to you": ("None of these",),
    "How old are you": ("16 to 49",),
    "How long have you had it": ("weeks",),
    "How bad is it": ("3",),
    "What does it feel like": ("Ache", "Done"),
    "What does walking do": ("No difference",),
    "does either of these happen": ("None of these",),
    "Think of how you walk": ("My steps are short or shuffling", "Done"),
    "how many hours do you sit": ("4",),
}
"""What is tapped at each question, by words of it; a number is typed."""


@pytest.fixture
def person(open_house: House) -> Person:
    return Person(open_house.telegram, open_house.state, "en-GB")


def to_the_end(person: Person, spoken: Sequence[Shown]) -> Sequence[Shown]:
    """Taps an answer to every question until nothing more is asked."""
    for _ in range(16):
        asked = next((shown for shown in spoken if any(_fits(words, shown) for words in TAPS)), None)
        if asked is None:
            return spoken
        taps = next(taps for words, taps in TAPS.items() if _fits(words, asked))
        spoken = [shown for words in taps for shown in _give(person, asked, words)]
    raise AssertionError("the questions do not end")


def _fits(words: str, shown: Shown) -> bool:
    return words.lower() in shown.text.lower()


def _give(person: Person, asked: Shown, words: str) -> Sequence[Shown]:
    button = next((button for button in asked.labels if words.lower() in button.lower()), None)
    return person.tap(button, asked) if button else person.say(words)


def text_of(spoken: Sequence[Shown]) -> str:
    return "\n".join(shown.text for shown in spoken)


def test_taps_alone_lead_to_a_plan_with_pictures_and_more_about_it(person: Person) -> None:
    spoken = to_the_end(person, person.say("/start"))
    assert "Yes, walking can help, once you change how you walk." in text_of(spoken)
    assert "On your next walk" in text_of(spoken)
    pictures = [shown for shown in spoken if shown.photo]
    assert pictures
    assert all(picture.text for picture in pictures)
    more = next(label for label in spoken[-1].labels if label.startswith("Tell me more about"))
    told = text_of(person.tap(more))
    assert "“" in told
    assert ">" not in told


def test_a_ticked_warning_sign_is_answered_at_once(person: Person) -> None:
    person.say("my lower back is tight")
    person.tap("Numbness between the legs")
    spoken = person.tap("Done")
    assert "This needs emergency care now." in text_of(spoken)
    assert "Call 999" in text_of(spoken)


def test_every_warning_sign_counts_when_it_is_tapped_alone(open_house: House) -> None:
    first = Person(open_house.telegram, open_house.state)
    signs = first.say("my lower back is tight")[-1].labels[:-3]
    assert len(signs) >= 18
    for sign in signs:
        person = Person(open_house.telegram, open_house.state)
        person.say("my lower back is tight")
        person.tap(sign)
        spoken = text_of(person.tap("Done"))
        assert "emergency care now" in spoken or "You matter" in spoken, sign


def test_a_warning_sign_in_a_changed_message_is_answered(person: Person) -> None:
    person.say("my lower back is tight")
    spoken = person.edit("my lower back is tight and I am numb between my legs")
    assert "This needs emergency care now." in text_of(spoken)


@pytest.mark.parametrize("changed", ["no", "none", "None of these", "6", "yes", "ok"])
def test_a_bare_answer_in_a_changed_message_answers_no_other_question(changed: str, person: Person) -> None:
    person.say("my lower back is tight")
    person.edit(changed)
    assert "You said no to" not in text_of(person.say("what have I told you?"))


def test_a_warning_sign_below_a_picture_is_answered(person: Person) -> None:
    spoken = person.send(photo=[{"file_id": "x"}], caption="I can't pee and I am numb between my legs")
    assert "This needs emergency care now." in text_of(spoken)


def test_deleting_forgets_the_conversation(person: Person) -> None:
    person.say("my lower back is tight")
    assert "deleted" in text_of(person.say("/delete"))
    assert "You have not told me anything yet" in text_of(person.say("what have I told you?"))
