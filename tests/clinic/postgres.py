"""A PostgreSQL server out of Debian's packages, started for the tests in a folder of its own; it ends when they end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
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


@dataclass
class Cluster:
    """A server with its files and its socket in `folder`; stopped, it can be started again on the same files."""

    folder: Path
    command: Sequence[str] = ()
    server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "log").open("a") as log:
            self.server = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log)
        _wait_for(self)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: by SIGINT in order, by SIGQUIT as in a crash, by SIGTERM as soon as nobody is connected."""
        if self.server is not None:
            self.server.send_signal(how)
            self.server.wait()

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
    cluster = Cluster(folder, [*_as_postgres(), str(places / "postgres"), "-D", files, *settings])
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


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
