"""Findings in the words people see: "lower back", "8 hours of sitting", "numbness between the legs"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.triage.rules import Finding, Rulebook


def said(finding: Finding, value: Any, messages: Mapping[str, Any]) -> str:
    """One finding with its value, as a short phrase."""
    template = messages.get(f"short_{finding.id}")
    if template:
        return str(template).format(value=finding.values.get(str(value), value))
    if isinstance(value, list | tuple):
        return ", ".join(finding.values.get(str(v), str(v)) for v in value)
    if finding.values:
        return finding.values.get(str(value), str(value))
    return finding.label


def listed(findings: Mapping[str, Any], book: Rulebook, messages: Mapping[str, Any]) -> str:
    """The known findings of a mapping in the vocabulary's order, joined for one line; denied and unknown ones left out."""
    told = (book.findings[i] for i in book.findings if findings.get(i) not in (None, False))
    return " · ".join(said(f, findings[f.id], messages) for f in told)


def labels(ids: Iterable[str], book: Rulebook) -> str:
    """The labels of some findings in the vocabulary's order."""
    wanted = set(ids)
    return ", ".join(f.label for f in book.findings.values() if f.id in wanted)
