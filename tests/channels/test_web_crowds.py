"""More people than can be answered at once: they wait for their place, and beyond that are asked to come back."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from scripted_bot import ScriptedBot
from web_door import open_door
from web_visitor import Visitor

from assistant.channels.web import turns as web_turns


def test_those_who_come_together_are_answered_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_turns, "AT_ONCE", 1)
    with open_door(ScriptedBot(pause=0.3), tmp_path) as door:
        people = [Visitor(door.address) for _ in range(4)]
        for person in people:
            person.session()
        began = time.monotonic()
        with ThreadPoolExecutor(4) as together:
            answers = list(together.map(lambda person: person.say("hello"), people))
        assert time.monotonic() - began >= 1.2
    assert [answer[-1][0] for answer in answers] == ["done"] * 4


def test_beyond_that_people_are_asked_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_turns, "MOST_ALTOGETHER", 2)
    with open_door(ScriptedBot(pause=1), tmp_path) as door:
        people = [Visitor(door.address) for _ in range(6)]
        for person in people:
            person.session()
        with ThreadPoolExecutor(6) as together:
            replies = list(together.map(lambda person: person.post("hello"), people))
        refused = [reply for reply in replies if reply.status_code != 200]
        assert len(refused) == 4
        for reply in refused:
            assert (reply.status_code, reply.json()["error"]["code"]) == (503, "crowded")
            assert int(reply.headers["Retry-After"]) >= 1
        assert people[0].post("hello").status_code == 200
