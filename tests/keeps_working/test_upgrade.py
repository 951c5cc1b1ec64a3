"""A database that the release before this one wrote: three conversations, one in the middle, one finished, one alarmed.

previous_release.sql is that database as SQL, taken from the servers of that release while they talked.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from assistant.channels.web.sessions import Sessions
from assistant.clinic import ledger
from assistant.clinic.inbox import inbox
from assistant.clinic.opening import migrate
from assistant.preparing import environment
from assistant.settings import ROOT
from tests.clinic import postgres
from tests.cluster.topology import Topology
from tests.keeps_working.rig import count, ended, house, person, told

PREVIOUS = Path(__file__).parent / "previous_release.sql"
PREVIOUS_HEAD = "0001"
TIMES = re.compile(r'("timestamp": )[0-9.]+')


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The previous release's file, as if it had been in use a moment ago."""
    path = tmp_path / "psoas.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(PREVIOUS.read_text(encoding="utf-8"))
        now = time.time()
        for name, state in connection.execute("SELECT id, state FROM conversations").fetchall():
            fresh = TIMES.sub(rf"\g<1>{now}", state)
            connection.execute("UPDATE conversations SET state = ?, updated = ? WHERE id = ?", (fresh, now, name))
        connection.commit()
    return path


def test_conversations_and_cases_go_on(database: Path, note: Callable[[str, str], None]) -> None:
    with house(f"sqlite:///{database}") as topology:
        ann = person(topology, token(topology, "web-previous-middle"))
        history = len(ann.history())
        said = told(ann)
        for words in ("deep in the hip", "a dull ache", "some months"):
            assert words in said
        assert ended(ann.say("4")) == "done"
        assert len(ann.history()) > history
        assert ended(person(topology, token(topology, "web-previous-finished")).say("why?")) == "done"
        alarmed = person(topology, token(topology, "web-previous-alarmed")).say("can I walk now?")
        assert "needs care now" in str(alarmed)
        assert count(topology, "cases") == 2
        listed = command(topology, "case", "list").splitlines()
        for line in listed[-2:]:
            identity = next(word for word in re.findall(r"c-[0-9a-f]+", line))
            command(topology, "case", "export", identity)
    note(
        "an upgrade from the previous release's database",
        "all three conversations went on where they were; both cases are handed over",
    )


def token(topology: Topology, conversation: str) -> str:
    """The session that the person had."""
    return Sessions(topology.settings["PSOAS_SESSION_SECRET"].encode())._sign(conversation, int(time.time()))


def command(topology: Topology, *words: str) -> str:
    asked = [sys.executable, "-m", "assistant.cli", *words]
    done = subprocess.run(
        asked, cwd=ROOT, env=environment(**topology.settings), capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_same_rows_upgrade_in_postgresql(database: Path) -> None:
    with _postgresql() as url:
        new = create_engine(url, future=True)
        migrate(new, PREVIOUS_HEAD)
        copy(database, url)
        engine = ledger.ready(url)
        with ledger.reading(engine) as connection:
            cases = inbox(connection)
        assert {case.care for case in cases} == {"self_care", "emergency"}
        for made in (new, engine):
            made.dispose()


def copy(database: Path, url: str) -> None:
    """Every row of the SQLite file into the empty tables."""
    old, new = create_engine(f"sqlite:///{database}", future=True), create_engine(url, future=True)
    there = MetaData()
    there.reflect(new)
    here = MetaData()
    here.reflect(old)
    with old.connect() as reading, new.begin() as writing:
        for table in there.sorted_tables:
            rows = reading.execute(here.tables[table.name].select()).mappings().all()
            if rows and table.name != "clinic_version":
                writing.execute(table.insert(), [dict(row) for row in rows])
    for made in (old, new):
        made.dispose()


@contextmanager
def _postgresql() -> Iterator[str]:
    places = postgres.programs()
    assert places is not None
    folder = Path(tempfile.mkdtemp(prefix="psoas-pg-"))
    try:
        with postgres.running(folder, places) as server, contextmanager(server.database)() as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)
