"""Real databases for the clinic's tests: an SQLite file, and a PostgreSQL cluster of their own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic.case import Case
from assistant.clinic.wording import Wording, _written
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.handed import alarming, by_name
from tests.clinic.notice_servers import Receiver, receiving
from tests.clinic.noticing import SECRET
from tests.clinic.postgres import Cluster, programs, running


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server with its files in a folder of its own, reached through a socket there."""
    places = programs()
    if places is None:
        pytest.skip("PostgreSQL is not installed: apt-get install -y postgresql")
    folder = Path(tempfile.mkdtemp(prefix="psoas-pg-"))
    try:
        with running(folder, places) as started:
            yield started
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger' / 'psoas.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    yield from cluster.database()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The ledger on that database."""
    made = ledger.ready(url)
    yield made
    made.dispose()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A server that takes webhooks, named in the environment together with the secret that signs."""
    with receiving(Receiver()) as started:
        monkeypatch.setenv("PSOAS_WEBHOOK_URL", started.url)
        monkeypatch.setenv("PSOAS_WEBHOOK_SECRET", SECRET)
        yield started


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> Wording:
    return Wording(_written(), knowledge)


@pytest.fixture
def alarm(knowledge: Knowledge, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    return alarming(knowledge, reader, tmp_path)


@pytest.fixture
def walker(knowledge: Knowledge, reader: Reader, tmp_path: Path) -> Case:
    return by_name("short-stride-limited-extension", knowledge, reader, tmp_path)
