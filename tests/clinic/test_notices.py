"""The outbox: notices are written with the case or not at all, once a change, without a word of anybody, and go with the case."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic.inbox import inbox
from assistant.clinic.notices import outbox
from assistant.clinic.notices.letter import as_body, as_lines, as_subject, letter_of
from assistant.clinic.notices.outbox import Notice
from assistant.clinic.notices.settings import Hooks
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.talking import BEGAN, Talker, keep_all, simple

SADDLE = "I went numb between my legs yesterday"
EMERGENCY: dict[str, Any] = {"care": "emergency", "walking": "withheld", "red_flags": ["saddle_numbness"]}
URGENT: dict[str, Any] = {"care": "urgent", "walking": "withheld"}
MESSAGES = Path(__file__).parent.parent / "messages" / "flags.txt"


@pytest.fixture(autouse=True)
def both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both targets are set; nothing is sent in these tests."""
    monkeypatch.setenv("PSOAS_WEBHOOK_URL", "https://receiver.example/hook")
    monkeypatch.setenv("PSOAS_MAIL_SERVER", "smtp://mail.example")


def kept(engine: Engine) -> list[Notice]:
    """All notices, the oldest first."""
    with engine.connect() as connection:
        return sorted(outbox.listed(connection, None, 10_000), key=lambda notice: (notice.at, notice.target))


def told(engine: Engine) -> list[tuple[str, str, str]]:
    return [(notice.target, notice.kind, notice.care) for notice in kept(engine)]


def claim(engine: Engine, now: float = BEGAN * 2, lease: float = 60, most: int = 5) -> list[Notice]:
    with engine.begin() as connection:
        return outbox.claim(connection, "webhook", now, lease, most)


def test_a_finished_case_is_told_to_the_webhook_and_a_grave_one_by_mail_too(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1), simple("b", 2, **EMERGENCY)])
    assert told(engine) == [
        ("webhook", "finished", "self_care"),
        ("mail", "finished", "emergency"),
        ("webhook", "finished", "emergency"),
    ]


def test_a_real_alert_is_told_in_the_turn_it_is_given_in(engine: Engine, knowledge: Knowledge, reader: Reader) -> None:
    talker = Talker(knowledge, reader)
    keep_all(engine, [talker.say("My hip is tight")])
    assert told(engine) == []
    keep_all(engine, [talker.say(SADDLE)])
    assert told(engine) == [("mail", "finished", "emergency"), ("webhook", "finished", "emergency")]


def test_each_change_is_told_once_and_what_stays_the_same_is_not(engine: Engine) -> None:
    stopped: dict[str, Any] = {"walking": "stop_walking", "care": "clinician"}
    course: list[dict[str, Any]] = [{}, {}, stopped, stopped, URGENT, EMERGENCY, EMERGENCY, URGENT, EMERGENCY]
    keep_all(engine, [simple("a", number, **assessment) for number, assessment in enumerate(course, 1)])
    hooked = [(notice.kind, notice.care) for notice in kept(engine) if notice.target == "webhook"]
    mailed = [(notice.kind, notice.care) for notice in kept(engine) if notice.target == "mail"]
    raised = [("raised", care) for care in ("urgent", "emergency", "emergency")]
    assert mailed == raised
    assert hooked == [("finished", "self_care"), ("raised", "clinician"), *raised[:2], ("changed", "urgent"), raised[2]]


def test_a_turn_that_is_kept_twice_is_told_once(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1, **EMERGENCY)] * 3)
    assert len(kept(engine)) == 2


def test_a_conversation_that_begins_anew_is_told_anew(engine: Engine) -> None:
    first, again = simple("a", 1, **URGENT), simple("a", 5, **URGENT)
    anew = replace(simple("a", 4, result=False), session=Session(put=1).slot())
    keep_all(engine, [first, anew, again])
    assert [(notice.kind, notice.target) for notice in kept(engine)] == [
        ("finished", "mail"),
        ("finished", "webhook"),
    ] * 2
    assert len({notice.case_id for notice in kept(engine)}) == 2


def test_case_and_notice_are_there_together_or_not_at_all(engine: Engine) -> None:
    with engine.connect() as connection:
        ledger.keep(connection, simple("a", 1, **EMERGENCY))
        connection.rollback()
    assert kept(engine) == []


def test_nothing_is_written_where_nothing_is_set(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PSOAS_WEBHOOK_URL")
    monkeypatch.delenv("PSOAS_MAIL_SERVER")
    keep_all(engine, [simple("a", 1, **EMERGENCY)])
    assert kept(engine) == []


def test_forgetting_a_conversation_removes_its_notices_and_no_others(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1, **EMERGENCY), simple("b", 2, **EMERGENCY)])
    (one, other) = sorted({notice.case_id for notice in claim(engine)}, key=lambda case: _of(engine, case))
    with engine.begin() as connection:
        ledger.forget(connection, "a")
    assert {notice.case_id for notice in kept(engine)} == {other} != {one}
    with engine.begin() as connection:
        ledger.sweep(connection, BEGAN * 2, days=1)
    assert kept(engine) == []


