"""Chooses the next question and puts it into words, options and buttons."""

from __future__ import annotations

from typing import Any

from assistant.conversation.posing import asked_of, grouped, narrowed, settled_for
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.triage.asking import Asked, question_to_ask
from assistant.triage.conditions import Findings
from assistant.triage.decide import care_of, settled
from assistant.triage.questions import open_questions
from assistant.triage.rules import Question


def next_to_ask(session: Session, knowledge: Knowledge) -> Question | None:
    """The question to put next; None when the conversation has come to its result."""
    book = knowledge.book
    question = question_to_ask(session.findings, Asked(session.tries, session.put, session.asked), book)
    return narrowed(question, settled(session.findings, book), knowledge) if question is not None else None


def ask(
    session: Session, question: Question, voice: Voice, *, lead: str = "", more: bool = False
) -> tuple[Session, Say]:
    """The session with the question open, and the question as it is said: asked again in other words, and `more` after a
    part of its list was answered."""
    tries = session.tries.get(question.id, 0)
    still_open = session.asked == question.id
    in_other_words = session.misses > 0 if still_open else tries > 0
    words = question.again if in_other_words else question.text
    if more and grouped(question) and not session.misses:
        words = voice.text("anything_else")
    counted = session.told(put=session.put + (more or not still_open))
    if not still_open or not tries:
        counted = counted.told(tries={**session.tries, question.id: tries + 1})
    revising = session.revising and still_open
    asked = counted.told(asked=question.id, revising=revising, depends=session.depends and still_open)
    known = settled_for(question, asked, voice.knowledge)
    text = f"{lead}\n{voice.local(words)}".strip()
    return asked, Say(text, _buttons(question, voice), _custom(session, question, known, voice))


def _buttons(question: Question, voice: Voice) -> tuple[str, ...]:
    unsure, none = voice.text("unsure_option"), voice.text("none_option")
    if question.kind in ("one", "yes_no"):
        return (*(o.label for o in question.options), unsure)
    if question.kind == "many":
        return (none, unsure) if _has_none(question) else (unsure,)
    return (unsure,)


def _has_none(question: Question) -> bool:
    return any(o.otherwise for o in question.options)


def _custom(session: Session, question: Question, known: Findings, voice: Voice) -> dict[str, Any]:
    book = voice.knowledge.book
    asked = asked_of(question, known, voice.knowledge)
    options = [{"value": c.value, "label": c.label} for c in asked.choices]
    if question.kind == "many" and _has_none(question):
        options.append({"value": "none", "label": voice.text("none_option")})
    unsure = {question.findings[0]} if question in book.clearing else set()
    told = settled({f: v for f, v in session.findings.items() if f not in unsure}, book)
    level, _ = care_of(told, book)
    step = len({q for q, _ in session.answered if q}) + 1
    left = max(1, len(open_questions(told, level, book)))
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
