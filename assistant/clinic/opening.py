"""Opens the ledger's database, brings its tables up to date, and leaves no deleted text behind in SQLite's files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import QueuePool

from assistant.errors import InputError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0003"
"""The newest migration; a database that stands there is not touched."""
VERSION_TABLE = "clinic_version"
ONE_AT_A_TIME = 7_043_019
"""PostgreSQL's advisory lock under which one process migrates while the others wait."""
BUSY_SECONDS = 20
LOG_BUSY_SECONDS = 1
"""How long a writer waits for others, and the emptying of the log for readers."""
READING = "clinic_reading"
REMEDY = "set PSOAS_DATABASE to sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


def ready(url: str) -> Engine:
    """An engine on a migrated database. Raises InputError, without the password, where it cannot be had."""
    engine = _engine(url)
    shown = engine.url.render_as_string(hide_password=True)
    try:
        migrate(engine)
        empty_log(engine)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise InputError(f"{shown}: the ledger cannot be opened ({reason}); {REMEDY}") from None
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise InputError(f"{shown}: this is not the ledger's database ({reason}); {REMEDY}") from None
    return engine


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres:") else url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        if parsed.get_backend_name() == "postgresql":
            arguments = {"connect_timeout": 5, "application_name": "psoas"}
            return create_engine(parsed, future=True, hide_parameters=True, pool_pre_ping=True, connect_args=arguments)
    except (ArgumentError, NoSuchModuleError, ValueError):
        pass
    raise InputError(f"PSOAS_DATABASE: this is no address of a database; {REMEDY}")


def _sqlite(url: Any) -> Engine:
    if not url.database or url.database == ":memory:" or url.query:
        raise InputError("PSOAS_DATABASE: give a file after sqlite:///, without anything behind it")
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_file(path)
    except OSError as error:
        raise InputError(f"{path}: the ledger cannot be opened ({error.strerror}); {REMEDY}") from None
    arguments = {"check_same_thread": False, "timeout": BUSY_SECONDS}
    engine = create_engine(url, future=True, hide_parameters=True, poolclass=QueuePool, connect_args=arguments)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _tidy)
    return engine


def _make_file(path: Path) -> None:
    """Make the file so that nobody else may read it. One that is there is not touched: whoever opens and closes a database file
    gives up every lock that this process has on it, and then another program takes its write-ahead log away."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _set_up(raw: Any, record: Any) -> None:
    raw.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"):
        raw.execute(f"PRAGMA {pragma}").fetchall()


def _begin(connection: Connection) -> None:
    """A transaction takes its turn at once, so that it never has to give up half-way; one that only reads waits for nobody."""
    only_reads = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads and holds nobody up."""
    with engine.execution_options(**{READING: True}).connect() as connection:
        yield connection


def leave_nothing(connection: Connection) -> None:
    """After this transaction what it deleted must be gone from the files too, not only from the tables."""
    if connection.dialect.name == "sqlite":
        connection.info["deleted"] = True


def _tidy(raw: Any, record: Any) -> None:
    """Empty the write-ahead log after a deletion; where somebody still reads an older state, once more the next time."""
    if raw is not None and record.info.get("deleted"):
        record.info["deleted"] = not _emptied(raw)


def _emptied(raw: Any) -> bool:
    raw.execute(f"PRAGMA busy_timeout={LOG_BUSY_SECONDS * 1000}").fetchall()
    busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}").fetchall()
    return not busy


def empty_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, so that no deleted text is left in it; false while somebody still reads an older state.
    Always true for PostgreSQL, where an operator's VACUUM does the like."""
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    try:
        return _emptied(raw.dbapi_connection)
    finally:
        raw.close()


def version_of(connection: Connection) -> str | None:
    """The migration at which the database stands; None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    number = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return None if number is None else str(number)


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring the tables to `target` ("head", or a migration's number to go back to) in one transaction."""
    with reading(engine) as connection:
        if target == "head" and version_of(connection) == HEAD:
            return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        _run_migrations(connection, target)


def _run_migrations(connection: Connection, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    there = version_of(connection)
    down = target == "base" or (target != "head" and there is not None and target < there)
    (command.downgrade if down else command.upgrade)(config, target)
