"""What the Slack door makes of every kind of request that Slack documents."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from scripted_bot import ScriptedBot
from slack_door import SlackDoor, slack_door
from slack_person import words
from slack_server import BOT


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SlackDoor]:
    with slack_door(ScriptedBot(), tmp_path / "var") as running:
        yield running


# ---- who and what is read


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B0OTHER"},
        {"bot_profile": {"id": "B1"}},
        {"subtype": "bot_message", "username": "x"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": None},
        *({"subtype": kind} for kind in (
            "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "group_join", "pinned_item",
            "message_deleted", "message_replied", "reminder_add", "ekm_access_denied", "tombstone", "huddle_thread",
            "assistant_app_thread", "document_mention", "channel_archive", "file_comment", "sh_room_created",
        )),
    ],
    ids=str,
)  # fmt: skip
def test_what_no_person_wrote_is_left_alone(door: SlackDoor, fields: dict[str, Any]) -> None:
    assert door.slack.send(door.person().event({"text": "hello", **fields})).status_code == 200
    assert door.heard(0.1) == []
    assert door.slack.calls == []


@pytest.mark.parametrize("subtype", ["file_share", "me_message", "thread_broadcast"])
def test_what_a_person_wrote_in_another_way_is_read(door: SlackDoor, subtype: str) -> None:
    door.slack.send(door.person().event({"text": "I cannot feel when I wipe", "subtype": subtype}))
    assert door.heard(0.3) == ["I cannot feel when I wipe"]


def test_a_file_without_words_is_answered_kindly(door: SlackDoor) -> None:
    said = door.person().say("", subtype="file_share", files=[{"id": "F1", "mimetype": "audio/mp4"}])
    assert "text only" in words(said)
    assert door.received == []


def test_words_beside_a_file_are_read(door: SlackDoor) -> None:
    said = door.person().say("rich", subtype="file_share", files=[{"id": "F1"}])
    assert "cannot look at the file" in words(said)
    assert door.heard(0.3) == ["rich"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U0BOT> my hip &amp; groin, pain &gt; 5", "my hip & groin, pain > 5"),
        ("see <https://example.org|this page> or <mailto:a@b.org|a@b.org>", "see this page or a@b.org"),
        ("<@U0FRIEND|Ann> has it, <#C1|general> and <!here>", "Ann has it, general and !here"),
        (":+1: :thumbsdown::skin-tone-3: :one: :unknown_one:", "👍 👎 1 :unknown_one:"),
        ("&lt;script&gt;", "<script>"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_slacks_own_spelling_is_undone(door: SlackDoor, written: str, read: str) -> None:
    door.slack.send(door.person().event({"text": written}))
    assert door.heard(0.3) == [read]


@pytest.mark.parametrize("text", ["/restart", " /restart", "//restart", "\u00a0/ /restart", "/ restart"])
def test_a_typed_slash_is_text(door: SlackDoor, text: str) -> None:
    door.slack.send(door.person().event({"text": text}))
    assert door.heard(0.3) == ["restart"]


def test_an_edited_message_is_read_as_a_changed_answer(door: SlackDoor) -> None:
    door.person().edit("my hip is tight", "I cannot feel when I wipe")
    assert door.heard(0.3) == ["I want to change my answer: I cannot feel when I wipe"]


def test_an_edit_that_changes_no_word_is_left_alone(door: SlackDoor) -> None:
    person = door.person()
    old = {"type": "message", "user": person.user, "text": "see x.org", "ts": "1.0"}
    event = {
        "subtype": "message_changed",
        "message": {**old, "attachments": [{}]},
        "previous_message": old,
        "user": None,
    }
    door.slack.send(person.event(event))
    assert door.heard(0.3) == []


def test_our_own_changed_message_is_left_alone(door: SlackDoor) -> None:
    person = door.person()
    ours = {"type": "message", "user": BOT, "bot_id": "B0BOT", "text": "new", "ts": "1.0"}
    event = {"subtype": "message_changed", "message": ours, "previous_message": {**ours, "text": "old"}, "user": None}
    door.slack.send(person.event(event))
    assert door.heard(0.3) == []


# ---- anywhere else than in the direct talk


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
def test_a_mention_is_answered_to_the_person_alone_and_never_read(door: SlackDoor, kind: str) -> None:
    person = door.person()
    person.say("start")
    door.slack.shown["C1"] = []
    fields = {
        "type": "app_mention",
        "text": f"<@{BOT}> I cannot feel when I wipe",
        "channel": "C1",
        "channel_type": kind,
    }
    person.after(lambda: door.slack.send(person.event(fields)))
    said = door.slack.shown["C1"]
    assert "write to me directly" in said[0]["text"]
    assert (len(said), said[0]["only_for"]) == (1, person.user)
    assert door.heard(0.3) == ["start"]


def test_a_channel_where_nobody_called_is_told_once(door: SlackDoor) -> None:
    person = door.person()
    door.slack.shown["C1"] = []
    for text in ("hello all", "and again", "and again"):
        door.slack.send(person.event({"text": text, "channel": "C1", "channel_type": "channel"}))
    assert door.heard(0.3) == []
    assert len(door.slack.shown["C1"]) == 1


def test_a_mention_that_comes_as_two_events_is_answered_once(door: SlackDoor) -> None:
    person = door.person()
    door.slack.shown["C1"] = []
    event = person.event({"text": "<@U0BOT> hi", "channel": "C1", "channel_type": "channel"})
    door.slack.send(event)
    door.slack.send({**event, "event_id": "EvM", "event": {**event["event"], "type": "app_mention"}})
    time.sleep(0.2)
    assert len(door.slack.shown["C1"]) == 1


# ---- commands, shortcuts, windows


def test_a_slash_command_is_answered_in_the_direct_talk(door: SlackDoor) -> None:
    person = door.person()
    replies: list[requests.Response] = []
    said = person.after(lambda: replies.append(person.command("rich")))
    assert replies[0].json()["response_type"] == "ephemeral"
    assert "can* lengthen" in words(said)
    assert door.heard(0.3) == ["rich"]


def test_a_slash_command_and_the_direct_talk_are_one_talk(door: SlackDoor) -> None:
    person = door.person()
    person.after(lambda: person.command(""))
    person.say("back")
    assert door.heard(0.3) == ["hello", "back"]
    assert len({message.sender_id for message in door.received}) == 1


@pytest.mark.parametrize("kind", ["shortcut", "message_action", "view_submission", "view_closed", "dialog_submission"])
def test_windows_and_shortcuts_are_answered_kindly(door: SlackDoor, kind: str) -> None:
    person = door.person()
    replies: list[requests.Response] = []
    view = {"id": "V1", "state": {"values": {}}}
    said = person.after(lambda: replies.append(person.interact(kind, view=view, callback_id="x")))
    assert (replies[0].status_code, replies[0].content) == (200, b"")
    assert "in your own words" in words(said)
    assert door.received == []


@pytest.mark.parametrize(
    "kind", ["static_select", "radio_buttons", "datepicker", "overflow", "plain_text_input", "users_select", "button"]
)
def test_a_control_that_is_not_ours_is_answered_kindly(door: SlackDoor, kind: str) -> None:
    person = door.person()
    (message,) = person.say("rich")
    action = {"type": kind, "action_id": "foreign", "value": "/restart", "selected_option": {"value": "/restart"}}
    said = person.after(lambda: person.interact("block_actions", message, actions=[action]))
    assert "in your own words" in words(said)
    assert door.heard(0.3) == ["rich"]


def test_a_value_that_was_not_offered_is_not_sent_on(door: SlackDoor) -> None:
    person = door.person()
    (message,) = person.say("rich")
    action = {"type": "button", "action_id": "say:0", "value": "/restart"}
    person.after(lambda: person.interact("block_actions", message, actions=[action]))
    assert door.heard(0.3) == ["rich"]


def test_a_menu_that_asks_what_to_offer_gets_nothing(door: SlackDoor) -> None:
    assert door.person().interact("block_suggestion", value="x").json() == {"options": []}


@pytest.mark.parametrize(
    "content",
    [
        {"type": "app_rate_limited", "minute_rate_limited": 1},
        {"type": "event_callback"},
        {
            "type": "event_callback",
            "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"},
        },
        {"type": "event_callback", "event": {"type": "tokens_revoked"}},
        {"type": "event_callback", "event": {"type": "message", "channel": 7, "user": ["U1"], "text": {"a": 1}}},
        {},
    ],
    ids=str,
)
def test_other_news_is_taken_and_left(door: SlackDoor, content: dict[str, Any]) -> None:
    reply = door.slack.send(content)
    assert (reply.status_code, reply.content) == (200, b"")
    assert door.heard(0.05) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 5000, "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=" + b"%FF", "application/x-www-form-urlencoded"),
        (b"\xff", "application/x-www-form-urlencoded"),
    ],
)
def test_a_signed_body_that_cannot_be_read_is_refused_without_an_error(door: SlackDoor, body: bytes, kind: str) -> None:
    assert door.slack.deliver(body, kind).status_code == 400


@pytest.mark.parametrize("body", [b"", b"ssl_check=1&token=x", b"payload=&x", b"a=b"])
def test_a_form_without_anything_for_us_is_taken(door: SlackDoor, body: bytes) -> None:
    assert door.slack.deliver(body, "application/x-www-form-urlencoded").status_code == 200
