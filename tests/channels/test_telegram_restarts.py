"""The Telegram door across restarts, after a crash, and when it fetches its updates itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from scripted_bot import ScriptedBot
from telegram_door import TelegramDoor, connect, open_telegram, person_of
from telegram_person import wait_for
from telegram_rules import Fault
from telegram_server import HEADER, TelegramServer, telegram

from assistant.channels.telegram import polling as telegram_polling
from assistant.channels.telegram.memory import MOST_UPDATES, Memory, open_base
from assistant.channels.telegram.secrets import Names
from assistant.channels.telegram.texts import telegram_texts

LINES = telegram_texts().lines


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with telegram() as running:
        yield running


def test_an_update_that_comes_again_after_a_restart_is_answered_once(server: TelegramServer, tmp_path: Path) -> None:
    with open_telegram(server, ScriptedBot(), tmp_path) as first:
        person = person_of(server, first)
        person.say("hi")
    with open_telegram(server, ScriptedBot(), tmp_path) as second:
        again = {"update_id": person.sent[0], "message": person.message(text="hi")}
        requests.post(second.address, json=again, headers={HEADER: server.webhook["secret_token"]}, timeout=10)
        person.say("result")
        assert second.texts == ["result"]


def test_the_same_person_is_the_same_sender_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    senders = []
    for _ in range(2):
        with open_telegram(server, ScriptedBot(), tmp_path) as door:
            person = person_of(server, door)
            person.chat = 42
            person.update({"message": {**person.message(text="hi"), "chat": {"id": 42, "type": "private"}}})
            senders.append(door.received[0].sender_id)
    assert senders[0] == senders[1]


def test_sender_ids_differ_by_chat_by_bot_and_by_secret() -> None:
    names = [
        Names(key, bot).sender(chat) for key in (b"a" * 32, b"b" * 32) for bot in ("1", "2") for chat in (1, 2, 12)
    ]
    assert len(set(names)) == len(names)


def test_updates_are_remembered_but_not_for_ever(tmp_path: Path) -> None:
    now = [1_000_000.0]
    base = open_base(tmp_path / "telegram.sqlite", lambda: now[0])
    memory = Memory(base)
    for number in range(1, 120):
        now[0] += 1
        assert memory.take(number, None)
    assert not any(memory.take(number, None) for number in range(1, 120))
    rows = [(number, 0, number, 1) for number in range(1000, 1000 + MOST_UPDATES + 500)]
    for row in rows:
        base.do("INSERT INTO taken (number, chat, at, done) VALUES (?, ?, ?, ?)", row)
    now[0] = 10_000_000.0
    memory.take(1_000_000, None)
    ((count,),) = base.rows("SELECT COUNT(*) FROM taken")
    assert count <= MOST_UPDATES


def test_what_a_crash_left_unanswered_is_owned_up_to_once(server: TelegramServer, tmp_path: Path) -> None:
    first = TelegramDoor(ScriptedBot(pause=30), tmp_path, api_base=server.address)
    first.start()
    connect(server, first)
    person = person_of(server, first)
    server.send({"message": person.message(text="I cannot pee")})
    wait_for(lambda: first.received)
    first.stop(kill=True)
    for _ in range(2):
        with open_telegram(server, ScriptedBot(), tmp_path) as door:
            wait_for(lambda: person.seen())
            person_of(server, door).say("hi")
    assert [shown.text for shown in person.seen()] == [LINES["failed"]]


def polling_door(server: TelegramServer, folder: Path) -> TelegramDoor:
    return TelegramDoor(ScriptedBot(), folder, api_base=server.address, polling=True)


def test_polling_fetches_each_update_once_and_goes_on_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    server.webhook = {"url": "https://old.example/", "secret_token": "x"}
    with open_telegram(server, ScriptedBot(), tmp_path, polling=True) as first:
        wait_for(lambda: server.polls)
        person = person_of(server, first)
        assert "Where do you feel it?" in person.say("hi")[0].text
        person.tap("Groin")
        assert "What does walking do" in person.tap("Done")[0].text
        assert first.texts == ["hi", "groin"]
    with open_telegram(server, ScriptedBot(), tmp_path, polling=True) as second:
        person.say("result")
        assert second.texts == ["result"]


def test_polling_outlasts_errors_and_a_second_bot(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_polling, "SOMEBODY_ELSE", 0.05)
    conflict = '{"ok": false, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}'
    for status, body in ((502, ""), (409, conflict), (200, '{"ok": true, "result": 7}')):
        server.faults.append(Fault(status, body, method="getUpdates"))
    with open_telegram(server, ScriptedBot(), tmp_path, polling=True) as door:
        assert person_of(server, door).say("hi") != []
    assert not server.faults


def test_only_one_process_polls(server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with open_telegram(server, ScriptedBot(), tmp_path, polling=True):
        wait_for(lambda: server.polls)
        second = polling_door(server, tmp_path)
        second.start()
        wait_for(lambda: "another process fetches the updates" in caplog.text)
        second.stop()


def test_polling_outlasts_a_state_folder_that_cannot_be_written(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(telegram_polling, "DISK_FULL", 0.1)
    with open_telegram(server, ScriptedBot(), tmp_path, polling=True) as door:
        person = person_of(server, door)
        with closing(sqlite3.connect(tmp_path / "telegram.sqlite")) as base:
            base.execute("ALTER TABLE taken RENAME TO away")
            server.send({"message": person.message(text="hi")})
            wait_for(lambda: "could not be noted down" in caplog.text)
            base.execute("ALTER TABLE away RENAME TO taken")
        wait_for(lambda: len(person.seen()) == 1)
        assert door.texts == ["hi"]
