"""What a load balancer and Prometheus are told, by a real server on a real port."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from assistant.channels import health
from assistant.channels.health import HealthInput
from assistant.knowledge_base.building import build
from assistant.settings import CONTENT
from assistant.trackers.watching import count_turn
from tests.channels.web_door import NUMBERS, Door
from tests.clinic.talking import simple


class HealthDoor(Door):
    """A server with the health channel alone. `loaded`: whether its model is."""

    loaded = True

    def _app(self, credentials: Any) -> Sanic:
        app = Sanic(f"health_{next(NUMBERS)}", configure_logging=False)
        app.ctx.agent = self
        register([HealthInput()], app, route="/webhooks/")
        return app

    def is_ready(self) -> bool:
        return self.loaded


async def _silent(message: UserMessage) -> None:
    return None


@pytest.fixture(scope="module")
def knowledge_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    build(CONTENT, path)
    return path


@pytest.fixture
def door(tmp_path: Path, knowledge_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HealthDoor]:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge_file))
    monkeypatch.setenv("PSOAS_DATABASE", f"sqlite:///{tmp_path / 'psoas.db'}")
    monkeypatch.delenv(health.TOKEN, raising=False)
    health._opened.cache_clear()
    running = HealthDoor(_silent, tmp_path, {})
    running.start()
    yield running
    running.stop()
    health._opened.cache_clear()


def _get(door: HealthDoor, path: str, token: str = "") -> tuple[int, str]:
    request = urllib.request.Request(door.address + path, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as got:
            return got.status, got.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_a_ready_process_names_its_knowledge(door: HealthDoor) -> None:
    status, body = _get(door, "/health/ready")
    told = json.loads(body)
    assert (status, told["ready"], told["missing"]) == (200, True, [])
    assert len(told["knowledge"]["sha256"]) == 64


def test_without_its_model_it_lives_but_is_not_ready(door: HealthDoor) -> None:
    door.loaded = False
    assert _get(door, "/health")[0] == 200
    status, body = _get(door, "/health/ready")
    assert (status, json.loads(body)["missing"]) == (503, ["model"])


def test_without_its_knowledge_base_it_is_not_ready(
    door: HealthDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(tmp_path / "gone.db"))
    status, body = _get(door, "/health/ready")
    assert (status, json.loads(body)["missing"]) == (503, ["knowledge"])


def test_without_its_database_it_is_not_ready(door: HealthDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_DATABASE", "postgresql://nobody@127.0.0.1:1/nothing")
    status, body = _get(door, "/health/ready")
    assert (status, json.loads(body)["missing"]) == (503, ["database"])


def test_metrics_do_not_exist_without_a_token_of_their_own(door: HealthDoor) -> None:
    assert _get(door, "/metrics")[0] == 404


def test_metrics_are_told_to_nobody_without_the_token(door: HealthDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(health.TOKEN, "s3cret")
    assert [_get(door, "/metrics", token)[0] for token in ("", "wrong", "s3cret")] == [401, 401, 200]


def test_metrics_count_verdicts_and_never_hold_a_word(door: HealthDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(health.TOKEN, "s3cret")
    turn = simple("ann", 1, "xylophone", care="emergency", walking="withheld", red_flags=["saddle_numbness"])
    count_turn(turn, 0.03)
    _, body = _get(door, "/metrics", "s3cret")
    assert 'psoas_results_total{care="emergency",walking="withheld"}' in body
    assert 'psoas_red_flags_total{finding="saddle_numbness"}' in body
    assert 'psoas_turn_seconds_count{channel="web"}' in body
    assert "xylophone" not in body
