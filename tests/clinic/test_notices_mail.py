"""Mails against a real SMTP server (aiosmtpd): encrypted, signed in, to everybody, with nothing in them that was said."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRWPair
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import quote

import pytest
from sqlalchemy.engine import Engine

from assistant.clinic.notices.faults import FaultError, code_of
from assistant.clinic.notices.letter import Letter
from assistant.clinic.notices.mail import mail
from assistant.clinic.notices.sending import Pace, send_due
from assistant.clinic.notices.settings import MailServer, hooks_of
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.notice_servers import PASSWORD, USER, Mailbox, certificate, mailing
from tests.clinic.noticing import AT_ONCE, LATER, emergency, kept
from tests.clinic.talking import Talker, keep_all, simple

LETTER = Letter("n-1", "raised", "c-1", "urgent", "withheld", "2026-09-21T14:00:00+00:00", "", "")
ONCE = Pace(tries=1)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(autouse=True)
def addressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """From whom to whom; the server is named by `_at`, its certificate known by the test."""
    monkeypatch.setenv("PSOAS_MAIL_FROM", "psoas@clinic.example")
    monkeypatch.setenv("PSOAS_MAIL_TO", "duty@clinic.example, lead@clinic.example")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)


def _at(monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox, scheme: str = "smtp", login: bool = False) -> None:
    user = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@" if login else ""
    monkeypatch.setenv("PSOAS_MAIL_SERVER", f"{scheme}://{user}127.0.0.1:{mailbox.port}")


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
@pytest.mark.parametrize("login", [True, False])
def test_a_mail_goes_encrypted_and_signed_in(
    engine: Engine, own: Path, monkeypatch: pytest.MonkeyPatch, tls: str, login: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    with mailing(Mailbox(), own, tls, login) as mailbox:
        _at(monkeypatch, mailbox, "smtps" if tls == "smtps" else "smtp", login)
        emergency(engine)
        assert send_due(engine, hooks_of()) == {"sent": 1}
    assert mailbox.encrypted == [True]
    assert mailbox.users == [USER if login else None]
    assert mailbox.to == [["duty@clinic.example", "lead@clinic.example"]]


def test_a_mail_tells_what_to_do_and_nothing_that_was_said(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_CLINIC_ADDRESS", "https://clinic.example/hip")
    with mailing(Mailbox()) as mailbox:
        _at(monkeypatch, mailbox)
        emergency(engine, text="zygomatic quokka")
        send_due(engine, hooks_of())
    (message,) = mailbox.mails
    (notice,) = kept(engine)
    text = message.get_content()
    assert message["Subject"] == f"EMERGENCY: case {notice.case_id}"
    assert (message["From"], message["To"]) == ("psoas@clinic.example", "duty@clinic.example, lead@clinic.example")
    assert message["Message-ID"] == f"<{notice.id}@clinic.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "emergency care now" in text
    assert f"https://clinic.example/hip/clinic/cases/{notice.case_id}" in text
    assert "2026-09-21T14:14:20+00:00" in text
    assert "quokka" not in message.as_string()


def test_where_the_clinic_chose_so_the_mail_tells_the_signs_in_the_persons_words(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge, reader: Reader
) -> None:
    monkeypatch.setenv("PSOAS_NOTICE_TEXT", "summary")
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    with mailing(Mailbox()) as mailbox:
        _at(monkeypatch, mailbox)
        keep_all(engine, [Talker(knowledge, reader).say("I went numb between my legs yesterday")])
        assert send_due(engine, hooks_of()) == {"sent": 1}
    text = mailbox.mails[0].get_content()
    assert "“I went numb between my legs yesterday” (turn 1)" in text
    assert "WARNING SIGNS" in text
    assert len(text.splitlines()) < 40, "the summary is short"


def test_a_case_that_is_not_grave_sends_no_mail(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with mailing(Mailbox()) as mailbox:
        _at(monkeypatch, mailbox)
        keep_all(engine, [simple("a", 1), simple("b", 2, care="clinician")])
        assert send_due(engine, hooks_of()) == {}
    assert mailbox.mails == []


def test_a_server_whose_certificate_is_not_known_gets_neither_password_nor_mail(
    engine: Engine, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tls, scheme in (("starttls", "smtp"), ("smtps", "smtps")):
        with mailing(Mailbox(), own, tls, login=True) as mailbox:
            _at(monkeypatch, mailbox, scheme, login=True)
            emergency(engine, tls)
            assert send_due(engine, hooks_of(), ONCE) == {"dead": 1}
        assert (mailbox.mails, mailbox.users) == ([], [])
    assert {notice.last_fault for notice in kept(engine)} == {"certificate"}


def test_a_server_elsewhere_without_starttls_is_refused_before_anything_is_said() -> None:
    with mailing(Mailbox()) as mailbox:
        there = MailServer("127.0.0.1", mailbox.port, False, True, USER, PASSWORD, "a@b.example", ("c@d.example",))
        with pytest.raises(FaultError, match="no_starttls"):
            mail(there, LETTER)
    assert mailbox.mails == []


@pytest.mark.parametrize(("answer", "fault"), [("450 later", "smtp_450"), ("554 no", "smtp_554")])
def test_a_mail_that_was_not_taken_is_tried_again_with_the_same_id(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, answer: str, fault: str
) -> None:
    with mailing(Mailbox(answers=[answer])) as mailbox:
        _at(monkeypatch, mailbox)
        emergency(engine)
        assert send_due(engine, hooks_of(), Pace(first=0.3)) == {"failed": 1}
        assert (kept(engine)[0].state, kept(engine)[0].last_fault) == ("waiting", fault)
        time.sleep(0.4)
        assert send_due(engine, hooks_of()) == {"sent": 1}
    assert [message["Message-ID"] for message in mailbox.mails] == [f"<{kept(engine)[0].id}@clinic.example>"]


def test_a_wrong_password_is_a_fault_that_tells_no_password(
    engine: Engine, own: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    with mailing(Mailbox(), own, "starttls", login=True) as mailbox, caplog.at_level("DEBUG"):
        _at(monkeypatch, mailbox)
        monkeypatch.setenv("PSOAS_MAIL_SERVER", f"smtp://clinic:hunter2hunter2@127.0.0.1:{mailbox.port}")
        emergency(engine)
        assert send_due(engine, hooks_of(), ONCE) == {"dead": 1}
    assert kept(engine)[0].last_fault == "smtp_535"
    logged = repr([vars(record) for record in caplog.records if record.name.startswith("assistant")])
    assert "smtp_535" in logged
    assert "hunter2" not in logged + repr(hooks_of())


def test_one_refused_recipient_does_not_keep_the_mail_from_the_others(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mailing(Mailbox(refused=("lead@clinic.example",))) as mailbox:
        _at(monkeypatch, mailbox)
        emergency(engine)
        assert send_due(engine, hooks_of()) == {"sent": 1}
        assert mailbox.to == [["duty@clinic.example"]]
        assert kept(engine)[0].last_fault == "some_recipients_refused"
        mailbox.refused = ("lead@clinic.example", "duty@clinic.example")
        emergency(engine, "b", 2)
        assert send_due(engine, hooks_of(), LATER) == {"failed": 1}
    assert "recipients_refused" in [notice.last_fault for notice in kept(engine)]
    assert len(mailbox.mails) == 1


def test_a_server_that_takes_the_mail_and_then_hangs_up_got_it_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _curt() as (port, got):
        monkeypatch.setenv("PSOAS_MAIL_SERVER", f"smtp://127.0.0.1:{port}")
        emergency(engine)
        assert send_due(engine, hooks_of(), AT_ONCE) == {"sent": 1}
    assert len(got) == 1


@contextmanager
def _curt(end: bool = True) -> Iterator[tuple[int, list[bytes]]]:
    """A server that speaks just enough SMTP to take a mail, and hangs up instead of a goodbye; or (end false) says a letter now
    and then."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            line, _ = server.accept()
            with line, line.makefile("rwb") as file:
                _say(file, b"220 hello\r\n")
                while said := file.readline().upper():
                    if said.startswith(b"MAIL") and not end:
                        _trickle(line)
                        return
                    if said.startswith(b"QUIT"):
                        return
                    _say(file, b"354 go on\r\n" if said.startswith(b"DATA") else b"250 ok\r\n")
                    if said.startswith(b"DATA"):
                        got.append(b"".join(iter(file.readline, b".\r\n")))
                        _say(file, b"250 taken\r\n")

        threading.Thread(target=talk, daemon=True).start()
        yield server.getsockname()[1], got


