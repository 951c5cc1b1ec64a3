"""What was understood, shown back in one short line, so that a wrong reading can be put right before it counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from assistant.conversation.hearing import Heard, Told
from assistant.conversation.naming import joined, labels, phrases, said
from assistant.conversation.posing import question_of
from assistant.conversation.remembering import Change
from assistant.conversation.saying import Voice
from assistant.conversation.session import Session
from assistant.conversation.weighing import SELF_HARM
from assistant.triage.rules import Finding, Question

MANY = 3
"""So many denials are named; of more only how many there are."""


FEW = 2
"""An answer of so few words need not be shown back."""


def echo(before: Session, heard: Heard, news: Told, changes: Sequence[Change], voice: Voice) -> tuple[str, bool]:
    """The line and whether it asks "Right?": "" for a tapped answer and where nothing new was read.

    One thing told in answer to the question is only noted; a story is asked about.
    """
    book, question = voice.knowledge.book, question_of(before, voice.knowledge)
    changed = {change.finding for change in changes if not _grown(change)}
    rest = _rest(question)
    fresh = {
        f: _added(v, before.findings.get(f))
        for f, v in news.values.items()
        if f not in changed and before.findings.get(f) != v and (f in heard.findings or (f, str(v)) not in rest)
    }
    told = phrases(fresh, book, voice.knowledge.messages)
    if not told or tapped(heard.text, before, voice):
        return "", False
    denied = _denied([f for f in heard.denied if fresh.get(f) is False], voice)
    told = [*told, *denied]
    asked = set(question.findings) if question else set()
    answers = len(told) == 1 and (question is None or not asked.isdisjoint(fresh))
    if answers:
        counted = question is not None and question.kind == "many" and bool(heard.numbers)
        plain = len(heard.text.split()) <= FEW and not before.depends and not counted
        return "" if plain else voice.text("noted", findings=joined(told)), False
    name, line = "understood" if before.findings else "understood_first", joined(told)
    return voice.text(name, findings=line[:1].upper() + line[1:]), True


def _rest(question: Question | None) -> set[tuple[str, str]]:
    """What follows for the options of a question that were not chosen: nobody said it in so many words."""
    options = question.options if question is not None else ()
    return {(f, str(v)) for o in options for f, v in o.otherwise.items()}


def tapped(text: str, session: Session, voice: Voice) -> bool:
    """Whether a message is made of options of the open question as they were offered."""
    question = question_of(session, voice.knowledge)
    if question is None:
        return False
    offered = {w.lower() for o in question.options for w in (o.value, o.label)}
    said_now = text.strip().lower()
    number = question.kind in ("number", "scale") and said_now.replace(".", "", 1).isdigit()
    return number or said_now in offered or all(part.strip() in offered for part in said_now.split(","))


def without(news: Told, ids: Collection[str]) -> Told:
    """The news without some findings."""
    return replace(news, values={f: v for f, v in news.values.items() if f not in ids})


def left_open(news: Told, question: Question | None, voice: Voice) -> list[str]:
    """A line for what was put in doubt by name; none for a plain "don't know" to the question itself."""
    asked = set(question.findings) if question is not None else set()
    named = len(news.unsure) <= MANY and (
        question is None or len(news.unsure) < len(asked) or not asked & {*news.unsure}
    )
    if not news.unsure or not named:
        return []
    return [voice.text("left_open", findings=labels(news.unsure, voice.knowledge.book))]


def _denied(ids: Sequence[str], voice: Voice) -> list[str]:
    if not ids:
        return []
    book = voice.knowledge.book
    named = ", ".join(book.findings[f].label for f in ids[:MANY])
    more = [voice.text("understood_denied_more", count=len(ids) - MANY)] if len(ids) > MANY else []
    return [voice.text("understood_denied", findings=named), *more]


def changed(changes: Sequence[Change], voice: Voice) -> list[str]:
    """A line for every answer that was changed; none for a list that only grew."""
    book = voice.knowledge.book
    return [_change(book.findings[c.finding], c, voice) for c in changes if not _grown(c)]


def _grown(change: Change) -> bool:
    return isinstance(change.new, list) and set(change.old) < set(change.new)


def _added(new: Any, old: Any) -> Any:
    """Of a list only what it did not hold before."""
    return [v for v in new if v not in old] if isinstance(new, list) and isinstance(old, list | tuple) else new


def _change(finding: Finding, change: Change, voice: Voice) -> str:
    messages = voice.knowledge.messages
    if isinstance(change.new, bool):
        new, old = (voice.text("yes_option" if so else "no_option").lower() for so in (change.new, change.old))
        return voice.text("changed_sign", finding=finding.label, new=new, old=old)
    new, old = said(finding, change.new, messages), said(finding, change.old, messages)
    return voice.text("changed", new=new, old=old)


def not_counted(heard: Heard, voice: Voice) -> list[str]:
    """What was heard of somebody else or of the past, said so that a wrong reading can be put right."""
    book = voice.knowledge.book
    lines = []
    if heard.other_person:
        told = labels([f for f in heard.other_person if book.findings[f].kind != "about"], book)
        lines.append(voice.text("other_person" if told else "other_person_part", findings=told))
    flags = [f for f in heard.past if book.findings[f].kind == "flag"]
    if flags:
        lines.append(voice.text("past", findings=labels(flags, book)))
    if SELF_HARM in (*heard.other_person, *heard.past):
        lines.append(voice.text("self_harm_near"))
    return lines
