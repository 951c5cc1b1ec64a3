"""Puts what was told into the session: the last word counts, except that a warning sign is not waved away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.conversation.hearing import Heard, Told
from assistant.conversation.session import Session
from assistant.triage.rules import Rulebook


@dataclass(frozen=True)
class Change:
    """A finding that now has another value than before."""

    finding: str
    old: Any
    new: Any


def remember(
    session: Session, heard: Heard, told: Told, book: Rulebook, *, correcting: bool = False
) -> tuple[Session, list[Change], list[str]]:
    """The session with the message in it, the values it changed, and the warning signs kept against a denial (P3)."""
    findings = dict(session.findings)
    kept = [f for f, v in told.values.items() if not correcting and _waved_away(f, v, findings, book)]
    changes: list[Change] = []
    for finding, value in told.values.items():
        if finding in kept:
            continue
        old = findings.get(finding)
        new = value if correcting else _joined(old, value)
        if old is not None and old != new:
            changes.append(Change(finding, old, new))
        findings[finding] = new
    findings |= {f: None for f in told.unsure if findings.get(f) is None}
    fresh = tuple(f for f in (*told.values, *told.unsure) if f not in session.findings)
    answered = (*session.answered, (session.asked or "", fresh)) if fresh else session.answered
    words = {**session.words, **{f: w for f, w in heard.words.items() if f in told.values}}
    return session.told(findings=findings, words=words, answered=answered), changes, kept


def _waved_away(finding: str, value: Any, findings: Mapping[str, Any], book: Rulebook) -> bool:
    return value is False and findings.get(finding) is True and book.findings[finding].kind == "flag"


def _joined(old: Any, new: Any) -> Any:
    """Lists grow ("and my knee too"); everything else is replaced."""
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return [*old, *(v for v in new if v not in old)]
    return new
