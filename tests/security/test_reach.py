"""What can be reached from outside: the doors that were opened, and nothing of Rasa's or the action server's own."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import requests
import yaml

from assistant.cli import main
from assistant.settings import ROOT
from tests.security.conftest import METRICS, House

pytestmark = pytest.mark.servers
RASAS_OWN = (
    ("GET", "/status"), ("GET", "/version"), ("GET", "/domain"), ("POST", "/model/parse"), ("POST", "/model/train"),
    ("PUT", "/model"), ("DELETE", "/model"), ("GET", "/conversations/x/tracker"), ("POST", "/conversations/x/messages"),
    ("POST", "/conversations/x/trigger_intent"), ("POST", "/conversations/x/execute"), ("PUT", "/conversations/x/tracker/events"),
    ("GET", "/conversations/x/story"), ("POST", "/model/test/intents"), ("GET", "/webhooks/socketio/"), ("GET", "/docs"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path"), RASAS_OWN, ids=str)
def test_rasas_own_interface_is_closed(open_house: House, method: str, path: str) -> None:
    reply = requests.request(method, open_house.address + path, json={}, timeout=10)
    assert reply.status_code in (404, 405)


def test_no_file_that_is_shipped_opens_the_rest_channel() -> None:
    for path in (ROOT / "credentials.yml", ROOT / "deploy" / "credentials.yml"):
        assert not {"rest", "callback", "socketio", "rasa"} & set(yaml.safe_load(path.read_text()))


def test_the_rest_channel_opens_on_loopback_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--rest", "--host", "0.0.0.0"]) == 2
    assert "unprotected" in capsys.readouterr().err


def test_the_action_server_listens_to_this_machine_alone(open_house: House) -> None:
    port = actions_port(open_house)
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    for address in outside():
        with pytest.raises(OSError, match="refused"), socket.create_connection((address, port), timeout=5):
            pass


def test_no_page_of_a_browser_may_talk_to_the_action_server(open_house: House) -> None:
    address = f"http://127.0.0.1:{actions_port(open_house)}/webhook"
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for reply in (
        requests.options(address, headers=asked, timeout=10),
        requests.post(address, json={}, headers=asked, timeout=10),
    ):
        assert "access-control-allow-origin" not in reply.headers


def test_metrics_are_for_whoever_has_their_token(open_house: House) -> None:
    for token, status in (("", 401), ("wrong", 401), (METRICS, 200)):
        own = {"Authorization": f"Bearer {token}"}
        assert requests.get(f"{open_house.address}/metrics", headers=own, timeout=10).status_code == status


def actions_port(house: House) -> int:
    """Where Rasa of this house finds its action server."""
    path = Path(ROOT / "var" / "run" / str(house.place.port) / "endpoints.yml")
    return int(yaml.safe_load(path.read_text())["action_endpoint"]["url"].split(":")[2].split("/")[0])


def outside() -> list[str]:
    """This machine's other addresses."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no other address")
        return [probe.getsockname()[0]]
