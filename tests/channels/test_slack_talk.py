"""A talk in Slack: order, floods, faults of either side, and what a restart leaves."""

import asyncio
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage
from scripted_bot import ANSWERS, ScriptedBot
from slack_door import SlackDoor, open_slack_door, slack_door
from slack_person import words
from slack_server import local_slack


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SlackDoor]:
    with slack_door(ScriptedBot(), tmp_path / "var", pictures=str(tmp_path), locale="en-GB") as running:
        yield running


# ---- after a restart


def test_a_question_can_be_answered_after_a_restart(tmp_path: Path) -> None:
    with local_slack() as slack:
        with open_slack_door(ScriptedBot(), tmp_path, slack) as door:
            person = door.person()
            person.say("long list")
            person.tick("saddle_numbness")
            sender = door.received[0].sender_id
        with open_slack_door(ScriptedBot(), tmp_path, slack) as door:
            person.tap("Done")
            assert door.heard() == ["saddle_numbness"]
            assert door.received[0].sender_id == sender


def test_the_door_opens_without_a_network(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        local_slack() as slack,
        open_slack_door(ScriptedBot(), tmp_path, slack, api_base="http://127.0.0.1:9/api") as door,
    ):
        assert slack.send({"type": "url_verification", "challenge": "c"}).json() == {"challenge": "c"}
        with caplog.at_level(logging.INFO):
            door.person().write("a secret complaint")
            deadline = time.monotonic() + 20
            while "could not be reached" not in caplog.text:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert door.heard() == ["a secret complaint"]
        assert "secret complaint" not in caplog.text


# ---- who is who


def test_the_sender_is_hidden_and_two_people_are_two(door: SlackDoor) -> None:
    ann, ben = door.person(), door.person()
    ann.say("start")
    ben.say("start")
    ann.say("again")
    first, second, third = (message.sender_id for message in door.received)
    assert first == third != second
    assert first.startswith("slack:")
    assert ann.user not in first
    assert {message.input_channel for message in door.received} == {"slack"}
    assert door.received[0].metadata == {"locale": "en-GB"}


def test_the_same_user_id_of_another_workspace_is_somebody_else(door: SlackDoor) -> None:
    person = door.person()
    person.say("start")
    door.slack.send(person.event({"text": "start"}, team_id="T0OTHER"))
    time.sleep(0.2)
    assert len({message.sender_id for message in door.received}) == 2


# ---- order, pace and faults


def test_a_slow_turn_is_acknowledged_at_once_and_turns_keep_their_order(tmp_path: Path) -> None:
    order: list[str] = []

    async def slow(message: UserMessage) -> None:
        order.append(f"{message.text} begins")
        await asyncio.sleep(0.3)
        order.append(f"{message.text} ends")
        await message.output_channel.send_response(message.sender_id, {"text": str(message.text)})

    with slack_door(slow, tmp_path) as door:
        ann, ben = door.person(), door.person()
        for text in ("one", "two", "three"):
            ann.write(text)
        ben.write("other")
        time.sleep(1.4)
        assert [words([message]) for message in ann.messages] == ["one", "two", "three"]
        assert [words([message]) for message in ben.messages] == ["other"]
        assert door.slack.slowest < 0.25
    assert [each for each in order if "other" not in each] == [
        f"{text} {part}" for text in ("one", "two", "three") for part in ("begins", "ends")
    ]
    assert order.index("other ends") < order.index("two begins") + 2


def test_slack_is_asked_again_when_it_says_so(door: SlackDoor) -> None:
    person = door.person()
    door.slack.slow_down, door.slack.retry_after = 1, 1
    begun = time.monotonic()
    person.write("emergency")
    while not person.messages:
        assert time.monotonic() - begun < 10
        time.sleep(0.05)
    assert time.monotonic() - begun >= 1
    assert "Call an ambulance" in words(person.messages)


def test_words_are_posted_alone_where_slack_refuses_the_blocks(
    door: SlackDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slack_server.refusal", lambda blocks: "invalid_blocks")
    (message,) = door.person().say("emergency")
    assert message["blocks"] == []
    assert "Please stop here and get help now" in message["text"]


@pytest.mark.parametrize("code", ["channel_not_found", "account_inactive", "is_archived", "fatal_error"])
def test_a_talk_that_slack_refuses_is_logged_by_its_code_alone(
    door: SlackDoor, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    door.slack.refuse["chat.postMessage"] = code
    with caplog.at_level(logging.DEBUG):
        door.person().write("rich")
        time.sleep(0.3)
    assert f"refused chat.postMessage: {code}" in caplog.text
    assert "lengthen" not in caplog.text
    assert "xoxb" not in caplog.text
    door.slack.refuse.clear()
    assert door.person().say("rich")


@pytest.mark.parametrize("text", ["crash", "silence"])
def test_a_failing_bot_is_said_kindly_and_logged_without_words(
    door: SlackDoor, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    with caplog.at_level(logging.INFO):
        said = door.person().say(text)
    assert "send it again" in words(said)
    assert "secret detail" not in caplog.text + words(said)
    assert door.person().say("rich")


def test_a_flood_is_told_off_once_and_the_rest_is_read(tmp_path: Path) -> None:
    with slack_door(ScriptedBot(pause=0.05), tmp_path) as door:
        person = door.person()
        for number in range(60):
            person.write(f"rich {number}")
        time.sleep(1.5)
        told_off = [message for message in person.messages if "too many came at once" in words([message])]
        assert len(told_off) == 1
        assert 12 <= len(door.received) <= 41


@pytest.mark.parametrize("text", ["", "   ", "/", "<@U0BOT>"])
def test_a_message_without_words_is_answered_kindly(door: SlackDoor, text: str) -> None:
    assert "did not get any words" in words(door.person().say(text))
    assert door.received == []


def test_of_a_very_long_message_the_first_part_is_read_and_that_is_said(door: SlackDoor) -> None:
    said = door.person().say("long " * 2000)
    assert "first 5000 characters" in words(said)
    assert len(door.heard()[0]) == 4999


# ---- pictures and deletion


def test_a_picture_is_uploaded_with_its_words(door: SlackDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bridge.png").write_bytes(b"\x89PNG")
    pictures = [{"name": "bridge.png", "alt": "A bridge."}, {"name": "missing.png", "alt": "x"}]
    monkeypatch.setitem(ANSWERS, "drawing", {"text": "So:", "custom": {"pictures": pictures}})
    files = [file for message in door.person().say("drawing") for file in message.get("files", ())]
    assert [(file["filename"], file["alt_txt"], file["bytes"]) for file in files] == [
        ("bridge.png", "A bridge.", b"\x89PNG")
    ]


def test_deletion_says_what_slack_keeps(door: SlackDoor) -> None:
    said = door.person().say("delete my data")
    assert "I have deleted everything." in words(said)
    assert "Slack still keeps" in words(said)
