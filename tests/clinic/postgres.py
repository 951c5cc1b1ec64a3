"""A PostgreSQL server out of Debian's packages, started for the tests in a folder of its own; it ends when they end."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

SETTINGS = {"listen_addresses": "", "fsync": "off", "max_connections": "60"}
PATIENCE = 30.0
"""Seconds that the server may take to come up."""


def programs() -> Path | None:
    """Where Debian keeps initdb and postgres, None where the package is missing."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@dataclass(frozen=True)
class Cluster:
    """A server with its files and its socket in `folder`."""

    folder: Path

    def database(self) -> Iterator[str]:
        """The address of an empty database, dropped afterwards."""
        name = "t" + uuid.uuid4().hex[:12]
        self.tell(f"CREATE DATABASE {name}")
        try:
            yield self._address(name)
        finally:
            self.tell(f"DROP DATABASE {name} WITH (FORCE)")

    def tell(self, command: str) -> None:
        """One command to the server, outside of any transaction."""
        engine = create_engine(self._address("postgres"), future=True, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(command))
        engine.dispose()

    def _address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"


@contextmanager
def running(folder: Path, places: Path) -> Iterator[Cluster]:
    """A new server. As it refuses to be root, the user postgres runs it then."""
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    files = str(folder / "files")
    made = [str(places / "initdb"), "-D", files, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*_as_postgres(), *made], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    settings = [f"-c{name}={value}" for name, value in {**SETTINGS, "unix_socket_directories": folder}.items()]
    command = [*_as_postgres(), str(places / "postgres"), "-D", files, *settings]
    with (folder / "log").open("w") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server:
        try:
            _wait_for(Cluster(folder))
            yield Cluster(folder)
        finally:
            server.terminate()


def _as_postgres() -> list[str]:
    """Runs a program so that it ends with this one, whatever ends this one."""
    who = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
    return ["setpriv", *who, "--pdeathsig=INT", "--"]


def _wait_for(cluster: Cluster) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return cluster.tell("SELECT 1")
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
