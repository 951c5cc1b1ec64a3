"""What the Slack door lets in: signed, fresh, and once; and where its secrets come from."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from scripted_bot import ScriptedBot
from slack_door import SlackDoor, open_slack_door, slack_door
from slack_server import SECRET, TEAM, local_slack, signature

from assistant.channels.slack.memory import SlackMemory, open_memory
from assistant.channels.slack.settings import slack_settings
from assistant.errors import InputError


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SlackDoor]:
    with slack_door(ScriptedBot(), tmp_path / "var") as running:
        yield running


# ---- signatures


def _post(door: SlackDoor, body: bytes, content_type: str = "application/json", **headers: str) -> int:
    return requests.post(
        door.slack.door, body, headers={"Content-Type": content_type, **headers}, timeout=10
    ).status_code


def _signed(body: bytes, seconds: int = 0, secret: str = SECRET) -> dict[str, str]:
    at = str(int(time.time()) + seconds)
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature(at, body, secret)}


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON;x=1"]
)
def test_a_signed_event_is_read_whatever_its_content_type_adds(door: SlackDoor, content_type: str) -> None:
    body = json.dumps(door.person().event({"text": "my hip is tight"})).encode()
    assert _post(door, body, content_type, **_signed(body)) == 200
    assert door.heard(0.3) == ["my hip is tight"]


@pytest.mark.parametrize("seconds", [-301, -100_000, 301, 100_000])
def test_an_old_or_future_request_is_refused(door: SlackDoor, seconds: int) -> None:
    body = json.dumps(door.person().event({"text": "x"})).encode()
    assert _post(door, body, **_signed(body, seconds)) == 401
    assert door.heard(0.3) == []


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded", "text/plain", ""])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Signature": "ä", "X-Slack-Request-Timestamp": "0"},
    ],
)
def test_an_unsigned_request_is_refused(door: SlackDoor, content_type: str, headers: dict[str, str]) -> None:
    body = json.dumps(door.person().event({"text": "x"})).encode()
    coded = {name: value.encode("latin-1") for name, value in headers.items()}
    reply = requests.post(door.slack.door, body, headers={"Content-Type": content_type, **coded}, timeout=10)
    assert reply.status_code == 401
    assert door.heard(0.05) == []


def test_another_secret_and_a_changed_body_are_refused(door: SlackDoor) -> None:
    body = json.dumps(door.person().event({"text": "x"})).encode()
    assert _post(door, body, **_signed(body, secret="another")) == 401
    assert _post(door, body + b" ", **_signed(body)) == 401
    assert door.heard(0.05) == []


def test_a_form_is_checked_as_well(door: SlackDoor) -> None:
    body = b"command=/psoas&text=hi&user_id=U1&team_id=T1"
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    assert _post(door, body, kind) == 401
    assert _post(door, body, kind, **_signed(body)) == 200


def test_the_address_is_proved_to_slack(door: SlackDoor) -> None:
    reply = door.slack.send({"type": "url_verification", "challenge": "3eZbrw1aB"})
    assert reply.json() == {"challenge": "3eZbrw1aB"}


def test_a_get_request_and_another_address_are_no_error_of_the_server(door: SlackDoor) -> None:
    assert requests.get(door.slack.door, timeout=5).status_code == 405
    assert requests.get(door.slack.door.removesuffix("webhook"), timeout=5).json() == {"status": "ok"}


# ---- the same thing twice


def test_a_repeated_event_is_answered_once(door: SlackDoor) -> None:
    person = door.person()
    event = person.event({"text": "hello"})
    person.after(lambda: door.slack.send(event))
    for number, reason in enumerate(("http_timeout", "http_error", "connection_failed", "unknown_error"), 1):
        reply = door.slack.send(event, **{"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason})
        assert reply.status_code == 200
    assert door.heard(0.3) == ["hello"]


def test_the_same_message_under_another_event_id_is_answered_once(door: SlackDoor) -> None:
    event = door.person().event({"text": "hello"})
    door.slack.send(event)
    door.slack.send({**event, "event_id": "EvAnother"})
    assert door.heard(0.3) == ["hello"]


def test_a_retry_of_what_never_arrived_is_read(door: SlackDoor) -> None:
    event = door.person().event({"text": "I cannot feel when I wipe"})
    door.slack.send(event, **{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_error"})
    assert door.heard(0.3) == ["I cannot feel when I wipe"]


def test_a_restart_does_not_make_a_repeated_event_new(tmp_path: Path) -> None:
    with local_slack() as slack:
        with open_slack_door(ScriptedBot(), tmp_path, slack) as door:
            event = door.person().event({"text": "hello"})
            slack.send(event)
            assert door.heard(0.3) == ["hello"]
        with open_slack_door(ScriptedBot(), tmp_path, slack) as door:
            slack.send(event)
            assert door.heard(0.3) == []


def test_what_is_remembered_of_requests_is_bounded_and_holds_no_names(tmp_path: Path) -> None:
    path, secret = tmp_path / "slack.sqlite", b"secret" * 8
    assert open_memory(path, secret).first_time(("alone",))
    memory = SlackMemory(path, secret, most_seen=100)
    assert all(memory.first_time((f"event:Ev{number}", f"message:{number}")) for number in range(-1, 600))
    with closing(sqlite3.connect(path)) as base:
        (kept,) = base.execute("SELECT count(*) FROM seen").fetchone()
    assert kept <= 600
    assert not memory.first_time(("event:Ev599",))
    memory.asks(memory.conversation(TEAM, "U0SECRET"), "1.2")
    assert not any(b"U0SECRET" in file.read_bytes() for file in tmp_path.iterdir())
    assert path.stat().st_mode & 0o077 == 0


def test_what_was_seen_long_ago_is_forgotten(tmp_path: Path) -> None:
    now = [0.0]
    memory = open_memory(tmp_path / "slack.sqlite", b"secret" * 8, lambda: now[0])
    memory.first_time(("old",))
    now[0] = 2 * 24 * 3600.0
    for number in range(600):
        memory.first_time((f"new{number}",))
    assert memory.first_time(("old",))


# ---- settings


def test_secrets_come_from_the_environment_first_and_are_never_shown() -> None:
    environment = {"PSOAS_SLACK_TOKEN": "xoxb-hidden", "PSOAS_SLACK_SIGNING_SECRET": "sign-hidden"}
    made = slack_settings({"slack_token": "xoxb-other", "slack_signing_secret": "y", "locale": "en-GB"}, environment)
    assert (made.slack_token, made.slack_signing_secret, made.locale) == ("xoxb-hidden", "sign-hidden", "en-GB")
    assert "hidden" not in repr(made)


@pytest.mark.parametrize(
    ("given_settings", "words"),
    [
        (None, "PSOAS_SLACK_TOKEN"),
        ({"slack_token": "xoxb-hidden"}, "PSOAS_SLACK_SIGNING_SECRET"),
        ({"slack_token": " xoxb-hidden", "slack_signing_secret": "s"}, "PSOAS_SLACK_TOKEN"),
        ({"slack_token": "xoxb-hidden", "slack_signing_secret": 5}, "PSOAS_SLACK_SIGNING_SECRET"),
        ({"slack_token": "xoxb-hidden", "slack_signing_secret": "s", "use_threads": True}, "use_threads"),
        ({"slack_token": "xoxb-hidden", "slack_signing_secret": "s", "locale": 5}, "locale"),
    ],
)
def test_what_is_missing_or_odd_is_named_without_the_secret(given_settings: Any, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        slack_settings(given_settings, {})
    assert "hidden" not in str(refused.value)
