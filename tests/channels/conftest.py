"""A fresh web door, and a visitor at it, for each test that asks; and the real assistant with all doors, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doors import House, house
from scripted_bot import ScriptedBot
from web_door import Door, open_door
from web_visitor import Visitor


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with open_door(ScriptedBot(), tmp_path / "var", allowed_origins=["https://clinic.example"]) as running:
        yield running


@pytest.fixture
def visitor(door: Door) -> Visitor:
    return Visitor(door.address)


@pytest.fixture(scope="session")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Rasa and the action server with every door open."""
    with house(tmp_path_factory.mktemp("house")) as running:
        yield running
