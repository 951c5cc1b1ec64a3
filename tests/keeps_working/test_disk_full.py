"""The disk that holds the database is full for a while."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.keeps_working.rig import count, ended, house, person, told

SIZE = "3m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    if os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_turns_go_on_and_are_written_when_there_is_room(small_disk: Path, note: Callable[[str, str], None]) -> None:
    with house(f"sqlite:///{small_disk / 'psoas.db'}") as topology:
        ann, ben = person(topology), person(topology)
        for somebody in (ann, ben):
            somebody.say("my groin hurts")
        kept = count(topology, "turns")
        filled = fill(small_disk)
        said = ["it has been months", "I have gone numb between my legs", *["what have I told you?"] * 10]
        answers = [ended(ann.say(words)) for words in said]
        assert answers == ["done"] * len(said)
        filled.unlink()
        lost = len(said) - (count(topology, "turns") - kept)
        assert lost > 0
        assert ended(ben.say("a dull ache")) == "done"
        assert count(topology, "turns") == kept + len(said) + 1
        assert count(topology, "cases") == 1
        assert "some months" in told(ann)
    note(
        "the disk full",
        f"{len(said)} turns were answered, {lost} of them from memory; all were written once there was room",
    )


def fill(place: Path) -> Path:
    """Fill a disk up to its last byte."""
    path = place / "filling"
    with path.open("wb", buffering=0) as file:
        for size in (4096, 1):
            while True:
                try:
                    file.write(b"x" * size)
                except OSError:
                    break
    return path
