"""What one message brings: what the reader found in it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.language.answers import Answer, Asked, Choice, read_answer
from assistant.triage.conditions import Findings
from assistant.triage.rules import Question

FEW_WORDS = 4
"""A message of so few words is an answer, whatever else it says."""


@dataclass(frozen=True)
class Heard:
    """One message as the language side read it.

    `findings` are present, with values; `denied`, `other_person`, `past` and `hypothetical` hold ids; `words` the person's
    own words for each finding; `numbers` the numbers of the message in order.
    """

    text: str = ""
    findings: Mapping[str, Any] = field(default_factory=dict)
    denied: Sequence[str] = ()
    other_person: Sequence[str] = ()
    past: Sequence[str] = ()
    hypothetical: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[float] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing of the vocabulary was spoken of."""
        return not (self.findings or self.denied or self.other_person or self.past or self.hypothetical)


@dataclass(frozen=True)
class Told:
    """What a message changes: values to set (False for a denial), what the person does not know, and whether a bare
    "yes" leaves open which of several is meant."""

    values: Mapping[str, Any]
    unsure: tuple[str, ...] = ()
    which: bool = False
    answers: bool = False


def question_of(session: Session, knowledge: Knowledge) -> Question | None:
    """The question that is open, None where there is none."""
    return next((q for q in knowledge.book.questions if q.id == session.asked), None)


def offered(question: Question, known: Findings) -> tuple[str, ...]:
    """The findings of a question that are still unknown: only these are asked again."""
    return tuple(f for f in question.findings if known.get(f) is None)


def asked_of(question: Question, known: Findings, knowledge: Knowledge) -> Asked:
    """The open question in the form the answer reader wants it; choices that are already settled are left out."""
    ids = offered(question, known) or question.findings
    grouped = len(question.findings) > 1 and question.kind == "many"
    options = [o for o in question.options if not grouped or set(o.sets) & set(ids)]
    choices = tuple(Choice(o.value, o.label, o.sets, o.otherwise) for o in options)
    types = {f: knowledge.book.findings[f].type for f in ids}
    return Asked(ids, question.kind, choices, types)


def told(heard: Heard, session: Session, known: Findings, knowledge: Knowledge) -> Told:
    """What the message says, read on its own and against the question that is open."""
    values: dict[str, Any] = {**dict.fromkeys(heard.denied, False), **heard.findings}
    question = question_of(session, knowledge)
    answer = _answer(heard, question, known, values, knowledge) if question and _may_answer(heard, question) else None
    if answer is None:
        touched = question is not None and not set(values).isdisjoint(question.findings)
        return Told(
            {**_rest(question, values, knowledge), **values} if question and touched else values, answers=touched
        )
    merged = {**dict.fromkeys(answer.denied, False), **answer.findings}
    return Told({**merged, **values}, answer.unsure, answer.which, answers=True)


def _may_answer(heard: Heard, question: Question) -> bool:
    """Whether the words of a message may be held against the question: not those of a what-if or about somebody else, and
    not a longer report of other things unless it begins with the number asked for."""
    if heard.hypothetical or heard.other_person:
        return False
    reports = any(f not in question.findings for f in heard.findings)
    short = len(heard.text.split()) <= FEW_WORDS
    return short or not reports or question.kind in ("yes_no", "many") or heard.text.lstrip()[:1].isdigit()


def _rest(question: Question, values: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """What is not so when the form question is answered with some of its faults; a warning sign is never left to this."""
    form = [
        o for o in question.options if o.otherwise and all(knowledge.book.findings[f].kind == "about" for f in o.sets)
    ]
    return {f: v for o in form for f, v in o.otherwise.items() if f not in values}


def _answer(
    heard: Heard, question: Question, known: Findings, values: Mapping[str, Any], knowledge: Knowledge
) -> Answer | None:
    asked = asked_of(question, known, knowledge)
    there = {f: v for f, v in values.items() if f in asked.findings}
    return read_answer(heard.text, asked, knowledge.answers, there, list(heard.numbers))
