"""PostgreSQL crashes and comes back in the middle of conversations."""

from __future__ import annotations

import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.clinic import postgres
from tests.cluster.topology import Topology
from tests.keeps_working.rig import count, ended, house, person, ready, told, until

RESULT = "cases"


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Cluster]:
    places = postgres.programs()
    assert places is not None
    folder = Path(tempfile.mkdtemp(prefix="psoas-pg-"))
    with postgres.running(folder, places) as started:
        yield started
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def with_server(server: postgres.Cluster) -> Iterator[Topology]:
    with contextmanager(server.database)() as database, house(database) as running:
        yield running


def test_turns_go_on_in_memory_and_are_written_afterwards(
    server: postgres.Cluster, with_server: Topology, note: Callable[[str, str], None]
) -> None:
    ann, ben = person(with_server), person(with_server)
    for somebody in (ann, ben):
        somebody.say("my groin hurts")
    server.stop(signal.SIGQUIT)
    try:
        assert ready(with_server) == ["database"]
        began = time.monotonic()
        answers = [ann.say("it has been months"), ann.say("I have gone numb between my legs"), ben.say("a dull ache")]
        took = (time.monotonic() - began) / len(answers)
        assert [ended(answer) for answer in answers] == ["done"] * 3
        assert "some months" in told(ann)
    finally:
        server.start()
    until(lambda: not ready(with_server))
    assert ended(ben.say("what have I told you?")) == "done"
    until(lambda: count(with_server, "turns") == 7)
    assert count(with_server, "cases") == 1
    texts = [message["content"]["text"] for message in ann.history() if message["role"] == "person"]
    assert texts == [
        "my groin hurts",
        "it has been months",
        "I have gone numb between my legs",
        "what have I told you?",
    ]
    note(
        "PostgreSQL crashed and came back",
        f"turns went on from memory in {1000 * took:.0f} ms each; all were written with the first turn afterwards, of whoever",
    )


def test_who_cannot_be_known_without_it_is_told_so(server: postgres.Cluster, with_server: Topology) -> None:
    ann = person(with_server)
    server.stop(signal.SIGQUIT)
    try:
        assert ended(ann.say("my groin hurts")) == "error"
        refused = ann.request("GET", "history")
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "failed")
    finally:
        server.start()
    until(lambda: ended(ann.say("my groin hurts")) == "done")
