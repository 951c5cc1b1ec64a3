"""Checks findings that come from outside against the vocabulary, and brings them into one order."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from assistant.errors import InputError
from assistant.triage.rules import Finding, Rulebook

LIMITS = {"number": (0, 24), "scale": (0, 10)}


def checked(findings: Mapping[str, Any], book: Rulebook) -> dict[str, Any]:
    """The findings in the vocabulary's order. Null means: asked, and the person does not know.

    Raises InputError naming every unknown id and every value that its finding cannot take.
    """
    problems = [f"{name}: there is no such finding" for name in findings if name not in book.findings]
    for name, value in findings.items():
        finding = book.findings.get(name)
        if finding is not None and value is not None and not _fits(finding, value):
            problems.append(f"{name}: {value!r} is not possible; {_possible(finding)}")
    if problems:
        raise InputError("; ".join(problems))
    return in_order(findings, book)


def in_order(findings: Mapping[str, Any], book: Rulebook) -> dict[str, Any]:
    """The findings, and the values of each list, in the vocabulary's order; what it does not know is left out."""
    return {name: _ordered(book.findings[name], findings[name]) for name in book.findings if name in findings}


def _fits(finding: Finding, value: Any) -> bool:
    if finding.type == "yes_no":
        return isinstance(value, bool)
    if finding.type in LIMITS:
        low, high = LIMITS[finding.type]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and isfinite(value) and low <= value <= high
    if finding.type == "many":
        return isinstance(value, list) and all(isinstance(v, str) and v in finding.values for v in value)
    return isinstance(value, str) and value in finding.values


def _ordered(finding: Finding, value: Any) -> Any:
    return [v for v in finding.values if v in value] if isinstance(value, list) else value


def _possible(finding: Finding) -> str:
    if finding.type == "yes_no":
        return "give true, false or null"
    if finding.type in LIMITS:
        return "give a number from {} to {}".format(*LIMITS[finding.type])
    names = ", ".join(finding.values)
    return f"give a list of {names}" if finding.type == "many" else f"give one of {names}"
