"""The tracker store's tests run on the same real databases as the ledger's, with the project's own domain."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from rasa.shared.core.domain import Domain

from assistant.knowledge_base.building import build
from assistant.settings import CONTENT, ROOT
from tests.clinic.conftest import cluster, engine, url

__all__ = ["cluster", "engine", "url"]
T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Wait for something asynchronous."""
    return asyncio.run(work)


@pytest.fixture(scope="session")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture(scope="session")
def knowledge_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    build(CONTENT, path)
    return path


@pytest.fixture(autouse=True)
def _knowledge_in_use(knowledge_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge_file))
