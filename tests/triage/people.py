"""People for the tests of deciding: one ordinary person, and a Hypothesis strategy for anybody at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from assistant.triage.proofs.cells import values
from assistant.triage.rules import Rulebook

ABOUT = {
    "pain_location": ["deep_hip"],
    "pain_quality": ["ache"],
    "pain_severity": 3,
    "duration": "weeks",
    "sitting_hours": 4,
    "walking_effect": "same",
    "sharp_pain_walking": False,
    "stride": "normal",
    "hip_extension": "full",
    "push_off": "strong",
    "pelvis": "neutral",
    "trunk": "upright",
    "pace": "slow",
    "age_band": "16_49",
}
"""Somebody with a tight hip and nothing else the matter."""


def ordinary(book: Rulebook, **changes: Any) -> dict[str, Any]:
    """An ordinary person who said no to every sign, with some answers changed."""
    no = {f.id: False for f in book.findings.values() if f.kind != "about" and f.type == "yes_no"}
    return {**no, **ABOUT, **changes}


def anybody(book: Rulebook) -> st.SearchStrategy[dict[str, Any]]:
    """Any findings whatever: few or many answered, mostly no or freely mixed, "don't know" among them."""
    optional = {f: _answer(f, book) for f in book.findings}
    mixed = st.fixed_dictionaries({}, optional=optional)
    changed = st.lists(st.sampled_from(sorted(book.findings)), max_size=6, unique=True)
    near = changed.flatmap(lambda names: st.fixed_dictionaries({f: optional[f] for f in names}))
    return mixed | near | near.map(lambda changes: ordinary(book, **changes))


def _answer(finding: str, book: Rulebook) -> st.SearchStrategy[Any]:
    value = st.sampled_from(values(finding, book))
    if book.findings[finding].type == "many":
        return st.none() | st.lists(value, unique=True)
    return st.none() | value
