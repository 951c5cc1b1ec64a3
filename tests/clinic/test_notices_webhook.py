"""Webhooks against a real HTTP server: signed as the guide says, tried again after every fault, never sent elsewhere."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from assistant.clinic.notices.faults import FaultError, code_of
from assistant.clinic.notices.letter import Letter
from assistant.clinic.notices.sending import Pace, send_due
from assistant.clinic.notices.settings import Webhook, hooks_of
from assistant.clinic.notices.webhook import asked_to_wait, post
from tests.clinic.notice_servers import Answer, Receiver, certificate, receiving
from tests.clinic.noticing import AT_ONCE, LATER, OTHER_SECRET, SECRET, emergency, kept, opened

LETTER = Letter("n-1", "raised", "c-1", "urgent", "withheld", "2026-09-21T14:00:00+00:00", "", "")


def test_a_case_arrives_signed_with_nothing_in_it_but_what_the_guide_names(
    engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_CLINIC_ADDRESS", "https://clinic.example/")
    emergency(engine)
    assert send_due(engine, hooks_of()) == {"sent": 1}
    (request,) = receiver.received
    (notice,) = kept(engine)
    case = notice.case_id
    link = f"https://clinic.example/clinic/cases/{case}"
    assert (request.method, request.path) == ("POST", "/hook?from=psoas")
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Webhook-Id"] == notice.id
    assert opened()(request.headers, request.body, SECRET) == {
        "type": "case.finished",
        "timestamp": "2026-09-21T14:14:20+00:00",
        "data": {"case": case, "care": "emergency", "walking": "withheld", "link": link},
    }
    assert (notice.state, notice.tries, notice.last_fault) == ("sent", 1, "")
    assert send_due(engine, hooks_of()) == {}
    assert len(receiver.received) == 1


def test_another_secret_another_body_and_an_old_time_are_refused_by_the_guides_check(
    engine: Engine, receiver: Receiver
) -> None:
    emergency(engine)
    send_due(engine, hooks_of())
    (request,) = receiver.received
    old = {**request.headers, "Webhook-Timestamp": str(int(time.time()) - 301)}
    for headers, body, secret in (
        (request.headers, request.body, OTHER_SECRET),
        (request.headers, request.body.replace(b"emergency", b"self_care"), SECRET),
        ({**request.headers, "Webhook-Id": "n-2"}, request.body, SECRET),
        (old, request.body, SECRET),
    ):
        with pytest.raises(ValueError, match="not signed"):
            opened()(headers, body, secret)


def test_a_request_that_is_played_again_after_five_minutes_is_refused(
    engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    emergency(engine)
    send_due(engine, hooks_of())
    (request,) = receiver.received
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 302)
    with pytest.raises(ValueError, match="too old"):
        opened()(request.headers, request.body, SECRET)


def test_while_secrets_change_both_sign(engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_WEBHOOK_SECRET", f"{OTHER_SECRET} {SECRET}")
    emergency(engine)
    send_due(engine, hooks_of())
    (request,) = receiver.received
    for secret in (SECRET, OTHER_SECRET):
        assert opened()(request.headers, request.body, secret)["type"] == "case.finished"


def test_every_try_has_the_same_id_and_body_and_a_time_of_its_own(engine: Engine, receiver: Receiver) -> None:
    receiver.answers = [Answer(500, wait=1.1), Answer(503)]
    emergency(engine)
    assert send_due(engine, hooks_of(), AT_ONCE) == {"failed": 2, "sent": 1}
    first, _, last = receiver.received
    assert first.headers["Webhook-Id"] == last.headers["Webhook-Id"]
    assert first.body == last.body
    assert int(first.headers["Webhook-Timestamp"]) < int(last.headers["Webhook-Timestamp"])
    assert opened()(last.headers, last.body, SECRET)
    assert (kept(engine)[0].state, kept(engine)[0].tries) == ("sent", 3)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 502, 503])
def test_any_other_answer_is_a_fault_that_is_tried_again(engine: Engine, receiver: Receiver, status: int) -> None:
    receiver.usual = Answer(status, {"Location": receiver.url.replace("hook", "elsewhere")})
    emergency(engine)
    before = time.time()
    assert send_due(engine, hooks_of(), LATER) == {"failed": 1}
    (notice,) = kept(engine)
    assert (notice.state, notice.tries, notice.last_fault) == ("waiting", 1, f"http_{status}")
    assert before + 25 <= notice.due_at <= time.time() + 50
    assert [request.path for request in receiver.received] == ["/hook?from=psoas"], "no redirect is followed"


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_answer_of_success_is_one(engine: Engine, receiver: Receiver, status: int) -> None:
    receiver.usual = Answer(status, {"Content-Length": "0"})
    emergency(engine)
    assert send_due(engine, hooks_of()) == {"sent": 1}


@pytest.mark.parametrize(("asked", "least", "most"), [("120", 120, 121), ("date", 118, 121), ("9999999", 21600, 21601)])
def test_who_asks_to_be_left_alone_is(engine: Engine, receiver: Receiver, asked: str, least: int, most: int) -> None:
    later = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=120), usegmt=True)
    receiver.usual = Answer(429, {"Retry-After": later if asked == "date" else asked})
    emergency(engine)
    before = time.time()
    send_due(engine, hooks_of(), LATER)
    assert before + least <= kept(engine)[0].due_at <= time.time() + most


@pytest.mark.parametrize(
    "odd", [None, "", "soon", "-5", "1.5", "²", "Wed, 99 Foo 2026", "Mon, 01 Jan 0001 00:00:00 GMT"]
)
def test_an_odd_wish_to_wait_is_no_wish(odd: str | None) -> None:
    assert asked_to_wait(odd, time.time()) == 0.0


def test_it_is_given_up_after_the_last_try(engine: Engine, receiver: Receiver) -> None:
    receiver.usual = Answer(500)
    emergency(engine)
    assert send_due(engine, hooks_of(), AT_ONCE) == {"failed": 2, "dead": 1}
    assert len(receiver.received) == 3
    assert (kept(engine)[0].state, kept(engine)[0].last_fault) == ("dead", "http_500")
    assert send_due(engine, hooks_of(), AT_ONCE) == {}


def test_the_wait_doubles_with_jitter_up_to_four_hours_and_lasts_about_a_day() -> None:
    pace = Pace()
    for tries, step in ((1, 10), (2, 20), (5, 160), (18, 4 * 3600)):
        waits = [pace.wait(tries) for _ in range(200)]
        assert step / 2 <= min(waits) < max(waits) <= step
        assert max(waits) - min(waits) > step / 4
    total = sum(pace.wait(tries) for tries in range(1, pace.tries))
    assert 15 * 3600 < total < 40 * 3600


def _fault(hook: Webhook, **limits: float) -> str:
    with pytest.raises((FaultError, OSError)) as fault:
        post(hook, LETTER, **limits)
    return code_of(fault.value)


def test_a_server_that_does_not_answer_is_left_in_time(receiver: Receiver) -> None:
    hook = hooks_of().webhook
    assert hook is not None
    receiver.answers = [Answer(wait=3)]
    began = time.monotonic()
    assert _fault(hook, timeout=0.3) == "timed_out"
    assert time.monotonic() - began < 2


def test_a_server_that_answers_a_letter_at_a_time_is_left_in_time(receiver: Receiver) -> None:
    hook = hooks_of().webhook
    assert hook is not None
    receiver.answers = [Answer(drip=0.1)]
    began = time.monotonic()
    assert _fault(hook, timeout=5, whole=0.6) == "timed_out"
    assert time.monotonic() - began < 3


def test_a_server_that_is_away_or_unknown_is_named_by_a_code() -> None:
    assert _fault(Webhook("127.0.0.1", 9, "/", False, (b"k" * 24,))) == "refused"
    assert _fault(Webhook("nowhere.invalid", 80, "/", False, (b"k" * 24,))) == "unknown_host"


def test_over_tls_a_certificate_is_asked_for_and_must_be_known(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = certificate(tmp_path)
    monkeypatch.setenv("PSOAS_WEBHOOK_SECRET", SECRET)
    with receiving(Receiver(), own) as receiver:
        monkeypatch.setenv("PSOAS_WEBHOOK_URL", receiver.url)
        emergency(engine)
        assert send_due(engine, hooks_of(), Pace(first=0, tries=2)) == {"failed": 1, "dead": 1}
        assert kept(engine)[0].last_fault == "certificate"
        assert receiver.received == []
        emergency(engine, "b", 2)
        monkeypatch.setenv("SSL_CERT_FILE", str(own))
        assert send_due(engine, hooks_of()) == {"sent": 1}
        assert opened()(receiver.received[0].headers, receiver.received[0].body, SECRET)