def _of(engine: Engine, case_id: str) -> float:
    with engine.connect() as connection:
        return next(line.updated_at for line in inbox(connection) if line.id == case_id)


def test_what_a_person_keeps_from_the_clinic_is_not_sent_until_they_share_it(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1, **EMERGENCY)])
    for given_, expected in ((False, 0), (True, 1)):
        with engine.begin() as connection:
            consent = {"at": BEGAN, "wording": "1", "to": ledger.CLINIC, "given": given_}
            ledger.consent(connection, "a", "web", consent)
        with engine.connect() as connection:
            assert outbox.is_due(connection, "webhook", BEGAN * 2) is bool(expected)
        assert len(claim(engine)) == expected


def test_what_is_claimed_is_nobody_elses_until_its_lease_is_over(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1)])
    now = time.time()
    (mine,) = claim(engine, BEGAN + 100, lease=60)
    assert (mine.tries, mine.due_at) == (1, BEGAN + 160)
    assert claim(engine, BEGAN + 159) == []
    (theirs,) = claim(engine, BEGAN + 161)
    assert (theirs.id, theirs.tries) == (mine.id, 2)
    with engine.begin() as connection:
        outbox.settle(connection, mine, "sent", now, "")
    assert kept(engine)[0].state == "waiting", "who lost the lease settles nothing"
    with engine.begin() as connection:
        outbox.settle(connection, theirs, "sent", now, "")
    assert kept(engine)[0].state == "sent"
    assert claim(engine) == []


def test_many_who_claim_at_once_never_get_the_same(engine: Engine) -> None:
    keep_all(engine, [simple(f"person {number}", number) for number in range(1, 41)])
    with ThreadPoolExecutor(8) as senders:
        rounds = list(senders.map(lambda _: claim(engine, most=3), range(24)))
    ids = [notice.id for claimed in rounds for notice in claimed]
    assert len(ids) == len(set(ids)) == 40


def test_the_gravest_case_goes_first(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1), simple("b", 2, **URGENT), simple("c", 3, **EMERGENCY)])
    assert [notice.care for notice in claim(engine)] == ["emergency", "urgent", "self_care"]


def _letters(engine: Engine) -> list[str]:
    """Everything that would leave the house about every notice, without ids."""
    made = []
    for notice in kept(engine):
        letter = letter_of(notice, Hooks(clinic="https://clinic.example"), engine)
        parts = [as_body(letter).decode()] + ([as_subject(letter), as_lines(letter)] if notice.target == "mail" else [])
        made.append("\n".join(parts).replace(letter.case, "CASE").replace(letter.id, "NOTICE"))
    return made


def _rows(engine: Engine) -> list[dict[str, Any]]:
    return [{**asdict(notice), "id": "", "case_id": ""} for notice in kept(engine)]


words = st.text(st.characters(), max_size=200)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=words, who=words, conversation=words.map(lambda name: "x" + name))
def test_a_notice_is_the_same_whatever_was_said_and_whoever_said_it(
    engine: Engine, text: str, who: str, conversation: str
) -> None:
    plain, spoken = simple("plain", 1, **EMERGENCY), simple(conversation, 1, text=text, **EMERGENCY)
    seen = []
    for turn, name in ((plain, "somebody"), (spoken, who)):
        keep_all(engine, [turn])
        with engine.begin() as connection:
            ledger.know_as(connection, turn.conversation, "web", name, turn.at)
        seen.append((_rows(engine), _letters(engine)))
        with engine.begin() as connection:
            ledger.forget(connection, turn.conversation)
    assert seen[0] == seen[1]
    assert len(seen[0][1]) == 2


def test_no_three_words_of_real_messages_stand_in_their_notices(
    engine: Engine, knowledge: Knowledge, reader: Reader
) -> None:
    lines = [line for line in MESSAGES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    messages = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line) for line in lines[:: max(1, len(lines) // 30)]]
    for number, message in enumerate(messages):
        keep_all(engine, [Talker(knowledge, reader, conversation=f"person {number}").say(message)])
    written = " ".join([*_letters(engine), repr(_rows(engine))]).lower()
    threes = [" ".join(m.lower().split()[n : n + 3]) for m in messages for n in range(len(m.split()) - 2)]
    assert len(kept(engine)) > 20
    assert [three for three in threes if three in written] == []
