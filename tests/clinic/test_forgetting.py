"""What is deleted is gone: from every table, from every byte of the files, and by itself when it is old."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, String, Table, inspect, text
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic.forgetting import DAY
from assistant.clinic.opening import empty_log, reading
from assistant.errors import InputError
from tests.clinic.talking import BEGAN, keep_all, simple

SECRET = "zygomatic-quokka"
OTHER = "ordinary-badger"
BYTES = [SECRET.encode(), "päonien".encode(), "päonien".encode("utf-16-le"), b"p\\u00e4onien"]


def _said(conversation: str, words: str, turns: int = 30) -> list[ledger.TurnKept]:
    return [simple(conversation, n, text=f"{words} päonien {n} " * 200) for n in range(1, turns + 1)]


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _everything(engine: Engine) -> str:
    """Every value of every row of every table."""
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return repr([connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in names])


def _forget(engine: Engine, conversation: str) -> ledger.Receipt:
    with engine.begin() as connection:
        return ledger.forget(connection, conversation)


def test_no_byte_of_a_forgotten_conversation_is_left_in_the_files(tmp_path: Path) -> None:
    engine = ledger.ready(f"sqlite:///{tmp_path / 'psoas.db'}")
    keep_all(engine, _said(SECRET, SECRET))
    assert all(word in _files(tmp_path) for word in BYTES[:2])
    _forget(engine, SECRET)
    assert not [word for word in BYTES if word in _files(tmp_path)]
    engine.dispose()
    assert not [word for word in BYTES if word in _files(tmp_path)]


def test_only_the_conversation_that_was_named_is_forgotten(tmp_path: Path) -> None:
    engine = ledger.ready(f"sqlite:///{tmp_path / 'psoas.db'}")
    for one, other in zip(_said("a", SECRET), _said("b", OTHER), strict=True):
        keep_all(engine, [one, other])
    _forget(engine, "a")
    assert SECRET.encode() not in _files(tmp_path)
    assert OTHER in _everything(engine)
    assert _forget(engine, "b").counts == {"cases": 1, "talks": 1, "turns": 30}
    engine.dispose()


def test_what_a_reader_held_open_is_gone_when_the_log_is_emptied_again(tmp_path: Path) -> None:
    engine = ledger.ready(f"sqlite:///{tmp_path / 'psoas.db'}")
    keep_all(engine, _said("a", SECRET))
    with reading(engine) as connection:
        connection.execute(text("SELECT count(*) FROM turns")).scalar()
        _forget(engine, "a")
        assert not empty_log(engine)
    assert empty_log(engine)
    assert SECRET.encode() not in _files(tmp_path)
    engine.dispose()


def test_a_process_killed_right_after_deleting_leaves_nothing_once_the_ledger_opens_again(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'psoas.db'}"
    engine = ledger.ready(address)
    keep_all(engine, _said("a", SECRET))
    killed = (
        "import os; from assistant.clinic import ledger\n"
        f"engine = ledger.ready({address!r}); connection = engine.connect()\n"
        "ledger.forget(connection, 'a'); connection.commit(); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
    ledger.ready(address).dispose()
    assert SECRET.encode() not in _files(tmp_path)
    engine.dispose()


def test_every_table_that_names_the_conversation_is_emptied_of_it(engine: Engine) -> None:
    for name, column in (("conversations", "id"), ("events", "sender_id"), ("letters", "conversation")):
        table = Table(name, MetaData(), Column(column, String(64)), Column("state", String(64)))
        table.create(engine)
        with engine.begin() as connection:
            connection.execute(table.insert(), [{column: "a", "state": SECRET}, {column: "b", "state": OTHER}])
    keep_all(engine, [simple("a", 1, text=SECRET), simple("b", 1, text=OTHER)])
    receipt = _forget(engine, "a")
    assert receipt.counts == {"cases": 1, "conversations": 1, "events": 1, "letters": 1, "talks": 1, "turns": 1}
    assert SECRET not in _everything(engine)
    assert _everything(engine).count(f"('b', '{OTHER}')") == 3
    assert _forget(engine, "b").counts == receipt.counts


def test_the_receipt_tells_nothing_about_anybody(engine: Engine) -> None:
    keep_all(engine, [simple(SECRET, 1, text=SECRET)])
    receipt = _forget(engine, SECRET)
    kept = _everything(engine)
    assert receipt.id in kept
    assert SECRET not in kept + receipt.id
    assert SECRET not in repr(receipt)


def test_somebody_unknown_gets_a_receipt_over_nothing(engine: Engine) -> None:
    assert _forget(engine, "nobody").counts == {}


def test_deleting_in_a_turn_deletes_the_turn_too(engine: Engine) -> None:
    deleting = ledger.TurnKept("a", "web", BEGAN, SECRET, {}, [{"text": "", "custom": {"deleted": True}}], {}, "m")
    keep_all(engine, [simple("a", 1, text=SECRET), deleting])
    assert SECRET not in _everything(engine)


def test_what_is_older_than_it_may_be_goes_and_the_rest_stays(engine: Engine) -> None:
    keep_all(engine, [simple("old", 1), simple("old", 2), simple("new", 60)])
    with engine.begin() as connection:
        assert ledger.sweep(connection, BEGAN + 60 * 59 + 90 * DAY, days=90)
        assert ledger.sweep(connection, BEGAN + 60 * 59 + 90 * DAY, days=90) is None
    assert "'old'" not in _everything(engine)
    assert "'new'" in _everything(engine)


def test_an_old_case_of_a_conversation_that_goes_on_is_deleted_and_the_new_one_kept(engine: Engine) -> None:
    anew = simple("a", 1000, text="start over", result=False)
    again = ledger.TurnKept(**{**vars(anew), "session": {"put": 1}})
    keep_all(engine, [simple("a", 2, text="old words"), again, simple("a", 1001, text="new words")])
    with engine.begin() as connection:
        receipt = ledger.sweep(connection, BEGAN + 60 * 900, days=60 * 100 / DAY)
    assert receipt is not None
    assert receipt.counts == {"cases": 1, "turns": 1}
    assert receipt.conversations == ()
    assert "old words" not in _everything(engine)
    assert "new words" in _everything(engine)


def test_nothing_goes_when_retention_is_off(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_RETENTION_DAYS", "0")
    keep_all(engine, [simple("a", 1)])
    with engine.begin() as connection:
        assert ledger.sweep(connection, BEGAN + 10_000 * DAY) is None


@pytest.mark.parametrize("written", ["soon", "-1", "nan", "inf"])
def test_a_retention_that_is_no_number_of_days_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("PSOAS_RETENTION_DAYS", written)
    engine = ledger.ready(f"sqlite:///{tmp_path / 'psoas.db'}")
    with pytest.raises(InputError, match="PSOAS_RETENTION_DAYS"), engine.begin() as connection:
        ledger.sweep(connection, BEGAN)
