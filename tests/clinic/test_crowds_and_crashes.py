"""Nothing is lost and nothing doubled: many at once, the same turn from two sides, a process killed at any moment."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic import tables as t
from assistant.clinic.case import case_of
from assistant.clinic.inbox import Wanted, inbox
from tests.clinic.talking import keep_all, simple
from tests.clinic.writer import STATES, make

PEOPLE = 1000
SIDES = 8
TURNS = 120


def _finish(url: str, side: int) -> None:
    """What one process writes: its eighth of the people, and its neighbour's eighth once more."""
    engine = ledger.ready(url)
    try:
        keep_all(engine, [simple(f"person {n}", 1) for n in range(PEOPLE) if n % SIDES in (side, (side + 1) % SIDES)])
    finally:
        engine.dispose()


@pytest.mark.parametrize("pool", ["threads", "processes"])
def test_a_thousand_people_who_finish_at_once_are_a_thousand_cases(url: str, engine: Engine, pool: str) -> None:
    several = ThreadPoolExecutor(SIDES) if pool == "threads" else ProcessPoolExecutor(SIDES, get_context("spawn"))
    with several as workers:
        list(workers.map(_finish, [url] * SIDES, range(SIDES)))
    with engine.connect() as connection:
        talks = connection.execute(select(t.TALKS.c.conversation, t.TALKS.c.turns)).all()
        assert sorted(talks) == sorted((f"person {n}", 1) for n in range(PEOPLE))
        assert len(inbox(connection, Wanted(most=2 * PEOPLE))) == PEOPLE
        assert len(connection.execute(select(t.TURNS.c.talk)).all()) == PEOPLE


def test_two_tabs_of_one_conversation_number_its_turns_without_gap(engine: Engine) -> None:
    with ThreadPoolExecutor(SIDES) as workers:
        list(workers.map(lambda n: keep_all(engine, [simple("one", n)]), [*range(1, 41), *range(1, 41)]))
    with engine.connect() as connection:
        assert sorted(connection.execute(select(t.TURNS.c.number)).scalars()) == list(range(1, 41))
        assert len({row.message for row in connection.execute(select(t.TURNS.c.message))}) == 40


def test_a_writer_killed_at_any_moment_loses_and_doubles_nothing(url: str, engine: Engine) -> None:
    make(engine, "one")
    command = [sys.executable, "-m", "tests.clinic.writer", url, "one", str(TURNS)]
    told, kills, chance = 0, 0, random.Random(6)
    while told < TURNS:
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.08))
            process.send_signal(signal.SIGKILL)
            heard = process.stdout.read().split()
        kills += process.returncode == -signal.SIGKILL
        told = _whole(engine, max([told, *map(int, heard)]))
    assert kills > 2


def _whole(engine: Engine, told: int) -> int:
    """How many turns there are: at least those acknowledged, each once, and turns, state and case agree."""
    with engine.connect() as connection:
        state = connection.execute(select(STATES.c.number)).scalar_one()
        case = case_of(connection, inbox(connection)[0].id)
    assert state >= told
    assert [s.text for s in case.transcript] == [f"turn {n}" for n in range(1, state + 1)]
    assert case.decided_on == {"sitting_hours": state}
    return int(state)
