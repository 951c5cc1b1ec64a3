"""What the tests of this folder break: the programs of deploy/ with one Rasa process, and people who talk to it."""

from __future__ import annotations

import itertools
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import create_engine, text

from tests.channels.web_visitor import Visitor
from tests.cluster.topology import Topology, planned

ACTIONS = ("actions_1", "actions_2")
RASA = "rasa_1"
FILES = 1024
PEOPLE = itertools.count(1)


@contextmanager
def house(database: str = "", **settings: str) -> Iterator[Topology]:
    """All of it, answering; with an SQLite file of its own where no database is given, and `settings` in the environment of
    what is ours. Ended when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="psoas-keeps-"))
    try:
        topology = planned(folder, database or f"sqlite:///{folder / 'psoas.db'}")
        try:
            start(topology, "redis", "public")
            topology.settings = {**topology.settings, **settings}
            start(topology, *ACTIONS, RASA)
            yield topology
        finally:
            for name in topology.processes:
                with suppress(ProcessLookupError):
                    topology.processes[name].send_signal(signal.SIGCONT)
            topology.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(topology: Topology, *names: str) -> None:
    """Start programs and wait until they are ready; with as few open files as most systems begin with."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    for name in names:
        topology.start(name)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    for name in names:
        topology.wait_ready(name)


def freeze(topology: Topology, *names: str) -> None:
    """Stop programs in the middle of whatever they do; to be killed or thawed."""
    for name in names:
        topology.processes[name].send_signal(signal.SIGSTOP)


def person(topology: Topology, token: str = "") -> Visitor:
    """Somebody at the page, from an address of their own."""
    number = next(PEOPLE)
    address = f"10.{number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"
    visitor = Visitor(f"http://127.0.0.1:{topology.ports[RASA]}", token, headers={"X-Forwarded-For": address})
    if not token:
        visitor.session()
    return visitor


def told(visitor: Visitor) -> str:
    """What the assistant remembers, in its own words."""
    return " ".join(str(words) for words in visitor.texts("what have I told you?"))


def ended(answer: Sequence[tuple[str, Any]]) -> str:
    """How an answer ended: "done" or "error"."""
    return answer[-1][0]


def until(true: Callable[[], bool], patience: float = 30.0) -> float:
    """Wait until something is so; the seconds it took. Fails after `patience` seconds."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < patience
        time.sleep(0.05)
    return time.monotonic() - began


def ready(topology: Topology) -> list[str]:
    """What is missing, as a load balancer is told."""
    address = f"http://127.0.0.1:{topology.ports[RASA]}/health/ready"
    return list(requests.get(address, timeout=10).json()["missing"])


def count(topology: Topology, table: str) -> int:
    """Rows of a table of the database."""
    engine = create_engine(topology.database, future=True)
    with engine.connect() as connection:
        found = int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
    engine.dispose()
    return found


def memory(topology: Topology, name: str = RASA) -> float:
    """Megabytes that a program holds."""
    status = Path(f"/proc/{topology.processes[name].pid}/statm").read_text()
    return int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
