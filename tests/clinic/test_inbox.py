"""The inbox: in the right order, filtered, page by page, and fast whatever lies in it."""

from __future__ import annotations

import random
import time

import pytest
from sqlalchemy.engine import Engine

from assistant.clinic import tables as t
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
    chance = random.Random(6)
    people = [_person(n) for n in range(1, MANY + 1)]
    with engine.begin() as connection:
        connection.execute(t.TALKS.insert(), people)
        connection.execute(t.CASES.insert(), [_case(n, chance) for n in range(1, MANY + 1)])


def _person(n: int) -> dict[str, object]:
    empty = {"consents": [], "session": {}, "origins": {}, "contradictions": [], "turns": 9, "episode": 1}
    return {
        "id": n,
        "key": f"{n}",
        "conversation": f"{n}",
        "known_as": f"p{n}",
        "channel": "web",
        "heard_at": n,
        **empty,
    }


def _case(n: int, chance: random.Random) -> dict[str, object]:
    rank = chance.choices(range(4), (70, 20, 8, 2))[0]
    times = {name: BEGAN + 60 * n for name in ("started_at", "finished_at", "updated_at")}
    shape = {"talk": n, "episode": 1, "care": CARE[rank], "care_rank": rank, "walking": chance.choice(WALKING)}
    empty = {"note": "", "findings": {}, "contradictions": [], "decided_on": {}, "assessment": b" " * 300}
    knowledge = {"knowledge_version": "1", "knowledge_sha256": "0" * 64}
    return {"id": f"c-{n:020x}", "unread": chance.random() < 0.1, **times, **shape, **empty, **knowledge}
