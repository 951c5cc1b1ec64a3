"""The inbox: in the right order, filtered, page by page, and fast whatever lies in it."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import LargeBinary, bindparam, text
from sqlalchemy.engine import Engine

from assistant.clinic.inbox import Line, Wanted, inbox, review, write_note
from assistant.clinic.opening import reading
from assistant.errors import InputError
from assistant.triage.rules import CARE, WALKING
from tests.clinic.talking import BEGAN, keep_all, simple

MANY = 100_000
PAGES = [
    Wanted(),
    Wanted(care="urgent"),
    Wanted(unread=True),
    Wanted(walking="walk_freely", unread=True),
    Wanted(since=BEGAN + 3_000_000, until=BEGAN + 3_010_000),
    Wanted(care="self_care", walking="restore_first", unread=False, since=BEGAN + 2_000_000),
]


def _page(engine: Engine, wanted: Wanted) -> list[Line]:
    with reading(engine) as connection:
        return inbox(connection, wanted)


def test_the_most_urgent_stand_first_and_the_newest_of_them_on_top(engine: Engine) -> None:
    told = [("a", 1, "self_care"), ("b", 2, "urgent"), ("c", 3, "emergency"), ("d", 4, "clinician"), ("e", 5, "urgent")]
    keep_all(engine, [simple(name, at, care=care) for name, at, care in told])
    assert [line.care for line in _page(engine, Wanted())] == [
        "emergency",
        "urgent",
        "urgent",
        "clinician",
        "self_care",
    ]
    assert [line.updated_at for line in _page(engine, Wanted(care="urgent"))] == [BEGAN + 300, BEGAN + 120]


def test_pages_follow_each_other_without_gap_or_overlap(engine: Engine) -> None:
    keep_all(engine, [simple(f"p{n}", 1 + n // 10, care=CARE[n % 2]) for n in range(45)])
    pages: list[list[Line]] = [_page(engine, Wanted(most=10))]
    while len(pages[-1]) == 10:
        pages.append(_page(engine, Wanted(most=10, after=pages[-1][-1])))
    assert [len(page) for page in pages] == [10, 10, 10, 10, 5]
    assert [line for page in pages for line in page] == _page(engine, Wanted(most=100))


def test_reading_a_case_and_writing_on_it(engine: Engine) -> None:
    keep_all(engine, [simple("a", 1)])
    (line,) = _page(engine, Wanted(unread=True))
    with engine.begin() as connection:
        review(connection, line.id, "anna", BEGAN)
        write_note(connection, line.id, "called back")
        with pytest.raises(InputError, match="no such case"):
            review(connection, "c-" + "0" * 20, "anna", BEGAN)
    assert _page(engine, Wanted(unread=True)) == []


def test_the_inbox_opens_in_a_tenth_of_a_second_with_a_hundred_thousand_cases(engine: Engine) -> None:
    _fill(engine)
    for wanted in PAGES:
        taken = []
        for _ in range(3):
            began = time.perf_counter()
            page = _page(engine, wanted)
            taken.append(time.perf_counter() - began)
        assert len(page) == wanted.most
        assert min(taken) < 0.1, wanted


def _fill(engine: Engine) -> None:
    """A hundred thousand people with a case each: two in a hundred emergencies, one in ten unread."""
    with engine.begin() as connection:
        connection.execute(text(PEOPLE), {"many": MANY})
        paper = bindparam("assessment", b" " * 300, type_=LargeBinary)
        connection.execute(text(STORED).bindparams(paper), {"many": MANY, "began": BEGAN})


NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
RANK = "CASE WHEN i % 50 = 0 THEN 3 WHEN i % 12 = 0 THEN 2 WHEN i % 5 = 0 THEN 1 ELSE 0 END"
CHOSEN = " ".join(f"WHEN {n} THEN '{walking}'" for n, walking in enumerate(WALKING))
NAMES = " ".join(f"WHEN {n} THEN '{care}'" for n, care in enumerate(CARE))
PEOPLE = f"""
INSERT INTO talks (id, key, conversation, known_as, channel, heard_at, turns, episode,
                   consents, session, origins, contradictions)
{NUMBERS} SELECT i, CAST(i AS TEXT), CAST(i AS TEXT), 'p' || i, 'web', i, 9, 1, '[]', '{{}}', '{{}}', '[]' FROM n"""
STORED = f"""
INSERT INTO cases (id, talk, episode, care, care_rank, walking, unread, started_at, finished_at, updated_at,
                   knowledge_version, knowledge_sha256, note, findings, contradictions, decided_on, assessment)
{NUMBERS} SELECT 'c-00000000000' || (100000000 + i), i, 1, CASE {RANK} {NAMES} END, {RANK}, CASE i * 31 % 7 {CHOSEN} END,
                 i % 10 = 0, :began + 60 * i, :began + 60 * i, :began + 60 * i,
                 '1', '0', '', '{{}}', '[]', '{{}}', :assessment FROM n"""
