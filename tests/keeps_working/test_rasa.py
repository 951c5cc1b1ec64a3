"""Rasa is killed in the middle of a conversation, and in the middle of a turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.cluster.topology import Topology
from tests.keeps_working.rig import ACTIONS, RASA, ended, freeze, person, start, told


def test_killed_during_a_turn_it_goes_on_where_it_was(topology: Topology, note: Callable[[str, str], None]) -> None:
    ann = person(topology)
    for words in ("dull ache deep in my right hip", "none", "none"):
        assert ended(ann.say(words)) == "done"
    freeze(topology, *ACTIONS)
    with ThreadPoolExecutor(1) as waiting:
        turn = waiting.submit(ann.say, "it has been months", id="the-same-try")
        time.sleep(0.5)
        topology.kill(RASA)
        with pytest.raises(requests.RequestException):
            turn.result(30)
    for name in ACTIONS:
        topology.kill(name)
    start(topology, *ACTIONS)
    began = time.monotonic()
    start(topology, RASA)
    back = time.monotonic() - began
    assert ended(ann.say("it has been months", id="the-same-try")) == "done"
    said = told(ann)
    for words in ("deep in the hip", "a dull ache", "some months"):
        assert words in said
    persons = [message["content"]["text"] for message in ann.history() if message["role"] == "person"]
    assert persons == ["dull ache deep in my right hip", "none", "none", "it has been months", "what have I told you?"]
    note(
        "Rasa killed -9 during a turn and started again",
        f"answers {back:.1f} s after its start; every word is there, and once",
    )
