"""Findings in the words people see: "lower back", "8 hours of sitting", "numbness between the legs"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.triage.rules import Finding, Rulebook


def said(finding: Finding, value: Any, messages: Mapping[str, Any]) -> str:
    """One finding with its value, as a short phrase."""
    template = messages.get(f"short_{finding.id}")
    if template:
        return str(template).format(value=finding.values.get(str(value), value))
    if isinstance(value, list | tuple):
        *most, last = [finding.values.get(str(v), str(v)) for v in value] or [""]
        return f"{', '.join(most)} and {last}" if most else last
    if finding.values:
        return finding.values.get(str(value), str(value))
    return finding.label


def phrases(findings: Mapping[str, Any], book: Rulebook, messages: Mapping[str, Any]) -> list[str]:
    """The known findings of a mapping in the vocabulary's order, each as a short phrase; denied and unknown ones left out."""
    told = [book.findings[i] for i in book.findings if findings.get(i) not in (None, False, [])]
    return [said(f, findings[f.id], messages) for f in told if not _implied(f.id, findings, book)]


def _implied(finding: str, findings: Mapping[str, Any], book: Rulebook) -> bool:
    """Whether another finding says it already: hours of sitting that they are long, an age that it is under 16."""
    others = {f: v for f, v in findings.items() if f != finding}
    rules = (implied for implied in book.implied if implied.sets.get(finding) == findings[finding])
    return book.findings[finding].type == "yes_no" and any(implied.when.holds(others) for implied in rules)


def listed(findings: Mapping[str, Any], book: Rulebook, messages: Mapping[str, Any]) -> str:
    """The known findings of a mapping in one line."""
    return joined(phrases(findings, book, messages))


def joined(parts: Sequence[str]) -> str:
    """Phrases in one line, with commas unless one of them has a comma of its own."""
    return ("; " if any("," in part for part in parts) and len(parts) > 1 else ", ").join(parts)


def labels(ids: Iterable[str], book: Rulebook) -> str:
    """The labels of some findings in the vocabulary's order."""
    wanted = set(ids)
    return joined([f.label for f in book.findings.values() if f.id in wanted])
