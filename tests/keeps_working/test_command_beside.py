"""A command that opens the database of running servers takes nothing from them."""

from __future__ import annotations

import subprocess
import sys

from assistant.preparing import environment
from assistant.settings import ROOT
from tests.cluster.topology import Topology
from tests.keeps_working.rig import RASA, count, person, ready, start


def test_what_is_said_after_a_command_looked_at_the_cases_is_still_there_after_a_crash(topology: Topology) -> None:
    ann = person(topology)
    ann.say("my groin hurts")
    assert ready(topology) == []
    command = [sys.executable, "-m", "assistant.cli", "case", "list"]
    subprocess.run(command, cwd=ROOT, env=environment(**topology.settings), check=True, capture_output=True)
    kept = count(topology, "turns")
    ann.say("it has been months")
    topology.kill(RASA)
    start(topology, RASA)
    assert count(topology, "turns") == kept + 1
    assert [m["content"]["text"] for m in ann.history() if m["role"] == "person"] == [
        "my groin hurts",
        "it has been months",
    ]
