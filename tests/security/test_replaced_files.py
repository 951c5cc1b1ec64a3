"""Somebody puts another model or knowledge base in place: what is noticed, and what a look afterwards can find."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from tarsafe import TarSafeException

from assistant.errors import InputError
from assistant.knowledge_base.building import build
from assistant.knowledge_base.reading import open_knowledge, stamp_of
from assistant.settings import CONTENT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    build(CONTENT, path)
    return path


def test_building_anew_gives_the_same_content_so_that_a_replaced_file_can_be_found(built: Path, tmp_path: Path) -> None:
    build(CONTENT, tmp_path / "again.db")
    assert content(built) == content(tmp_path / "again.db")
    changed = tmp_path / "changed.db"
    changed.write_bytes(built.read_bytes())
    with closing(sqlite3.connect(changed)) as connection, connection:
        connection.execute("UPDATE rules SET written = replace(written, 'emergency', 'self_care')")
    assert stamp_of(changed) == stamp_of(built)
    assert content(changed) != content(built)


@pytest.mark.parametrize("share", [0.95, 0.5, 0.1])
def test_a_damaged_knowledge_base_is_refused(built: Path, tmp_path: Path, share: float) -> None:
    whole = built.read_bytes()
    half = tmp_path / "half.db"
    for cut in (whole[: int(len(whole) * share)], whole[: int(len(whole) * share)].ljust(len(whole), b"\xa5")):
        half.write_bytes(cut)
        with pytest.raises(InputError):
            open_knowledge(half)


def test_a_model_writes_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    archive = tmp_path / "model.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo("../../outside.txt")
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(TarSafeException):
        LocalModelStorage.from_model_archive(tmp_path / "a" / "b", archive)
    assert not (tmp_path / "outside.txt").exists()


def content(path: Path) -> list[str]:
    """Every row of a knowledge base as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
