"""One running topology for the tests that mend what they break, and the table of what was measured."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.settings import ROOT
from tests.cluster.topology import Topology, missing
from tests.keeps_working import rig

MARKER = "keeps_working"
TABLE = ROOT / "docs" / "keeps_working.md"
LONG = "PSOAS_LONG"
"""Set to 1, the long versions run and the table is written into docs."""
HERE = Path(__file__).parent
FIGURES: dict[str, str] = {}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARKER}: breaks the real servers on purpose")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(MARKER)


@pytest.fixture(scope="session", autouse=True)
def _installed() -> None:
    if lacking := missing():
        pytest.skip(f"not installed: {', '.join(lacking)}")


@pytest.fixture(scope="session")
def topology() -> Iterator[Topology]:
    with rig.house() as running:
        yield running


@pytest.fixture
def note() -> Callable[[str, str], None]:
    """Puts a line into the table: what was done, and what came of it in figures."""
    return FIGURES.__setitem__


@pytest.fixture(scope="session")
def long() -> bool:
    return os.environ.get(LONG) == "1"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not FIGURES:
        return
    lines = [f"| {what} | {figure} |" for what, figure in FIGURES.items()]
    terminalreporter.write_sep("-", "it keeps working")
    terminalreporter.write_line("\n".join(lines))
    if os.environ.get(LONG) == "1":
        above = TABLE.read_text(encoding="utf-8").partition("| what happens |")[0]
        TABLE.write_text(
            "\n".join([f"{above}| what happens | measured |", "| --- | --- |", *lines, ""]), encoding="utf-8"
        )
