"""The servers of the conversation tests: one start for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.serving import Place
from tests.conversations.servers import started


@pytest.fixture(scope="session")
def place() -> Iterator[Place]:
    """Where the real Rasa answers."""
    with started() as place:
        yield place
