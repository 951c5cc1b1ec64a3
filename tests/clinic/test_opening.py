"""The database comes up by itself, whatever state it is in, and says what is wrong where it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

from assistant.clinic import ledger, opening
from assistant.clinic.tables import METADATA
from assistant.errors import InputError
from tests.clinic.talking import keep_all, simple


def test_the_migrations_make_the_tables_that_the_models_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"version_table": opening.VERSION_TABLE, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_the_newest_migration_is_the_one_that_is_looked_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(opening.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [opening.HEAD]


def test_migrations_go_back_and_forth(engine: Engine) -> None:
    opening.migrate(engine, "base")
    assert not set(METADATA.tables) & set(inspect(engine).get_table_names())
    opening.migrate(engine)
    keep_all(engine, [simple("a", 1)])
    opening.migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 1


def test_processes_that_start_at_once_migrate_once(url: str) -> None:
    command = [sys.executable, "-c", f"from assistant.clinic import ledger; ledger.ready({url!r})"]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [(process.wait(60), process.stderr.read() if process.stderr else "") for process in started] == [(0, "")] * 4


def test_the_file_of_cases_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "psoas.db"
    engine = ledger.ready(f"sqlite:///{path}")
    keep_all(engine, [simple("a", 1)])
    assert {file.stat().st_mode & 0o077 for file in path.parent.iterdir()} == {0}
    engine.dispose()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "mysql://a:b@c/d",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+nothing://x",
        "sqlite:////proc/x/y",
    ],
)
def test_an_address_that_is_none_is_refused_with_a_remedy(address: str) -> None:
    with pytest.raises(InputError, match="sqlite:///"):
        ledger.ready(address)


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(InputError, match=r"127\.0\.0\.1") as refused:
        ledger.ready("postgres://clinic:s3cret@127.0.0.1:9/cases")
    assert "s3cret" not in str(refused.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear clinic, " * 100)
    with pytest.raises(InputError, match=r"letter\.txt"):
        ledger.ready(f"sqlite:///{path}")
    assert path.read_text() == "Dear clinic, " * 100
