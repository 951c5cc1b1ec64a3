"""Holds the figures of a run against those of the run before, kept in docs/bench.json."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from assistant.settings import ROOT

Row = tuple[str, str, str]
"""What was measured, the figure, and what is aimed at ("" for nothing)."""
KEPT = ROOT / "docs" / "bench.json"
A_FIFTH = 1.2
MORE_IS_BETTER = "a second"
FIRST_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def worsened(rows: Sequence[Row]) -> str:
    """A sentence that names what got worse by more than a fifth since the run before; this run's figures are kept."""
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    now = {what: figure for what, figure, _ in rows}
    KEPT.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    worse = [
        f"{what} ({before[what]} before, {now[what]} now)" for what in now if _worse(before.get(what, ""), now[what])
    ]
    return f"Worse by more than a fifth: {'; '.join(worse)}." if worse else "Nothing got worse by more than a fifth."


def _worse(before: str, now: str) -> bool:
    old, new = _number(before), _number(now)
    if not old or not new:
        return False
    return old / new > A_FIFTH if MORE_IS_BETTER in now else new / old > A_FIFTH


def _number(figure: str) -> float:
    found = FIRST_NUMBER.search(figure)
    return float(found.group().replace(",", "")) if found else 0.0
