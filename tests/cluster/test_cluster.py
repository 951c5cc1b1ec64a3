"""Several machines' worth of processes on one: a conversation hops between them without losing a word."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from sqlalchemy import create_engine, text

from tests.channels.web_visitor import events
from tests.cluster.topology import Topology, missing, running

pytestmark = pytest.mark.cluster
ANSWERS = [
    "dull ache deep in my right hip, worse after sitting",
    "none",
    "none",
    "none",
    "16 to 49",
    "some months",
    "4",
]


@pytest.fixture(scope="module")
def topology() -> Iterator[Topology]:
    if lacking := missing():
        pytest.skip(f"not installed: {', '.join(lacking)}")
    with running() as started:
        yield started


class Person:
    """Somebody at the page, over TLS, as the proxy shows it."""

    def __init__(self, topology: Topology, prefix: str = "") -> None:
        self.base = topology.address + prefix
        self.web = requests.Session()
        self.web.trust_env = False  # a CA bundle of the environment would win over ours
        self.web.verify = str(topology.folder / "cert.pem")
        self.token = self.web.post(f"{self.base}/chat/session", timeout=30).json()["token"]

    def say(self, words: str, **fields: Any) -> list[tuple[str, Any]]:
        reply = self.web.post(
            f"{self.base}/chat/messages", json={"text": words, **fields}, headers=self._own(), timeout=60
        )
        assert reply.status_code == 200, reply.text
        return events(reply.content.decode())

    def told(self) -> str:
        """What the assistant remembers, in its own words."""
        return " ".join(str(c.get("text")) for n, c in self.say("what have I told you?") if n == "message")

    def history(self) -> list[dict[str, Any]]:
        got = self.web.get(f"{self.base}/chat/history", headers=self._own(), timeout=30)
        return list(got.json()["messages"])

    def _own(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def test_a_conversation_hops_between_processes_without_losing_a_word(topology: Topology) -> None:
    person = Person(topology)
    for words in ANSWERS:
        assert person.say(words)[-1][0] == "done"
    told = person.told()
    for word in ("deep in the hip", "a dull ache", "pain 4 of 10", "some months"):
        assert word in told
    said = [message["content"]["text"] for message in person.history() if message["role"] == "person"]
    assert said == [*ANSWERS, "what have I told you?"]


def test_each_process_alone_knows_what_the_other_was_told(topology: Topology) -> None:
    person = Person(topology)
    person.say("my groin hurts")
    for name in ("rasa_1", "rasa_2"):
        port = topology.ports[name]
        own = {"Authorization": f"Bearer {person.token}"}
        reply = requests.post(
            f"http://127.0.0.1:{port}/chat/messages", json={"text": "what have I told you?"}, headers=own, timeout=30
        )
        assert "groin" in reply.text


def test_two_tabs_at_once_lose_nothing(topology: Topology) -> None:
    person = Person(topology)
    person.say("my hip hurts")
    with ThreadPoolExecutor(2) as tabs:
        list(tabs.map(person.say, ["it has been months", "it is a dull ache"]))
    told = person.told()
    assert "some months" in told
    assert "a dull ache" in told


def test_a_killed_process_takes_nothing_with_it(topology: Topology) -> None:
    person = Person(topology)
    person.say("my hip hurts")
    topology.kill("rasa_1")
    try:
        for words in ("it has been months", "it is a dull ache"):
            assert person.say(words)[-1][0] == "done"
        assert "some months" in person.told()
    finally:
        topology.start("rasa_1")
        topology.wait_ready("rasa_1")
    time.sleep(6)
    assert "a dull ache" in person.told()


def test_a_killed_action_server_is_passed_over(topology: Topology) -> None:
    person = Person(topology)
    topology.kill("actions_1")
    try:
        for words in ANSWERS[:4]:
            assert person.say(words)[-1][0] == "done"
    finally:
        topology.start("actions_1")
        topology.wait_ready("actions_1")


def test_a_red_flag_is_answered_by_whichever_process_hears_it(topology: Topology) -> None:
    person = Person(topology)
    person.say("my back hurts")
    said = person.say("and I have gone numb between my legs")
    alerts = [content["custom"]["alert"] for name, content in said if (content.get("custom") or {}).get("alert")]
    assert alerts[0]["level"] == "emergency"
    with create_engine(topology.database, future=True).connect() as connection:
        urgent = connection.execute(text("SELECT count(*) FROM cases WHERE care = 'emergency'")).scalar()
    assert urgent == 1


def test_redis_away_refuses_a_turn_honestly_and_goes_on_when_it_is_back(topology: Topology) -> None:
    person = Person(topology)
    person.say("my hip hurts")
    topology.kill("redis")
    assert person.say("it has been months")[-1][0] == "error"
    topology.start("redis")
    topology.wait_ready("redis")
    assert person.say("it has been months")[-1][0] == "done"
    assert "some months" in person.told()


def test_the_page_works_under_a_path_of_another_site(topology: Topology) -> None:
    person = Person(topology, "/assistant")
    assert person.say("my hip hurts")[-1][0] == "done"
    page = person.web.get(f"{person.base}/", timeout=10)
    assert page.status_code == 200
    assert 'src="/' not in page.text
    assert 'href="/' not in page.text


def test_neither_metrics_nor_rest_are_reached_from_outside(topology: Topology) -> None:
    web = Person(topology).web
    assert web.get(f"{topology.address}/metrics", timeout=10).status_code == 404
    said = {"sender": "somebody", "message": "hello"}
    assert web.post(f"{topology.address}/webhooks/rest/webhook", json=said, timeout=10).status_code == 404