def _say(file: BufferedRWPair, line: bytes) -> None:
    file.write(line)
    file.flush()


def _trickle(line: socket.socket) -> None:
    try:
        for _ in range(80):
            line.sendall(b"2")
            time.sleep(0.1)
    except OSError:
        pass


def test_a_server_that_answers_a_letter_at_a_time_is_left_in_time() -> None:
    with _curt(end=False) as (port, _):
        there = MailServer("127.0.0.1", port, False, False, "", "", "a@b.example", ("c@d.example",))
        began = time.monotonic()
        with pytest.raises(FaultError, match="timed_out"):
            mail(there, LETTER, timeout=5, whole=0.6)
        assert time.monotonic() - began < 3


def test_a_server_that_is_away_is_named_by_a_code() -> None:
    there = MailServer("127.0.0.1", 9, False, False, "", "", "a@b.example", ("c@d.example",))
    with pytest.raises(OSError) as fault:  # noqa: PT011
        mail(there, LETTER)
    assert code_of(fault.value) == "refused"


def test_a_server_that_says_nothing_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        there = MailServer("127.0.0.1", silent.getsockname()[1], False, False, "", "", "a@b.example", ("c@d.example",))
        with pytest.raises((OSError, SMTPException)) as fault:
            mail(there, LETTER, timeout=0.3)
    assert code_of(fault.value) == "timed_out"
