"""The knowledge base file goes missing, is cut short, or is swapped under the running servers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from assistant.knowledge_base.building import build
from assistant.settings import CONTENT
from tests.channels.web_visitor import Visitor
from tests.cluster.topology import Topology
from tests.keeps_working.rig import ACTIONS, ended, person, ready, start, until

QUESTION = "how long should I hold the kneeling stretch?"
NEW_WORD = "zorbled"
"""Says a warning sign in the other knowledge base alone."""


@pytest.fixture
def file(topology: Topology) -> Iterator[Path]:
    """The file in use; put back as it was afterwards."""
    path = Path(topology.settings["PSOAS_KNOWLEDGE"])
    kept = path.with_suffix(".kept")
    shutil.copy(path, kept)
    yield path
    shutil.copy(kept, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
    kept.unlink()
    until(lambda: not ready(topology))


def test_missing_it_is_an_honest_line_and_back_it_is_used_at_once(topology: Topology, file: Path) -> None:
    ann = person(topology)
    ann.say("my groin hurts")
    aside = file.rename(file.with_suffix(".aside"))
    assert ready(topology) == ["knowledge"]
    assert ended(ann.say("it has been months")) == "error"
    aside.rename(file)
    assert ended(ann.say("it has been months")) == "done"


def test_cut_short_it_is_used_no_more_than_it_was_read_whole_before(topology: Topology, file: Path) -> None:
    ann = person(topology)
    for part in (0.9, 0.5, 0.01, 0.0):
        ann.say("start over")
        os.truncate(file, int(file.stat().st_size * part))
        assert ended(ann.say("my groin hurts")) in ("done", "error")
        restore(file)
    for name in ACTIONS:
        topology.kill(name)
    os.truncate(file, file.stat().st_size // 2)
    start(topology, *ACTIONS)
    assert {ended(ann.say("my groin hurts")) for _ in range(3)} == {"error"}
    restore(file)
    until(lambda: ended(ann.say("my groin hurts")) == "done")


def test_swapped_it_is_used_from_the_next_turn(
    topology: Topology, file: Path, tmp_path: Path, note: Callable[[str, str], None]
) -> None:
    ann = person(topology)
    assert "20 to 30 seconds" in answer(ann)
    build(other_content(tmp_path), tmp_path / "other.db")
    assert not alarms(ann)
    shutil.copy(tmp_path / "other.db", file.with_suffix(".new"))
    file.with_suffix(".new").replace(file)
    assert "35 to 45 seconds" in answer(ann)
    assert alarms(person(topology))
    restore(file)
    assert "20 to 30 seconds" in answer(ann)
    note(
        "the knowledge base file missing, cut short or swapped",
        "an honest line while nothing whole is there; the new one from the next turn",
    )


def answer(visitor: Visitor) -> str:
    return " ".join(str(words) for words in visitor.texts(QUESTION))


def alarms(visitor: Visitor) -> bool:
    """Whether the new word is heard as a warning sign, by the reader in Rasa."""
    return any(
        (content.get("custom") or {}).get("alert") for _, content in visitor.say(f"my saddle area is {NEW_WORD}")
    )


def restore(file: Path) -> None:
    """The whole file again, in one step."""
    shutil.copy(file.with_suffix(".kept"), file.with_suffix(".new"))
    file.with_suffix(".new").replace(file)


def other_content(folder: Path) -> Path:
    """The content with another dose in its document, and one more way to say a warning sign."""
    content = folder / "knowledge"
    shutil.copytree(CONTENT, content)
    document = content / "documents" / "psoas_walking.md"
    document.write_text(document.read_text().replace("20 to 30", "35 to 45"))
    phrases = content / "phrases" / "emergency.yml"
    written = yaml.safe_load(phrases.read_text())
    written["findings"]["saddle_numbness"]["say"].append(NEW_WORD)
    phrases.write_text(yaml.safe_dump(written, sort_keys=False))
    return content
