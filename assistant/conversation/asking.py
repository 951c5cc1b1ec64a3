"""Chooses the next question and puts it into words, options and buttons."""

from __future__ import annotations

from typing import Any

from assistant.conversation.hearing import asked_of
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.triage.decide import care_of, settled
from assistant.triage.questions import live_findings, open_questions
from assistant.triage.rules import CARE, Question, Rulebook

TWICE = 2
"""How often a safety question is put when the first answer was "don't know"."""


def next_to_ask(session: Session, book: Rulebook) -> Question | None:
    """The question to put next; None when the conversation has come to its result.

    In an emergency nothing more is asked. When care is urgent only what could make it an emergency is.
    """
    known = settled(session.findings, book)
    level, _ = care_of(known, book)
    if CARE[level] == "emergency":
        return None
    fresh = open_questions(known, level, book)
    if CARE[level] == "urgent":
        return next((q for q in fresh if q.id == session.asked or q.id not in session.tries), None)
    return fresh[0] if fresh else _unsure(session, known, level, book)


def _unsure(session: Session, known: dict[str, Any], level: int, book: Rulebook) -> Question | None:
    """A safety question that was answered with "don't know" once, and still matters."""
    live = set(live_findings(known, level, book))
    open_flags = {f for f in live if book.findings[f].kind == "flag" and known.get(f) is None}
    again = (q for q in book.questions if open_flags.intersection(q.findings) and session.tries.get(q.id, 0) < TWICE)
    return next(again, None)


def ask(
    session: Session, question: Question, voice: Voice, *, lead: str = "", more: bool = False
) -> tuple[Session, Say]:
    """The session with the question open, and the question as it is said: asked again in other words, and `more` after a
    part of its list was answered."""
    book = voice.knowledge.book
    known = settled(session.findings, book)
    tries = session.tries.get(question.id, 0)
    repeated = (session.asked == question.id and session.misses > 0) or tries > 0
    words = question.again if repeated else question.text
    asked = session.told(asked=question.id, tries={**session.tries, question.id: tries + 1})
    return asked, Say(f"{lead}\n{words}".strip(), _buttons(question, voice), _custom(session, question, known, voice))


def _buttons(question: Question, voice: Voice) -> tuple[str, ...]:
    unsure, none = voice.text("unsure_option"), voice.text("none_option")
    if question.kind in ("one", "yes_no"):
        return (*(o.label for o in question.options), unsure)
    if question.kind == "many":
        return (none, unsure) if _has_none(question) else (unsure,)
    return (unsure,)


def _has_none(question: Question) -> bool:
    return any(o.otherwise for o in question.options)


def _custom(session: Session, question: Question, known: dict[str, Any], voice: Voice) -> dict[str, Any]:
    book = voice.knowledge.book
    asked = asked_of(question, known, voice.knowledge)
    options = [{"value": c.value, "label": c.label} for c in asked.choices]
    if question.kind == "many" and _has_none(question):
        options.append({"value": "none", "label": voice.text("none_option")})
    level, _ = care_of(known, book)
    step = len({q for q, _ in session.answered if q}) + 1
    left = max(1, len(open_questions(known, level, book)))
    return {
        "question": {
            "id": question.id,
            "findings": list(asked.findings),
            "kind": question.kind,
            "options": options,
            "step": step,
            "of_at_most": step + left - 1,
            "why": why_of(question),
        }
    }


def why_of(question: Question) -> str:
    """The quoted reason for a question."""
    return question.evidence[0].quote
