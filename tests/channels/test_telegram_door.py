"""The Telegram door as Telegram's servers meet it: secrets, repeats, restarts, polling, and no network at all."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from rasa.core.channels.channel import UserMessage
from scripted_bot import ScriptedBot
from telegram_door import TelegramDoor, open_telegram, person_of
from telegram_person import Person, wait_for
from telegram_rules import Fault, too_many
from telegram_server import HEADER, TOKEN, TelegramServer, telegram

from assistant.channels.telegram.texts import telegram_texts

LINES = telegram_texts().lines


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with telegram() as running:
        yield running


@pytest.fixture
def door(server: TelegramServer, tmp_path: Path) -> Iterator[TelegramDoor]:
    with open_telegram(server, ScriptedBot(), tmp_path) as running:
        yield running


@pytest.mark.parametrize("secret", [None, "", "x", TOKEN, "A" * 64, "é", "\xff" * 64])
def test_without_the_secret_nothing_gets_in(secret: str | None, door: TelegramDoor, server: TelegramServer) -> None:
    person = person_of(server, door)
    headers = {} if secret is None else {HEADER: secret.encode()}
    update = {"update_id": 1, "message": person.message(text="hi")}
    reply = requests.post(door.address, json=update, headers=headers, timeout=10)
    assert (reply.status_code, reply.content) == (403, b"")
    assert door.texts == []


def test_the_secret_of_the_credentials_is_the_one_that_counts(server: TelegramServer, tmp_path: Path) -> None:
    with open_telegram(server, ScriptedBot(), tmp_path, secret_token="chosen-by-the-clinic") as door:
        person = person_of(server, door)
        server.send({"message": person.message(text="hi")})
        assert {status for _, status in server.deliveries} == {403}
        server.webhook["secret_token"] = "chosen-by-the-clinic"
        assert person.say("hi") != []


def test_telegram_is_answered_before_the_bot_has_thought(server: TelegramServer, tmp_path: Path) -> None:
    with open_telegram(server, ScriptedBot(pause=1.0), tmp_path) as door:
        person = person_of(server, door)
        begun = time.monotonic()
        number = server.send({"message": person.message(text="hi")})
        assert time.monotonic() - begun < 0.6
        wait_for(lambda: person.answered(number))
        assert len(person.seen()) == 1


def test_a_button_stops_spinning_while_the_bot_still_thinks(server: TelegramServer, tmp_path: Path) -> None:
    bot = ScriptedBot()
    with open_telegram(server, bot, tmp_path) as door:
        person = person_of(server, door)
        person.say("rich")
        bot.pause = 1.0
        begun = time.monotonic()
        server.send(person.tapping("Show my plan"))
        person.toast()
        assert time.monotonic() - begun < 0.8


def test_messages_of_one_chat_are_answered_in_order(door: TelegramDoor, server: TelegramServer) -> None:
    pauses = {"1": 0.3, "2": 0.0, "3": 0.1}

    async def bot(message: UserMessage) -> None:
        await asyncio.sleep(pauses[str(message.text)])
        await message.output_channel.send_response(message.sender_id, {"text": f"answer {message.text}"})

    door.bot = bot
    person = person_of(server, door)
    numbers = [server.send({"message": person.message(text=text)}) for text in pauses]
    wait_for(lambda: all(map(person.answered, numbers)))
    assert [shown.text for shown in person.seen()] == ["answer 1", "answer 2", "answer 3"]


def test_one_chat_does_not_hold_up_another(door: TelegramDoor, server: TelegramServer) -> None:
    slow, quick = person_of(server, door), person_of(server, door)

    async def bot(message: UserMessage) -> None:
        await asyncio.sleep(1.0 if message.text == "slow" else 0)
        await message.output_channel.send_response(message.sender_id, {"text": "answer"})

    door.bot = bot
    server.send({"message": slow.message(text="slow")})
    assert len(quick.say("quick")) == 1
    assert slow.seen() == []


def test_an_update_that_comes_twice_is_answered_once(door: TelegramDoor, server: TelegramServer) -> None:
    person = person_of(server, door)
    update = {"update_id": 77, "message": person.message(text="hi")}
    for _ in range(3):
        headers = {HEADER: server.webhook["secret_token"]}
        assert requests.post(door.address, json=update, headers=headers, timeout=10).status_code == 200
    wait_for(lambda: person.answered(77))
    assert door.texts == ["hi"]


def test_the_door_opens_without_network_and_sets_its_webhook_later(server: TelegramServer, tmp_path: Path) -> None:
    server.faults.extend([Fault(drop=True)] * 3)
    door = TelegramDoor(ScriptedBot(), tmp_path, api_base=server.address, webhook_url="https://clinic.example")
    begun = time.monotonic()
    door.start()
    assert time.monotonic() - begun < 3
    assert requests.get(door.address.removesuffix("webhook"), timeout=5).json() == {"status": "ok"}
    wait_for(lambda: server.webhook)
    assert server.webhook["url"] == "https://clinic.example/webhooks/telegram/webhook"
    assert server.webhook["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert server.webhook["max_connections"] == 1
    door.stop()


def test_a_token_that_telegram_refuses_leaves_the_server_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with telegram() as server:
        token = "999:" + "refused-by-telegram-itself"
        door = TelegramDoor(ScriptedBot(), tmp_path, api_base=server.address, token=token, polling=True)
        door.start()
        wait_for(lambda: "the Telegram door is closed" in caplog.text)
        assert requests.get(door.address.removesuffix("webhook"), timeout=5).status_code == 200
        door.stop()
    assert "refused-by-telegram-itself" not in caplog.text


def test_an_answer_waits_out_a_bad_network(door: TelegramDoor, server: TelegramServer) -> None:
    person = person_of(server, door)
    server.faults.extend([Fault(502, "<html>"), Fault(drop=True), too_many(1)])
    (answer,) = person.say("hi")
    assert "Where do you feel it?" in answer.text
    assert door.texts == ["hi"]


def test_marks_that_telegram_cannot_read_cost_only_the_marks(door: TelegramDoor, server: TelegramServer) -> None:
    person = person_of(server, door)
    reason = '{"ok": false, "error_code": 400, "description": "Bad Request: can\'t parse entities: x"}'
    server.faults.append(Fault(400, reason))
    (answer,) = person.say("hi")
    assert answer.source == "Thank you.\n\nWhere do you feel it?"
    assert "Groin" in answer.labels


def test_a_flood_is_turned_away_with_one_line(door: TelegramDoor, server: TelegramServer) -> None:
    person = person_of(server, door)
    numbers = [server.send({"message": person.message(text="result")}) for _ in range(60)]
    wait_for(lambda: all(map(person.answered, numbers)))
    texts = [shown.text for shown in person.seen()]
    assert texts.count(LINES["too_fast"]) == 1
    assert len(door.texts) <= 45


def test_what_is_kept_on_disk_is_for_the_owner_alone(door: TelegramDoor, server: TelegramServer) -> None:
    person_of(server, door).say("hi")
    assert {oct(path.stat().st_mode & 0o077) for path in door.folder.glob("*") if path.suffix != ".lock"} == {"0o0"}


def test_people_who_type_see_only_their_own_chat(door: TelegramDoor, server: TelegramServer) -> None:
    people: list[Person] = [person_of(server, door) for _ in range(5)]
    for person in people:
        person.say("hi")
    assert len({message.sender_id for message in door.received}) == 5
    assert all(len(person.seen()) == 1 for person in people)
