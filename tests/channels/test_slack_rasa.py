"""Whole talks in Slack with the real Rasa and action server, by taps, up to a plan and up to an emergency."""

from collections.abc import Mapping, Sequence

import pytest
from doors import House
from slack_person import boxes, labels, words
from slack_server import Message, Slack
from slack_visitor import SlackVisitor

pytestmark = pytest.mark.servers

QUIET: Mapping[str, Sequence[str]] = {
    "Where do you feel": ["Groin", "Lower back"],
    "now or in the last two weeks": ["None of these"],
    "these days": ["None of these"],
    "apply to": ["None of these"],
    "How old are you": ["16 to 49"],
    "How long": ["some weeks"],
    "How bad": ["3"],
    "What does it feel like": ["Ache"],
    "What does walking do": ["Makes it better"],
    "does either of these happen": ["None of these"],
    "how you walk": ["My steps are short or shuffling"],
}
"""What somebody with an ordinary complaint taps, by words of the question."""

UNSURE = "I don't know"


@pytest.fixture
def slack(open_house: House) -> Slack:
    """The Slack of this machine, with the real assistant behind its door."""
    return open_house.slack


def to_the_end(visitor: SlackVisitor, said: list[Message], answers: Mapping[str, Sequence[str]]) -> list[Message]:
    """Answers question after question by taps until nothing is asked; what was said last."""
    for _ in range(16):
        question = next(
            (message for message in said if "Done" in labels([message]) or UNSURE in labels([message])), None
        )
        if question is None:
            return said
        asked = words([question]).replace("*", "")
        wanted = next((chosen for part, chosen in answers.items() if part in asked), [UNSURE])
        offered = {label.lower(): label for label in (*labels([question]), *boxes([question]))}
        assert {choice.lower() for choice in wanted} <= set(offered), f"{wanted} not among {list(offered)}"
        choices = [offered[choice.lower()] for choice in wanted]
        said = visitor.say("", choices)
        assert "✓" in words([question])
    raise AssertionError("the questions do not end")


def test_a_talk_of_taps_comes_to_a_plan(slack: Slack) -> None:
    visitor = SlackVisitor(slack)
    said = to_the_end(visitor, visitor.person.say("hello"), QUIET)
    plan = words(said)
    assert "Yes, walking can help" in plan
    assert "*On your next walk*" in plan
    assert ">“" in plan
    assert visitor.taps >= 8
    assert labels(said)
    more = visitor.person.tap(labels(said)[0])
    assert more
    assert "How" not in words(more)[:3]


def test_a_ticked_warning_sign_is_an_emergency_at_once(slack: Slack) -> None:
    visitor = SlackVisitor(slack)
    said = visitor.person.say("hello")
    said = visitor.say("", ["groin"])
    assert boxes(said)
    sign = next(label for label in boxes(said) if "numb" in label.lower())
    said = visitor.say("", [sign])
    assert "header" in [message["blocks"][0]["type"] for message in said], words(said)
    assert "needs emergency care now" in words(said)
    assert "112 in the EU" in words(said)


def test_an_edited_message_with_a_warning_sign_is_answered(slack: Slack) -> None:
    visitor = SlackVisitor(slack)
    visitor.person.say("my hip is a bit tight")
    said = visitor.person.edit("my hip is a bit tight", "my hip is tight and I can't feel when I wipe")
    assert "needs emergency care now" in words(said)


def test_an_edited_answer_changes_it(slack: Slack) -> None:
    visitor = SlackVisitor(slack)
    visitor.person.say("my groin is tight, I sit 9 hours a day")
    said = visitor.person.edit("I sit 9 hours a day", "I sit 4 hours a day")
    assert "4" in words(said)


def test_a_warning_sign_in_a_slash_command_is_answered_in_the_direct_talk(slack: Slack) -> None:
    person = SlackVisitor(slack).person
    said = person.after(lambda: person.command("I can't feel when I wipe"))
    assert "needs emergency care now" in words(said)
