"""A thousand messages in one second from one person, and many people at once: a thousand with PSOAS_LONG=1, else fewer."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.cluster.topology import Topology
from tests.keeps_working.crowd import all_at_once
from tests.keeps_working.rig import count, ended, person, told

MANY = 1000
FEWER = 250


def test_one_person_is_limited_kindly_and_holds_up_nobody(topology: Topology, note: Callable[[str, str], None]) -> None:
    ann, ben = person(topology), person(topology)
    ben.say("hello")
    with ThreadPoolExecutor(1) as flooding:
        flood = flooding.submit(all_at_once, [(ann, "my groin hurts")] * MANY)
        time.sleep(0.3)
        began = time.monotonic()
        assert ended(ben.say("my hip hurts")) == "done"
        waited = time.monotonic() - began
        replies = flood.result()
    statuses = Counter(reply.status for reply in replies)
    assert set(statuses) == {200, 429}
    assert all(reply.done for reply in replies if reply.status == 200)
    refusals = [json.loads(reply.body)["error"] for reply in replies if reply.status == 429]
    assert all("wait a moment" in refusal["text"] and refusal["wait"] >= 1 for refusal in refusals)
    assert waited < 10
    time.sleep(max(refusal["wait"] for refusal in refusals))
    assert "groin" in told(ann)
    note(
        "1,000 messages in one second from one person",
        f"{statuses[200]} answered, {statuses[429]} asked to wait; somebody else was answered in {waited:.1f} s meanwhile",
    )


def test_many_people_at_once_are_all_answered(topology: Topology, long: bool, note: Callable[[str, str], None]) -> None:
    people = [person(topology) for _ in range(MANY if long else FEWER)]
    kept = count(topology, "turns")
    replies = all_at_once([(somebody, "my groin hurts") for somebody in people])
    statuses = Counter(reply.status for reply in replies)
    assert statuses == {200: len(people)}
    assert all(reply.done for reply in replies)
    assert count(topology, "turns") == kept + len(people)
    seconds = sorted(reply.seconds for reply in replies)
    note(
        f"{len(people):,} people who write in the same moment",
        f"all answered: half within {seconds[len(seconds) // 2]:.1f} s, the last after {seconds[-1]:.1f} s "
        f"({len(people) / seconds[-1]:.0f} a second)",
    )
