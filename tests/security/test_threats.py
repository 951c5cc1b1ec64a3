"""Every line of the threat model names tests that exist."""

from __future__ import annotations

import re

import pytest

from assistant.settings import ROOT

SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| (T\d+) \| (.*) \|$", SECURITY, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", SECURITY)))


@pytest.mark.parametrize(("number", "line"), LINES, ids=[number for number, _ in LINES])
def test_every_threat_has_a_control_and_a_test(number: str, line: str) -> None:
    threat, control, checked = line.split(" | ")
    assert threat
    assert control
    assert "`tests/" in checked


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_is_named_is_there(path: str, name: str) -> None:
    assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")
    assert (ROOT / path).is_file()


def test_the_numbers_are_used_once() -> None:
    numbers = [number for number, _ in LINES]
    assert len(numbers) == len(set(numbers)) > 10
