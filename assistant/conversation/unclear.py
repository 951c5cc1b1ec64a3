"""Words that can mean several things ("I can hardly walk"): one question clears them up; the safer meaning holds till then."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.hearing import Heard, Told
from assistant.conversation.session import Session
from assistant.conversation.weighing import said_of
from assistant.triage.conditions import Findings
from assistant.triage.decide import WITHHOLDING, care_of, settled
from assistant.triage.rules import Question, Rulebook


def settled_words(heard: Heard, session: Session, book: Rulebook) -> Heard:
    """What was heard, without a meaning that was cleared up before: the same words do not bring it back."""
    gone = {q.findings[0] for q in book.clearing if q.id in session.tries and said_of(q.said, heard.text)}
    asked = next((q for q in book.clearing if q.id == session.asked), None)
    gone -= set(asked.findings) if asked else set()
    return replace(heard, findings={f: v for f, v in heard.findings.items() if f not in gone}) if gone else heard


def to_clear_up(heard: Heard, session: Session, book: Rulebook) -> Question | None:
    """The question that the words of a message call for, once; none where the message says more than enough by itself."""
    for question in book.clearing:
        first, *others = question.findings
        known = {f: v for f, v in session.findings.items() if f != first}
        if question.id in session.tries or not said_of(question.said, heard.text) or alarming(known, book):
            continue
        if session.findings.get(first) is not False and not any(session.findings.get(f) for f in others):
            return question
    return None


def cleared_up(question: Question | None, news: Told, book: Rulebook) -> Told:
    """The news, where another meaning was chosen: then the first one is not so."""
    if question is None or question not in book.clearing:
        return news
    first, *others = question.findings
    chosen = first not in news.values and any(news.values.get(f) for f in others)
    return replace(news, values={**news.values, first: False}) if chosen else news


def is_clearing(session: Session, book: Rulebook) -> bool:
    """Whether the open question clears up what was said."""
    return session.asked in {q.id for q in book.clearing}


def alarming(findings: Findings, book: Rulebook) -> bool:
    """Whether findings need care today or at once."""
    return care_of(settled(findings, book), book)[0] >= WITHHOLDING
