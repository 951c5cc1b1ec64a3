"""Conversation after conversation: memory and pace stay as they are."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.cluster.topology import Topology
from tests.keeps_working.rig import ACTIONS, ended, memory, person

SAID = (
    "dull ache deep in my right hip, worse after sitting", "none", "none", "none", "16 to 49", "some months", "4", "better",
    "why do you ask?", "none", "short steps", "none", "9", "what have I told you?", "start over",
)  # fmt: skip
PEOPLE = 4
SHORT, LONG = 30, 600
"""Seconds."""
WARM = 1 / 3
"""The share of the time after which memory is first looked at."""


def test_memory_and_pace_stay_as_they_are(topology: Topology, long: bool, note: Callable[[str, str], None]) -> None:
    whole = LONG if long else SHORT
    began = time.monotonic()
    with ThreadPoolExecutor(PEOPLE) as people:
        talks = [people.submit(talk, topology, began + whole) for _ in range(PEOPLE)]
        time.sleep(whole * WARM)
        before = {name: memory(topology, name) for name in (*ACTIONS, "rasa_1")}
        seconds = [second for each in talks for second in each.result()]
    grown = {name: memory(topology, name) - was for name, was in before.items()}
    first = statistics.median(second for at, second in seconds if at - began < whole * WARM)
    last = statistics.median(second for at, second in seconds if at - began > whole * (1 - WARM))
    note(
        f"a soak of {whole} s",
        f"{len(seconds):,} turns without a fault; Rasa {before['rasa_1']:.0f} MB and {grown['rasa_1']:+.1f} MB after the first third; "
        f"median turn {1000 * first:.0f} ms in the first third, {1000 * last:.0f} ms in the last",
    )
    assert grown["rasa_1"] < max(15, 0.05 * before["rasa_1"])
    assert sum(grown[name] for name in ACTIONS) < 15
    assert last < 2 * first


def talk(topology: Topology, end: float) -> list[tuple[float, float]]:
    """One conversation after the other until `end`; when each turn began and how many seconds it took."""
    took = []
    while time.monotonic() < end:
        somebody = person(topology)
        for words in SAID:
            began = time.monotonic()
            assert ended(somebody.say(words)) == "done", words
            took.append((began, time.monotonic() - began))
    return took
