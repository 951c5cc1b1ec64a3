"""Many who connect and then say nothing, or half of something."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

from tests.channels.web_visitor import Visitor
from tests.cluster.topology import Topology
from tests.keeps_working.crowd import alive, lines
from tests.keeps_working.rig import RASA, ended, memory, person

HALF = b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n"
SLOW = 200
IDLE, FEWER = 10_000, 2_500


def test_half_sent_requests_hold_up_nobody(topology: Topology, note: Callable[[str, str], None]) -> None:
    ann = person(topology)
    for begun in (HALF, HALF + b"\r\n{"):
        with lines(topology.ports[RASA], SLOW, begun) as opened:
            took = turn(ann)
            for line in opened[::10]:
                line.sendall(b"x")
            assert turn(ann) < 2
    note(f"{SLOW} half-sent requests", f"a turn beside them took {1000 * took:.0f} ms")


def test_idle_connections_hold_up_nobody(topology: Topology, long: bool, note: Callable[[str, str], None]) -> None:
    ann = person(topology)
    turn(ann)
    before, quiet = memory(topology), turn(ann)
    many = min(IDLE if long else FEWER, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 500)
    assert many >= 2000, "the machine allows too few open files: ulimit -n 20000"
    with lines(topology.ports[RASA], many) as opened:
        busy = turn(ann)
        kept, held = alive(opened), memory(topology) - before
    assert kept == many
    assert busy < 2
    assert held < 40 * many / 1000
    time.sleep(1)
    assert turn(ann) < 2
    note(
        f"{many:,} idle connections",
        f"a turn beside them took {1000 * busy:.0f} ms (before: {1000 * quiet:.0f} ms), {held:.0f} MB more memory",
    )


def turn(visitor: Visitor) -> float:
    """Seconds of one turn."""
    began = time.monotonic()
    assert ended(visitor.say("my hip hurts")) == "done"
    return time.monotonic() - began
