"""A thousand messages in one second: from one person, and from a thousand people."""

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


def test_a_thousand_people_are_all_answered_in_their_order(topology: Topology, note: Callable[[str, str], None]) -> None:
    people = [person(topology) for _ in range(MANY)]
    kept = count(topology, "turns")
    replies = all_at_once([(somebody, "my groin hurts") for somebody in people])
    statuses = Counter(reply.status for reply in replies)
    assert set(statuses) <= {200, 429, 503}
    answered = [reply for reply in replies if reply.done]
    assert len(answered) == statuses[200]
    assert count(topology, "turns") == kept + len(answered)
    seconds = sorted(reply.seconds for reply in answered)
    assert len(answered) >= MANY * 0.9
    note(
        "1,000 messages at once from 1,000 people",
        f"{len(answered)} answered: half within {seconds[len(seconds) // 2]:.1f} s, the last after {seconds[-1]:.1f} s "
        f"({len(answered) / seconds[-1]:.0f} a second); refused {MANY - len(answered)}, no fault",
    )
