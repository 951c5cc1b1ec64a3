"""The machine's clock jumps backwards, by libfaketime under Rasa and the action servers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jwt
import pytest

from tests.cluster.topology import Topology
from tests.keeps_working.rig import count, ended, house, person, told, until

PLACES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
JUMPS = ("-1h", "-30d")


def test_a_clock_that_jumps_backwards_ends_no_conversation(tmp_path: Path, note: Callable[[str, str], None]) -> None:
    if not PLACES:
        pytest.skip("libfaketime is not installed: apt-get install -y faketime")
    now = tmp_path / "now"
    now.write_text("+0")
    faked = {"LD_PRELOAD": str(PLACES[-1]), "FAKETIME_TIMESTAMP_FILE": str(now), "FAKETIME_CACHE_DURATION": "1"}
    with house(**faked, DONT_FAKE_MONOTONIC="1") as topology:
        ann = person(topology)
        ann.say("my groin hurts")
        for jump in JUMPS:
            before = clock(topology)
            now.write_text(jump)
            until(lambda: clock(topology) < before - 60)  # noqa: B023
            assert ended(ann.say("it has been months")) == "done"
            rotated = ann.request("POST", "session")
            assert rotated.status_code == 200
            ann.token = rotated.json()["token"]
        assert "some months" in told(ann)
        ann.say("I have gone numb between my legs")
        texts = [message["content"]["text"] for message in ann.history() if message["role"] == "person"]
        assert texts[0] == "my groin hurts"
        assert texts[-1] == "I have gone numb between my legs"
        assert count(topology, "cases") == 1
    note(
        "the clock jumped back by an hour, then by a month",
        "the conversation went on in its order, with the session it had",
    )


def clock(topology: Topology) -> int:
    """What time it is for Rasa: when it says that a new session began."""
    token = person(topology).token
    return int(jwt.decode(token, options={"verify_signature": False})["iat"])
