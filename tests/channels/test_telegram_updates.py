"""Every kind of update that the Bot API documents: each survives, and people hear back where they would expect it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from scripted_bot import ScriptedBot
from telegram_door import TelegramDoor, open_telegram, person_of
from telegram_person import Person, kept_in, wait_for
from telegram_server import HEADER, TelegramServer, telegram

from assistant.channels.telegram.texts import telegram_texts
from assistant.channels.telegram.updates import Incoming, number_of, read_update

TEXTS = telegram_texts()
FILE = {"file_id": "x", "file_unique_id": "y"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Hips"}
BOT = {"id": 123456, "is_bot": True, "first_name": "Psoas"}


@pytest.fixture(scope="module")
def server() -> Iterator[TelegramServer]:
    with telegram() as running:
        yield running


@pytest.fixture(scope="module")
def door(server: TelegramServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramDoor]:
    with open_telegram(server, ScriptedBot(), tmp_path_factory.mktemp("telegram")) as running:
        yield running


@pytest.fixture
def person(server: TelegramServer, door: TelegramDoor) -> Person:
    door.received.clear()
    return person_of(server, door)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ({"voice": {**FILE, "duration": 4}}, "voice"),
        ({"audio": {**FILE, "duration": 4}}, "voice"),
        ({"video_note": {**FILE, "length": 4, "duration": 4}}, "voice"),
        ({"photo": [{**FILE, "width": 1, "height": 1}]}, "picture"),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, "picture"),
        ({"animation": FILE, "document": FILE}, "picture"),
        ({"document": {**FILE, "file_name": "scan.pdf"}}, "picture"),
        ({"sticker": {**FILE, "type": "regular"}}, "sticker"),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, "place"),
        ({"venue": {"title": "x", "address": "y", "location": {}}, "location": {}}, "place"),
        ({"contact": {"phone_number": "1", "first_name": "x"}}, "contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "only_text"),
        ({"poll": {"id": "1", "question": "x", "options": []}}, "only_text"),
        ({"game": {"title": "x"}}, "only_text"),
        ({"story": {"chat": {}, "id": 1}}, "only_text"),
        ({"something_of_next_year": {}}, "only_text"),
        ({"text": "/"}, "empty"),
    ],
)
def test_what_is_no_text_gets_a_kind_line(content: dict[str, Any], line: str, person: Person) -> None:
    answers = person.send(**content)
    assert [answer.text for answer in answers] == [TEXTS.lines[line]]


def test_the_words_below_a_picture_are_read(person: Person, door: TelegramDoor) -> None:
    note, _ = person.send(photo=[FILE], caption="I am numb between my legs")
    assert note.text == TEXTS.lines["picture"]
    assert door.texts == ["I am numb between my legs"]


@pytest.mark.parametrize(
    "how",
    [
        {"forward_origin": {"type": "user", "date": 1}}, {"forward_date": 1, "forward_from": {"id": 5}},
        {"forward_sender_name": "Sam"},
    ],
)  # fmt: skip
def test_a_forwarded_message_is_read_and_said_to_be(how: dict[str, Any], person: Person, door: TelegramDoor) -> None:
    note, _ = person.say("I cannot pee", **how)
    assert note.text == TEXTS.lines["forwarded"]
    assert door.texts == ["I cannot pee"]


def test_a_changed_message_is_read_again_as_a_change(person: Person, door: TelegramDoor) -> None:
    note, *_ = person.edit("I cannot pee")
    assert note.text == TEXTS.lines["edited"]
    assert door.texts == ["I want to change my answer: I cannot pee"]


def test_a_live_location_that_moves_says_nothing(person: Person, door: TelegramDoor) -> None:
    message = person.message(location={"latitude": 1.0, "longitude": 2.0, "live_period": 900})
    assert person.update({"edited_message": message}) == []
    assert door.texts == []


@pytest.mark.parametrize(
    "name",
    [
        "pinned_message", "message_auto_delete_timer_changed", "successful_payment", "users_shared", "write_access_allowed",
        "chat_background_set", "proximity_alert_triggered", "web_app_data", "new_chat_title", "forum_topic_created",
        "video_chat_started", "giveaway_created", "boost_added", "passport_data", "connected_website",
    ],
)  # fmt: skip
def test_what_telegram_itself_reports_needs_no_answer(name: str, person: Person) -> None:
    assert person.send(**{name: {}}) == []


def test_a_bot_is_not_answered(person: Person, door: TelegramDoor) -> None:
    assert person.update({"message": {**person.message(text="hi"), "from": BOT}}) == []
    assert door.texts == []


def test_a_group_gets_one_friendly_line_and_is_left(person: Person, server: TelegramServer, door: TelegramDoor) -> None:
    added = {"chat": GROUP, "from": {"id": 1}, "date": 1, "new_chat_member": {"status": "member", "user": BOT}}
    person.update({"my_chat_member": added})
    for text in ("my groin hurts", "/start@psoas_test_bot"):
        person.update({"message": {**person.message(text=text), "chat": GROUP}})
    person.update({"my_chat_member": {**added, "new_chat_member": {"status": "left", "user": BOT}}})
    assert [shown.text for shown in server.seen(GROUP["id"])] == [TEXTS.lines["group"]]
    assert "leaveChat" in server.methods()
    assert door.texts == []


def test_a_channel_is_not_answered(person: Person, server: TelegramServer, door: TelegramDoor) -> None:
    channel = {"id": -1009, "type": "channel", "title": "News"}
    for kind in ("channel_post", "edited_channel_post", "message"):
        person.update({kind: {"message_id": 1, "date": 1, "chat": channel, "text": "hi", "sender_chat": channel}})
    person.update({"my_chat_member": {"chat": channel, "new_chat_member": {"status": "administrator"}}})
    assert server.seen(channel["id"]) == []
    assert door.texts == []


def test_somebody_who_blocks_the_bot_is_forgotten(person: Person, door: TelegramDoor) -> None:
    person.say("hi")
    person.tap("Groin")
    status = {"chat": {"id": person.chat, "type": "private"}, "new_chat_member": {"status": "kicked", "user": BOT}}
    assert person.update({"my_chat_member": status}) == []
    wait_for(lambda: door.received[0].sender_id.encode() not in kept_in(door.folder))


def test_an_answer_to_somebody_who_blocked_the_bot_is_dropped(person: Person, server: TelegramServer) -> None:
    server.blocked.add(person.chat)
    before = len(server.calls)
    assert person.say("hi") == []
    assert [method for _, method, _ in server.calls[before:]] == ["sendMessage"]


@pytest.mark.parametrize(
    "name",
    [
        "inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query", "poll", "poll_answer", "chat_member",
        "chat_join_request", "message_reaction", "message_reaction_count", "chat_boost", "removed_chat_boost",
        "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
        "purchased_paid_media", "managed_bot",
    ],
)  # fmt: skip
def test_updates_of_other_kinds_are_let_be(name: str, person: Person, door: TelegramDoor) -> None:
    assert person.update({name: {"id": "1", "from": {"id": person.chat}, "text": "hi"}}) == []
    assert door.texts == []


def test_a_tap_without_its_message_is_answered(person: Person, server: TelegramServer) -> None:
    server.toasts["inline"] = {}
    person.update({"callback_query": {"id": "inline", "from": {"id": 1}, "inline_message_id": "1", "data": "x:1"}})
    wait_for(lambda: server.toasts["inline"])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b"7", b'"x"', b"{}", b'{"update_id": null}', b'{"update_id": "9"}', b'{"update_id": true}',
        b'{"update_id": 1e400}', b'{"update_id": 99999999999999999999999}', b"[" * 50_000, b"\xff\xfe",
        b'{"message": {"text": 1}}',
        b'{"update_id": 1, "message": []}', b'{"update_id": 2, "message": {"chat": {"id": "x", "type": "private"}}}',
        b'{"update_id": 3, "message": {"chat": {"id": 5, "type": ["private"]}, "text": {}}}',
        b'{"update_id": 4, "callback_query": {"id": 7}}', b'{"update_id": 5, "my_chat_member": {"chat": null}}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_taken_and_dropped(
    body: bytes, person: Person, door: TelegramDoor, server: TelegramServer
) -> None:
    reply = requests.post(door.address, data=body, headers={HEADER: server.webhook["secret_token"]}, timeout=10)
    assert (reply.status_code, reply.content) == (200, b"")
    assert person.say("result") != []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from("message edited_message callback_query my_chat_member chat id type text caption from data voice".split())
        | st.text(max_size=5), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_any_json_at_all_is_read_or_left(update: object) -> None:
    assert isinstance(read_update(update, TEXTS.commands), Incoming | None)
    number_of(update)


@given(st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]), JSON)
def test_any_content_of_a_known_kind_is_read_or_left(kind: str, content: object) -> None:
    private = {"chat": {"id": 5, "type": "private"}, **(content if isinstance(content, dict) else {})}
    assert isinstance(read_update({kind: private}, TEXTS.commands), Incoming | None)


def test_every_line_that_an_update_can_name_is_written(tmp_path: Path) -> None:
    from assistant.channels.telegram.updates import CONTENTS

    assert {*CONTENTS.values(), "only_text", "empty", "forwarded", "edited"} <= set(TEXTS.lines)
