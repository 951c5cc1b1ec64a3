"""After whole conversations at LOG_LEVEL=DEBUG no log and no file beside the ledger holds a word of them, and none a secret."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from doors import DOORS
from slack_server import SECRET
from slack_server import TOKEN as SLACK_TOKEN
from telegram_server import TOKEN
from web_visitor import Visitor

from assistant.settings import ROOT
from tests.security.conftest import METRICS, House

pytestmark = pytest.mark.servers
MARKER = "xylophonist"
SAID = (
    f"the {MARKER} has a dull ache deep in the right hip",
    f"{MARKER}?",
    f"why {MARKER}",
    f"I am a {MARKER} and I have gone numb between my legs",
    f"what have I told you, {MARKER}?",
    "summary",
)
LEDGER = ("psoas.db", "psoas.db-wal", "psoas.db-shm")


@pytest.fixture(scope="module")
def spoken(open_house: House) -> House:
    """A house in which the marker was said through every door, also in turns that failed and in requests that were refused."""
    for door in DOORS.values():
        person = door(open_house)
        for words in SAID:
            person.say(words)
    visitor = Visitor(open_house.address, headers={"X-Forwarded-For": "10.8.0.1"})
    visitor.say(f"I am called {MARKER}", shown=MARKER, metadata={"locale": MARKER})
    for body in (b'{"text": "' + MARKER.encode(), MARKER.encode() * 8000, b'{"text": ["' + MARKER.encode() + b'"]}'):
        visitor.request("POST", "messages", data=body, headers={"Content-Type": "application/json"})
    visitor.request("GET", MARKER)
    requests.post(f"{open_house.address}/webhooks/telegram/webhook", json={"message": {"text": MARKER}}, timeout=10)
    requests.post(
        f"{open_house.address}/webhooks/rest/webhook",
        json={"sender": "x", "message": f"\ud800 {MARKER} \x00"},
        timeout=30,
    )
    requests.post(f"{open_house.address}/fhir/Questionnaire/$next-question", json={"resourceType": MARKER}, timeout=10)
    return open_house


def test_the_marker_reached_the_ledger(spoken: House) -> None:
    assert any(
        MARKER.encode() in (spoken.state / name).read_bytes() for name in LEDGER if (spoken.state / name).exists()
    )


def test_no_log_holds_a_word(spoken: House) -> None:
    logs = list((ROOT / "var" / "log").glob("*.log"))
    assert any("turn trace=" in log.read_text(errors="replace") for log in logs)
    for log in logs:
        assert MARKER not in log.read_text(errors="replace").lower(), log


def test_no_file_beside_the_ledger_holds_a_word(spoken: House) -> None:
    for path in files(spoken):
        assert MARKER.encode() not in path.read_bytes().lower(), path


def test_no_log_holds_a_secret(spoken: House) -> None:
    kept = (spoken.state / "session_secret").read_text().strip()
    for log in (ROOT / "var" / "log").glob("*.log"):
        text = log.read_text(errors="replace")
        for secret in (kept, TOKEN, SLACK_TOKEN, SECRET, METRICS, "correct horse battery", "eyJhbGciOi"):
            assert secret not in text, log.name


def test_the_secret_and_the_ledger_are_for_their_owner_alone(spoken: House) -> None:
    for name in ("session_secret", "psoas.db"):
        assert (spoken.state / name).stat().st_mode & 0o077 == 0


def files(house: House) -> Iterator[Path]:
    """What this house wrote, but the ledger itself."""
    for folder in (house.state, ROOT / "var" / "run" / str(house.place.port)):
        yield from (path for path in folder.rglob("*") if path.is_file() and path.name not in LEDGER)
