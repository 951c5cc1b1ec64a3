"""What one message brings: what the reader found in it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.conversation.posing import asked_of, grouped, question_of, settled_for
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.language.answers import Answer, Asked, merged, read_answer
from assistant.triage.rules import Question

FEW_WORDS = 4
"""A message of so few words is an answer, whatever else it says."""


@dataclass(frozen=True)
class Heard:
    """One message as the language side read it.

    `findings` are present, with values; `denied`, `other_person`, `past` and `hypothetical` hold ids; `words` the person's
    own words for each finding; `numbers` the numbers of the message in order; `spans` every place where a finding is spoken
    of: `finding`, `value`, `standing` ("present", "denied" ...), `start` and `end` (characters). `unsure` are findings
    that the message puts in doubt, `named` those that it only names, to ask about them or to change them.
    """

    text: str = ""
    findings: Mapping[str, Any] = field(default_factory=dict)
    denied: Sequence[str] = ()
    other_person: Sequence[str] = ()
    past: Sequence[str] = ()
    hypothetical: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[float] = ()
    spans: Sequence[Mapping[str, Any]] = ()
    unsure: Sequence[str] = ()
    named: Sequence[str] = ()

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


def told(heard: Heard, session: Session, knowledge: Knowledge) -> Told:
    """What the message says, read on its own and against the question that is open."""
    values: dict[str, Any] = {**dict.fromkeys(heard.denied, False), **heard.findings}
    question = question_of(session, knowledge)
    if question is None:
        return Told(values, tuple(heard.unsure))
    asked = asked_of(question, settled_for(question, session, knowledge), knowledge)
    answer = _answer(heard, question, asked, values, knowledge, depends=session.depends)
    if answer is None:
        touched = not set(values).isdisjoint(question.findings)
        rest = _rest(question, values, knowledge) if touched else {}
        return Told({**rest, **values}, tuple(heard.unsure), answers=touched)
    brought = merged(values, answer, asked)
    unsure = dict.fromkeys([*answer.unsure, *heard.unsure])
    return Told(brought, tuple(f for f in unsure if f not in brought), answer.which, answers=True)


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
    heard: Heard, question: Question, asked: Asked, values: Mapping[str, Any], knowledge: Knowledge, *, depends: bool
) -> Answer | None:
    """What the message answers; after "depends on what?" also as what it depends on."""
    if not _may_answer(heard, question):
        return None
    there = {f: v for f, v in values.items() if f in asked.findings}
    answer = read_answer(heard.text, asked, knowledge.answers, there, list(heard.numbers))
    if answer is None and depends and not grouped(question):
        return read_answer(f"depends on {heard.text}", asked, knowledge.answers, there, list(heard.numbers))
    return answer
