"""Nobody reads, writes or ends the conversation of somebody else, through the real servers."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import requests
from doors import DOORS
from web_visitor import Visitor

from tests.security.conftest import House

pytestmark = pytest.mark.servers
SENDERS = ("sender", "sender_id", "conversation", "conversation_id", "session", "session_id", "sub", "user", "metadata")


@pytest.fixture
def ann(open_house: House) -> Visitor:
    visitor = Visitor(open_house.address, headers={"X-Forwarded-For": "10.9.0.1"})
    visitor.say("my groin hurts")
    return visitor


@pytest.fixture
def eve(open_house: House) -> Visitor:
    visitor = Visitor(open_house.address, headers={"X-Forwarded-For": "10.9.0.2"})
    visitor.session()
    return visitor


def told(visitor: Visitor) -> str:
    return " ".join(visitor.texts("what have I told you?"))


def subject(visitor: Visitor) -> str:
    """The id of a conversation, as only the holder of its token can know it."""
    return str(json.loads(base64.urlsafe_b64decode(visitor.token.split(".")[1] + "=="))["sub"])


@pytest.mark.parametrize("name", SENDERS)
def test_a_message_says_nothing_about_who_sent_it(ann: Visitor, eve: Visitor, name: str) -> None:
    claimed: Any = {"sender": subject(ann)} if name == "metadata" else subject(ann)
    eve.say("I have gone numb between my legs", **{name: claimed})
    eve.request("POST", f"messages?{name}={subject(ann)}", json={"text": "months", name: claimed})
    assert "numb" not in told(ann)
    assert "groin" not in told(eve)


def test_a_known_id_is_no_key(ann: Visitor, eve: Visitor) -> None:
    name = subject(ann)
    for token in (name, f"Bearer {name}", eve.token.rsplit(".", 1)[0] + "." + ann.token.rsplit(".", 1)[1]):
        own = {"Authorization": f"Bearer {token}"}
        assert requests.get(f"{ann.address}/chat/history", headers=own, timeout=10).status_code == 401
        assert requests.delete(f"{ann.address}/chat/data", headers=own, timeout=10).status_code == 401
    for path in (f"history/{name}", f"history?conversation={name}", f"data/{name}"):
        assert "groin" not in eve.request("GET", path).text
    assert "groin" in told(ann)


def test_ids_hold_128_bits_of_chance(open_house: House) -> None:
    names = set()
    for number in range(20):
        visitor = Visitor(open_house.address, headers={"X-Forwarded-For": f"10.9.1.{number + 1}"})
        visitor.session()
        names.add(subject(visitor))
    assert len(names) == 20
    assert all(len(name.removeprefix("web-")) == 32 for name in names)


def test_the_same_try_of_somebody_else_repeats_nothing_of_mine(ann: Visitor, eve: Visitor) -> None:
    ann.say("it has been months", id="a-try-that-eve-knows")
    assert "months" not in str(eve.say("hello", id="a-try-that-eve-knows")).lower().replace("18 months", "")
    assert "some months" in told(ann)


@pytest.mark.parametrize("door", DOORS)
def test_in_every_door_two_people_are_two(open_house: House, door: str) -> None:
    first, second = DOORS[door](open_house), DOORS[door](open_house)
    first.say("my groin hurts")
    assert "groin" not in " ".join(second.say("what have I told you?").texts)
    assert "groin" in " ".join(first.say("what have I told you?").texts)
