"""Sending by several processes at once, through crashes and outages: each notice arrives, and no two senders send the same."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic.notices import sending
from assistant.clinic.notices.sending import Pace, send_due, send_forever
from assistant.clinic.notices.settings import hooks_of
from assistant.errors import InputError
from tests.clinic.notice_servers import Answer, Mailbox, Receiver, mailing
from tests.clinic.noticing import AT_ONCE, SECRET, emergency, kept
from tests.clinic.talking import keep_all, simple

PEOPLE = 60


@contextmanager
def sender(url: str, lease: float) -> Iterator[subprocess.Popen[bytes]]:
    """A process that sends, killed at the end."""
    command = [sys.executable, "-m", "tests.clinic.notice_sender", url, str(lease)]
    with subprocess.Popen(command, env=os.environ.copy()) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_until_sent(engine: Engine, count: int, seconds: float = 40.0) -> None:
    until = time.monotonic() + seconds
    while sum(notice.state == "sent" for notice in kept(engine)) < count:
        assert time.monotonic() < until, [notice.last_fault for notice in kept(engine)]
        time.sleep(0.05)


def test_several_processes_send_each_notice_once(url: str, engine: Engine, receiver: Receiver) -> None:
    keep_all(engine, [simple(f"person {number}", number) for number in range(1, PEOPLE + 1)])
    receiver.usual = Answer(204, wait=0.02)
    with sender(url, 60), sender(url, 60), sender(url, 60):
        _wait_until_sent(engine, PEOPLE)
    ids = [request.headers["Webhook-Id"] for request in receiver.received]
    assert sorted(ids) == sorted(notice.id for notice in kept(engine))
    assert {notice.tries for notice in kept(engine)} == {1}


def test_a_sender_that_is_killed_at_any_moment_loses_nothing(url: str, engine: Engine, receiver: Receiver) -> None:
    keep_all(engine, [simple(f"person {number}", number) for number in range(1, PEOPLE + 1)])
    receiver.usual = Answer(204, wait=0.03)
    chance, kills = random.Random(6), 0
    while any(notice.state == "waiting" for notice in kept(engine)) and kills < 40:
        heard = len(receiver.received)
        with sender(url, 1.0) as process:
            receiver.wait_for(heard + 1)
            time.sleep(chance.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
            kills += process.wait() == -signal.SIGKILL
    assert kills > 2
    assert {notice.state for notice in kept(engine)} == {"sent"}
    assert {request.headers["Webhook-Id"] for request in receiver.received} == {notice.id for notice in kept(engine)}
    bodies = {(request.headers["Webhook-Id"], request.body) for request in receiver.received}
    assert len(bodies) == PEOPLE, "what came twice came with the same id and body"


def test_a_notice_in_flight_when_its_sender_died_is_sent_by_another(
    url: str, engine: Engine, receiver: Receiver
) -> None:
    emergency(engine)
    receiver.answers = [Answer(204, wait=5)]
    with sender(url, 1.0) as process:
        receiver.wait_for(1)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert kept(engine)[0].state == "waiting"
    with sender(url, 1.0):
        _wait_until_sent(engine, 1)
    first, second = receiver.received
    assert first.headers["Webhook-Id"] == second.headers["Webhook-Id"]
    assert kept(engine)[0].tries == 2


def test_a_mail_server_that_hangs_holds_no_webhook_up(
    engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_MAIL_FROM", "a@b.example")
    monkeypatch.setenv("PSOAS_MAIL_TO", "c@d.example")
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("PSOAS_MAIL_SERVER", f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        for number in range(1, 9):
            emergency(engine, f"person {number}", number)
        args = (engine, hooks_of(), stop, Pace(look_every=0.05))
        sending = threading.Thread(target=send_forever, args=args, daemon=True)
        sending.start()
        receiver.wait_for(8, seconds=5)
        stop.set()
        mails = [notice for notice in kept(engine) if notice.target == "mail"]
        assert [notice.state for notice in mails] == ["waiting"] * 8
        assert any(notice.tries for notice in mails)
    sending.join(15)
    assert not sending.is_alive()


def test_both_targets_are_told_each_in_its_own_way(
    engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mailing(Mailbox()) as mailbox:
        monkeypatch.setenv("PSOAS_MAIL_SERVER", f"smtp://127.0.0.1:{mailbox.port}")
        monkeypatch.setenv("PSOAS_MAIL_FROM", "a@b.example")
        monkeypatch.setenv("PSOAS_MAIL_TO", "c@d.example")
        emergency(engine)
        receiver.usual = Answer(500)
        assert send_due(engine, hooks_of()) == {"failed": 1, "sent": 1}
    assert len(mailbox.mails) == 1
    assert {notice.target: notice.state for notice in kept(engine)} == {"mail": "sent", "webhook": "waiting"}


def test_a_process_that_serves_sends_by_itself(engine: Engine, receiver: Receiver) -> None:
    stop = sending.start(engine)
    emergency(engine)
    receiver.wait_for(1)
    _wait_until_sent(engine, 1)
    stop.set()


def test_nothing_begins_where_nothing_is_set_and_an_odd_setting_stops_the_start(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = threading.active_count()
    sending.start(engine)
    assert threading.active_count() == before
    monkeypatch.setenv("PSOAS_WEBHOOK_URL", "nonsense")
    with pytest.raises(InputError, match="PSOAS_WEBHOOK_URL"):
        sending.start(engine)


def test_a_setting_that_is_odd_never_keeps_a_turn_from_being_kept(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_WEBHOOK_URL", "nonsense")
    emergency(engine)
    assert [notice.target for notice in kept(engine)] == ["webhook"]


def test_what_was_forgotten_before_it_was_tried_again_is_not_sent(engine: Engine, receiver: Receiver) -> None:
    receiver.answers = [Answer(500)]
    emergency(engine)
    assert send_due(engine, hooks_of(), Pace(first=0.2)) == {"failed": 1}
    with engine.begin() as connection:
        ledger.forget(connection, "a")
    time.sleep(0.3)
    assert send_due(engine, hooks_of()) == {}
    assert len(receiver.received) == 1


def test_forgetting_waits_for_no_receiver(engine: Engine, receiver: Receiver) -> None:
    receiver.answers = [Answer(204, wait=4)]
    emergency(engine)
    sending = threading.Thread(target=send_due, args=(engine, hooks_of()))
    sending.start()
    receiver.wait_for(1)
    began = time.monotonic()
    with engine.begin() as connection:
        ledger.forget(connection, "a")
    assert time.monotonic() - began < 2
    sending.join()
    assert kept(engine) == []


def test_log_lines_name_the_notice_and_no_word_address_or_secret(
    engine: Engine, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.usual = Answer(500)
    emergency(engine, text="zygomatic quokka")
    with caplog.at_level("DEBUG"):
        send_due(engine, hooks_of(), AT_ONCE)
    logged = repr([{**vars(record)} for record in caplog.records])
    assert "http_500" in logged
    assert kept(engine)[0].id in logged
    assert not [word for word in ("quokka", SECRET[6:], "hook?from") if word in logged]


def test_a_database_that_is_away_for_a_while_only_delays(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.clinic.notices.sending.AWAY", 0.1)
    engine = ledger.ready(f"sqlite:///{tmp_path / 'psoas.db'}")
    emergency(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE notices RENAME TO away")
    stop = threading.Event()
    args = (engine, hooks_of(), stop, Pace(look_every=0.05))
    sending = threading.Thread(target=send_forever, args=args, daemon=True)
    sending.start()
    time.sleep(0.4)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO notices")
    receiver.wait_for(1)
    stop.set()
    sending.join(10)
    engine.dispose()
