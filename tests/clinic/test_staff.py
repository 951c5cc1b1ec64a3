"""The clinic's own people in both databases: who may sign in, invitations, marks, and an inbox that stays fast."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select, text, update
from sqlalchemy.engine import Connection, Engine

from assistant.clinic import inbox, invitations, ledger
from assistant.clinic import tables as t
from assistant.clinic.case import Case, case_of
from assistant.clinic.forgetting import DAY, sweep
from assistant.clinic.inbox import Wanted
from assistant.clinic.invitations import Answer, Wish
from assistant.clinic.marks import ANSWER, pieces
from assistant.clinic.staff import audit, clinicians, passwords, sign_ins, tries
from assistant.clinic.staff import tables as s
from assistant.clinic.staff.commands import add_user, log, remove_user, set_password, users
from assistant.clinic.statistics import WEEK, statistics
from assistant.conversation.session import Session
from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.talking import BEGAN, Talker, keep_all, simple
from tests.clinic.test_inbox import _fill

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


def _add(engine: Engine, name: str = "anna") -> None:
    with engine.begin() as connection:
        clinicians.add(connection, name, PASSWORD, BEGAN)


@pytest.mark.parametrize("password", ["", "short", "a" * 40, "x" * 1025, "anna anna anna", "ababababababab"])
def test_weak_passwords_are_refused(engine: Engine, password: str) -> None:
    with pytest.raises(InputError), engine.begin() as connection:
        clinicians.add(connection, "anna", password, BEGAN)


@pytest.mark.parametrize("name", ["", " ", "-x", "a b", "<b>", "a\nb", "é", "x" * 65])
def test_odd_names_are_refused(engine: Engine, name: str) -> None:
    with pytest.raises(InputError, match="a name has"), engine.begin() as connection:
        clinicians.add(connection, name, PASSWORD, BEGAN)


def test_a_password_fits_however_its_letters_are_composed() -> None:
    kept = passwords.made("Zu\u0308rich am See 12")
    assert passwords.fits(kept, "Z\u00fcrich am See 12")
    assert not passwords.fits(None, "nobody has this password")


def test_a_password_made_at_older_costs_is_renewed_at_the_next_sign_in(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(engine)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    sign_ins.sign_in(engine, "anna", PASSWORD, "192.0.2.1", BEGAN)
    with engine.connect() as connection:
        assert "t=2" in str(clinicians.password_of(connection, "anna"))


def test_tries_at_the_same_time_are_all_counted(engine: Engine) -> None:
    _add(engine)

    def try_once(number: int) -> str:
        try:
            sign_ins.sign_in(engine, "anna", "wrong", "192.0.2.1", BEGAN)
        except sign_ins.SignInError as fault:
            return fault.code
        return "in"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(try_once, range(24)))
    assert told.count("wrong") == tries.MOST["both"]
    assert told.count("locked") == 24 - tries.MOST["both"]


def test_a_failure_from_elsewhere_locks_nobody_out_here(engine: Engine) -> None:
    _add(engine)
    for _ in range(tries.MOST["both"] + 3):
        with pytest.raises(sign_ins.SignInError):
            sign_ins.sign_in(engine, "anna", "wrong", "198.51.100.7", BEGAN)
    assert sign_ins.sign_in(engine, "anna", PASSWORD, "192.0.2.1", BEGAN).who == "anna"


def test_an_invitation_that_many_open_at_once_begins_one_conversation(engine: Engine) -> None:
    with engine.begin() as connection:
        _, token = invitations.make(connection, Wish("Record 1"), "anna", BEGAN)

    def redeem(number: int) -> bool:
        with engine.begin() as connection:
            return invitations.redeem(connection, token, f"web-{number}", "web", Answer(True, "1", BEGAN))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(redeem, range(16))) == 1
    with engine.connect() as connection:
        assert connection.execute(select(t.TALKS.c.known_as)).scalars().all() == ["Record 1"]


def test_old_invitations_go_with_retention_and_open_ones_stay(engine: Engine) -> None:
    with engine.begin() as connection:
        invitations.make(connection, Wish("old"), "anna", BEGAN - 100 * DAY)
        invitations.make(connection, Wish("open"), "anna", BEGAN)
        sweep(connection, BEGAN, days=30)
        assert [i.name for i in invitations.listed(connection, 10)] == ["open"]


def test_a_case_knows_its_invitation(engine: Engine) -> None:
    with engine.begin() as connection:
        _, token = invitations.make(connection, Wish("Record 1", "hip", BEGAN + DAY), "anna", BEGAN)
        invitations.redeem(connection, token, "a", "web", Answer(True, "1", BEGAN))
    keep_all(engine, [simple("a", 1), simple("b", 2)])
    with engine.connect() as connection:
        first, second = sorted(inbox.inbox(connection), key=lambda line: line.updated_at)
        found = invitations.of_case(connection, first.id)
        assert found is not None
        assert (found.reason, found.appointment_at) == ("hip", BEGAN + DAY)
        assert invitations.of_case(connection, second.id) is None


def test_what_is_kept_from_the_clinic_is_left_out_until_it_is_shared_again(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1), simple("b", 2)])
    for given, listed in ((False, 1), (True, 2)):
        with engine.begin() as connection:
            answer = {"at": BEGAN, "wording": "1", "to": ledger.CLINIC, "given": given}
            ledger.consent(connection, "a", "web", answer)
            ledger.consent(connection, "a", "web", {**answer, "to": "research", "given": not given})
            assert len(inbox.inbox(connection, Wanted(shared=True))) == listed
            assert sum(inbox.unread(connection).values()) == listed


def test_pieces_joined_are_the_message_and_each_phrase_is_marked_once(
    knowledge: Knowledge, reader: Reader, engine: Engine
) -> None:
    talker = Talker(knowledge, reader, "a")
    lines = [
        "Deep ache in my left groin since May, no fever, my mum had cancer",
        "numb between my legs and can't pee",
        "9",
    ]
    keep_all(engine, [talker.say(line) for line in lines])
    with engine.connect() as connection:
        case = ledger_case(connection)
    for spoken in case.transcript:
        cut = pieces(spoken, case.findings)
        assert "".join(piece.text for piece in cut) == spoken.text
        marks = [mark for piece in cut for mark in piece.ending]
        assert len(marks) == len(set(marks))
        assert all(mark.standing == ANSWER or mark.start < mark.end for mark in marks)
    flags = [m.finding for piece in pieces(case.transcript[1], case.findings) for m in piece.ending]
    assert {"saddle_numbness", "bladder_dysfunction"} <= {*flags}


def test_places_that_fit_no_text_are_left_out(engine: Engine) -> None:
    turn = simple("a", 1, text="abc")
    spans = [
        {"finding": "x", "value": None, "standing": "present", "start": start, "end": end}
        for start, end in ((0, 9), (2, 2), (-1, 2))
    ]
    keep_all(engine, [replace(turn, reading={"spans": spans})])
    with engine.connect() as connection:
        case = ledger_case(connection)
    (spoken,) = case.transcript
    assert [piece.text for piece in pieces(spoken, {})] == ["abc"]


def ledger_case(connection: Connection) -> Case:
    """The only case."""
    return case_of(connection, inbox.inbox(connection)[0].id)


def test_statistics_count_weeks_and_where_people_stop(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1, care="urgent", red_flags=["x"]), simple("b", 2)])
    left = replace(simple("c", 3, result=False), session=Session(asked="severity", put=4).slot())
    keep_all(engine, [left])
    with engine.connect() as connection:
        found = statistics(connection, (BEGAN - WEEK, BEGAN), BEGAN + 2 * 3600)
    assert found.care["urgent"] == (0, 1)
    assert found.walking["walk_freely"] == (0, 2)
    assert found.flags == {"x": 1}
    assert found.stopped == {"severity": 1}
    assert (found.questions[1], found.questions[2], found.questions[4]) == (1, 1, 1)


def test_with_a_hundred_thousand_cases_the_inbox_with_its_counts_opens_in_a_tenth_of_a_second(engine: Engine) -> None:
    _fill(engine)
    with engine.begin() as connection:
        connection.execute(update(t.TALKS).where(t.TALKS.c.id % 3 == 0).values(shared=False))
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        with ledger.reading(engine) as connection:
            page = inbox.inbox(connection, Wanted(shared=True))
            counts = inbox.unread(connection)
            inbox.stamp(connection, counts)
        taken.append(time.perf_counter() - began)
    print(f"{engine.dialect.name}: inbox with counts {min(taken) * 1000:.0f} ms")
    assert len(page) == 50
    assert counts == {"emergency": inbox.COUNTED}
    assert min(taken) < 0.1


def test_the_audit_goes_with_no_user_and_no_case(engine: Engine) -> None:
    with engine.begin() as connection:
        audit.write(connection, BEGAN, "anna", "saw", "c-1")
        connection.execute(insert(s.TRIES).values(key="x", count=1, since=BEGAN))
        assert [deed.what for deed in audit.last(connection, 5, "c-1")] == ["saw"]
        assert audit.last(connection, 5, "c-2") == []


def test_users_are_made_and_removed_by_command(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_DATABASE", url)
    typed = iter([PASSWORD, "something else 1"])
    with pytest.raises(InputError, match="differ"):
        add_user("anna", lambda prompt: next(typed), once=False)
    add_user("Anna", lambda prompt: PASSWORD, once=True)
    with pytest.raises(InputError, match="already"):
        add_user("anna", lambda prompt: PASSWORD, once=True)
    set_password("anna", lambda prompt: "another long secret", once=True)
    assert users()[0].startswith("anna\t")
    assert "closed" in remove_user("anna")[1]
    assert [line.split("\t")[2] for line in log(10)] == ["removed_user", "set_password", "added_user"]
    assert users() == []
