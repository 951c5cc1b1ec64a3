"""Many turns of the same people, who start over again and again: memory and pace stay as they are."""

from __future__ import annotations

import itertools
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
LINES, PEOPLE = 4, 40
"""So many talk at the same time, each in turn for so many; a conversation that is held in memory takes about 30 kB."""
SHORT, LONG = 30, 600
"""Seconds."""
WARM = 1 / 3
"""The share of the time after which memory is first looked at."""


def test_memory_and_pace_stay_as_they_are(topology: Topology, long: bool, note: Callable[[str, str], None]) -> None:
    whole = LONG if long else SHORT
    began = time.monotonic()
    with ThreadPoolExecutor(LINES) as lines:
        talks = [lines.submit(talk, topology, began + whole) for _ in range(LINES)]
        time.sleep(whole * WARM)
        before = {name: memory(topology, name) for name in (*ACTIONS, "rasa_1")}
        seconds = [second for each in talks for second in each.result()]
    grown = {name: memory(topology, name) - was for name, was in before.items()}
    first = statistics.median(second for at, second in seconds if at - began < whole * WARM)
    last = statistics.median(second for at, second in seconds if at - began > whole * (1 - WARM))
    note(
        f"a soak of {whole} s",
        f"{len(seconds):,} turns without a fault; Rasa {before['rasa_1']:.0f} MB, {grown['rasa_1']:+.1f} MB since; "
        f"median turn {1000 * first:.0f} ms in the first third, {1000 * last:.0f} ms in the last",
    )
    assert grown["rasa_1"] < 12
    assert sum(grown[name] for name in ACTIONS) < 12
    assert last < 2 * first


def talk(topology: Topology, end: float) -> list[tuple[float, float]]:
    """So many people, who take turns until `end`; when each turn began and how many seconds it took."""
    people = [person(topology) for _ in range(PEOPLE)]
    took = []
    for words, somebody in ((words, each) for words in itertools.cycle(SAID) for each in people):
        began = time.monotonic()
        if began > end:
            return took
        assert ended(somebody.say(words)) == "done", words
        took.append((began, time.monotonic() - began))
    return took
