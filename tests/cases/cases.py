"""Reads the clinical cases and fills in what a case leaves out, as tests/cases/README.md says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.triage.rules import Rulebook

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One clinical case: what the person says first, what they would answer, and what must come out; after the result what
    they say `later`, and `more` that must hold then."""

    id: str
    opening: str
    person: dict[str, Any]
    expect: dict[str, Any]
    file: str
    later: tuple[str, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


def load_cases() -> list[Case]:
    """Every case of the folder in order of file and place."""
    files = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yml"))}
    return [
        Case(
            c["id"],
            c["opening"],
            c["person"],
            c["expect"],
            name,
            tuple(c.get("later", ())),
            c.get("expect_later") or {},
        )
        for name, content in files.items()
        for c in content["cases"]
    ]


def complete(person: dict[str, Any], book: Rulebook) -> dict[str, Any]:
    """What this person would have answered to everything: a flag or modifier that is not listed is "no"."""
    no = {f.id: False for f in book.findings.values() if f.kind != "about" and f.type == "yes_no"}
    if person.get("age_band") == "under_16":
        no["child_or_teen_hip"] = True
    unknown = {f.id: None for f in book.findings.values() if f.kind == "about" and f.id != "sitting_long"}
    return {**no, **unknown, **person}
