"""Which question is put next in a conversation, and when there is none left: pure, so that its end can be proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.triage.conditions import Findings
from assistant.triage.decide import care_of, settled
from assistant.triage.questions import live_findings, open_questions
from assistant.triage.rules import CARE, Question, Rulebook

TWICE = 2
"""How often a question that matters most is put when the first answer was "don't know"."""
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


def asked_again(book: Rulebook) -> frozenset[str]:
    """The findings that are asked a second time after "don't know": warning signs, and what the verdict turns on unguessed."""
    signs = (f.id for f in book.findings.values() if f.kind == "flag")
    return frozenset([*signs, *(f for f in book.turning if f not in book.assumed)])


def _again(known: Findings, asked: Asked, level: int, book: Rulebook) -> Question | None:
    """A question that was answered with "don't know" once and still matters: a warning sign, or what no guess stands for."""
    live = set(live_findings(known, level, book))
    doubtful = {f for f in live if f in asked_again(book) and known.get(f) is None}
    again = (q for q in book.questions if doubtful.intersection(q.findings) and asked.tries.get(q.id, 0) < TWICE)
    return next(again, None)
