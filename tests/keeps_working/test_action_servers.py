"""Both action servers die while somebody waits for an answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.cluster.topology import Topology
from tests.keeps_working.rig import ACTIONS, count, ended, freeze, person, start, told, until


def test_both_killed_during_a_turn(topology: Topology, note: Callable[[str, str], None]) -> None:
    ann = person(topology)
    ann.say("my groin hurts")
    kept = count(topology, "turns")
    freeze(topology, *ACTIONS)
    with ThreadPoolExecutor(1) as waiting:
        turn = waiting.submit(ann.say, "it has been months")
        time.sleep(0.5)
        assert not turn.done()
        killed = time.monotonic()
        for name in ACTIONS:
            topology.kill(name)
        answer = turn.result(30)
    took = time.monotonic() - killed
    assert ended(answer) == "error"
    assert "send it again" in answer[-1][1]["text"]
    assert count(topology, "turns") == kept
    start(topology, *ACTIONS)
    back = until(lambda: ended(ann.say("it has been months")) == "done")
    said = told(ann)
    assert "groin" in said
    assert "some months" in said
    note(
        "both action servers killed during a turn",
        f"an honest line after {took:.1f} s; the next turn worked {back:.1f} s after they listened again; nothing lost",
    )


def test_while_both_are_away_every_turn_says_so_at_once(topology: Topology) -> None:
    ann = person(topology)
    kept = count(topology, "turns")
    for name in ACTIONS:
        topology.kill(name)
    try:
        began = time.monotonic()
        assert [ended(ann.say(words)) for words in ("hello", "my hip hurts")] == ["error", "error"]
        assert time.monotonic() - began < 10
        assert count(topology, "turns") == kept
    finally:
        start(topology, *ACTIONS)
    until(lambda: ended(ann.say("my hip hurts")) == "done")
