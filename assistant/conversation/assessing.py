"""`psoas assess`: checks findings that come from outside, then decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.triage.decide import decide
from assistant.triage.findings import checked


def assessor(knowledge: Knowledge) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function from one row with `findings` to its assessment. It raises InputError naming every bad finding."""

    def assess(row: dict[str, Any]) -> dict[str, Any]:
        findings = row["findings"]
        if not isinstance(findings, dict):
            raise InputError('"findings" is an object of finding ids and values')
        denied = row.get("denied", [])
        if not isinstance(denied, list):
            raise InputError('"denied" is a list of finding ids')
        told = {**dict.fromkeys(map(str, denied), False), **findings}
        return {"assessment": decide(checked(told, knowledge.book), knowledge.book)}

    return assess
