"""A report stays one whatever stands around it, and a denial, a fear or somebody else's illness never becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.language.reading import Reader

AROUND: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("sentences_around.yml").read_text(encoding="utf-8"))


def told(sentences: str, what: str) -> Iterator[tuple[str, str]]:
    """Every sentence filled with every report or thing, with the finding that it stands for."""
    return ((s.format(words), finding) for s in AROUND[sentences] for words, finding in AROUND[what])


def test_a_report_is_read_whatever_stands_around_it(reader: Reader) -> None:
    """Of some 3,700 sentences at most one in a hundred hides the report."""
    made = list(told("so", "reports"))
    missed = [text for text, finding in made if reader.read(text).findings.get(finding) is not True]
    assert len(missed) <= len(made) / 100, missed


def test_a_denial_is_hardly_ever_read_as_a_report(reader: Reader) -> None:
    """Of some 1,600 denials at most one in a hundred is read as present, and 95 in a hundred are found."""
    made = list(told("denied", "things"))
    read = [(text, finding, reader.read(text)) for text, finding in made]
    present = [text for text, finding, reading in read if reading.findings.get(finding) is True]
    found = [text for text, finding, reading in read if finding in reading.denied]
    assert len(present) <= len(made) / 100, present
    assert len(found) >= 0.95 * len(made)


def test_what_is_feared_or_anothers_is_hardly_ever_read_as_a_report(reader: Reader) -> None:
    """Of some 1,100 sentences at most one in twenty; near relatives told of alone are the person triaged."""
    made = [(text, finding) for text, finding in told("not_so", "things") if not text.startswith("my dad gets")]
    present = [text for text, finding in made if reader.read(text).findings.get(finding) is True]
    assert len(present) <= len(made) / 20, present
