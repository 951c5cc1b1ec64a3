"""Chooses the next question and puts it into words, options and buttons."""

from __future__ import annotations

from typing import Any

from assistant.conversation.hearing import asked_of
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.triage.asking import Asked, question_to_ask
from assistant.triage.decide import care_of, settled
from assistant.triage.questions import open_questions
from assistant.triage.rules import Question, Rulebook


def next_to_ask(session: Session, book: Rulebook) -> Question | None:
    """The question to put next; None when the conversation has come to its result."""
    asked = Asked(session.tries, session.put, session.asked)
    return question_to_ask(session.findings, asked, book)


def ask(
    session: Session, question: Question, voice: Voice, *, lead: str = "", more: bool = False
) -> tuple[Session, Say]:
    """The session with the question open, and the question as it is said: asked again in other words, and `more` after a
    part of its list was answered."""
    book = voice.knowledge.book
    known = settled(session.findings, book)
    tries = session.tries.get(question.id, 0)
    still_open = session.asked == question.id
    in_other_words = session.misses > 0 if still_open else tries > 0
    words = question.again if in_other_words else question.text
    words = voice.text("anything_else") if more and question.kind == "many" and not session.misses else words
    counted = (
        session if still_open else session.told(put=session.put + 1, tries={**session.tries, question.id: tries + 1})
    )
    asked = counted.told(asked=question.id)
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
