"""A PostgreSQL server out of Debian's packages, started for the tests in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

SETTINGS = "-c listen_addresses='' -c fsync=off -c max_connections=60 -c unix_socket_directories="


def programs() -> Path | None:
    """Where Debian keeps initdb and pg_ctl, None where the package is missing."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@dataclass(frozen=True)
class Cluster:
    """One server in `folder`; it refuses to run as root, so the user postgres runs it then."""

    folder: Path

    def start(self) -> None:
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self.files, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self.files, "-w", "-l", log, "-o", f"{SETTINGS}{self.folder}", "start")

    def stop(self) -> None:
        if Path(self.files, "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.files, "-m", "immediate", "stop")

    @property
    def files(self) -> str:
        return str(self.folder / "files")

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database, dropped afterwards."""
        name = "t" + uuid.uuid4().hex[:12]
        self._tell(f"CREATE DATABASE {name}")
        try:
            yield self._address(name)
        finally:
            self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def _tell(self, command: str) -> None:
        engine = create_engine(self._address("postgres"), future=True, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(command))
        engine.dispose()

    def _run(self, name: str, *arguments: str) -> None:
        places = programs()
        assert places is not None
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*as_postgres, str(places / name), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
