"""What is counted of turns, for Prometheus: numbers only, never a word of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

from assistant.clinic.turn_kept import TurnKept

LEVELS = ("urgent", "emergency")
TURN_SECONDS = Histogram(
    "psoas_turn_seconds",
    "From a person's message to the moment its answer and its case are kept",
    ["channel"],
    buckets=(0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1, 2, 5, 10, 30),
)
RESULTS = Counter("psoas_results", "Results and alerts told", ["care", "walking"])
RED_FLAGS = Counter("psoas_red_flags", "Warning signs in the results told", ["finding"])
NOT_UNDERSTOOD = Counter("psoas_not_understood", "Turns that were not understood")
DELETED = Counter("psoas_deleted", "Conversations that people had deleted")
FAULTS = Counter("psoas_faults", "Faults that a person may have noticed", ["what"])
UNWRITTEN = Gauge("psoas_unwritten_turns", "Turns kept in memory because the database could not take them")


def count_turn(turn: TurnKept, seconds: float) -> None:
    """Count one turn that was kept `seconds` after its message came."""
    TURN_SECONDS.labels(turn.channel or "unknown").observe(max(0.0, seconds))
    if turn.deleted:
        DELETED.inc()
    if turn.session.get("misses"):
        NOT_UNDERSTOOD.inc()
    if turn.assessment is not None:
        _count_result(turn.assessment)


def _count_result(assessment: Mapping[str, Any]) -> None:
    RESULTS.labels(assessment["care"], assessment["walking"]).inc()
    for finding in assessment.get("red_flags", ()):
        RED_FLAGS.labels(finding).inc()
