"""Which question is put next in a conversation, and when there is none left: pure, so that its end can be proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.triage.conditions import Findings
from assistant.triage.decide import care_of, settled
from assistant.triage.questions import live_findings, open_questions
from assistant.triage.rules import CARE, Question, Rulebook

TWICE = 2
"""How often a safety question is put when the first answer was "don't know"."""
MOST = 16
"""So many questions end the asking, whatever is still open; what is open then counts as not known."""


@dataclass(frozen=True)
class Asked:
    """What was asked so far: how often each question, how many times any, and which one is still open."""

    tries: Mapping[str, int] = field(default_factory=dict)
    put: int = 0
    open: str | None = None


def question_to_ask(findings: Findings, asked: Asked, book: Rulebook) -> Question | None:
    """The question to put next; None when the conversation has come to its result.

    In an emergency nothing more is asked. When care is urgent only what could make it an emergency is, once.
    """
    if asked.put >= MOST:
        return None
    known = settled(findings, book)
    level, _ = care_of(known, book)
    if CARE[level] == "emergency":
        return None
    fresh = open_questions(known, level, book)
    if CARE[level] == "urgent":
        return next((q for q in fresh if q.id == asked.open or q.id not in asked.tries), None)
    return fresh[0] if fresh else _again(known, asked, level, book)


def _again(known: Findings, asked: Asked, level: int, book: Rulebook) -> Question | None:
    """A safety question that was answered with "don't know" once, and still matters."""
    live = set(live_findings(known, level, book))
    doubtful = {f for f in live if book.findings[f].kind == "flag" and known.get(f) is None}
    again = (q for q in book.questions if doubtful.intersection(q.findings) and asked.tries.get(q.id, 0) < TWICE)
    return next(again, None)
