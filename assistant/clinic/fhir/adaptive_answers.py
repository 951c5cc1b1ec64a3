"""Reads the answers of an adaptive form, and takes them into the session as tapped answers are taken in a conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.clinic.fhir.codes import ABSENT, ABSENT_EXTENSION, FINDINGS, UNKNOWN
from assistant.conversation.hearing import Heard, Told
from assistant.conversation.posing import asked_of
from assistant.conversation.remembering import remember
from assistant.conversation.session import Session
from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.triage.decide import settled
from assistant.triage.findings import checked
from assistant.triage.rules import Finding, Question

NONE = "none"
"""The code for "None of these", and for "No" to one finding alone."""
LINK = re.compile(r"([a-z_]+)(?:\.([2-9]|1[0-9]))?")
MEASURED = ("number", "scale")
OURS = ("alert", "result")
"""Items that are not asked: they are made anew in every answer."""
TOLD = "told"
"""The group of what is known before the first question."""


@dataclass(frozen=True)
class Given:
    """The answer to one item: `values` by finding; `none` of the others; `unsure` of the findings named, or of `all` of them."""

    question: str
    values: Mapping[str, Any] = field(default_factory=dict)
    none: bool = False
    unsure: tuple[str, ...] = ()
    all: bool = False


def answers_of(response: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Given]:
    """Item to answer, in the response's order. Raises InputError naming every item that cannot be read."""
    questions = {q.id: q for q in knowledge.book.questions}
    read: dict[str, Given] = {}
    problems: list[str] = []
    for number, item in enumerate(response.get("item", ())):
        link = str(item["linkId"])
        if link.split(".")[0] in OURS or link == TOLD:
            continue
        named = LINK.fullmatch(link)
        question = questions.get(named[1]) if named else None
        if question is None or link in read or item.get("item"):
            problems.append(f"QuestionnaireResponse.item[{number}]: {link[:100]!r} was not asked, or not so")
            continue
        try:
            read[link] = _given(question, item.get("answer", ()), knowledge)
        except InputError as error:
            problems.append(f"QuestionnaireResponse.item[{number}]: {link}: {error}")
    if problems:
        raise InputError(*problems)
    return read


def _given(question: Question, answers: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> Given:
    if any(a.get("item") for a in answers):
        raise InputError("nothing was asked below it")
    if question.kind in MEASURED:
        return _number(question, [a for a in answers if not _absent(a)], knowledge)
    known = [_code(a) for a in answers if not _absent(a)]
    values: dict[str, Any] = {}
    for code in known:
        if code not in (NONE, UNKNOWN):
            _add(values, code, question, knowledge)
    unsure: dict[str, Any] = {}
    for code in (_code(a) for a in answers if _absent(a) and a.get("valueCoding")):
        _add(unsure, code, question, knowledge)
    if (NONE in known and (values or UNKNOWN in known)) or not unsure.keys().isdisjoint(values):
        raise InputError("these answers exclude each other")
    return Given(question.id, values, NONE in known, tuple(unsure), UNKNOWN in known or not (known or unsure))


def _absent(answer: Mapping[str, Any]) -> bool:
    """Whether an answer is marked as one that the person does not know."""
    marked = [e for name, v in answer.items() if name.startswith("_value") for e in v.get("extension", ())]
    return any(e.get("url") == ABSENT_EXTENSION for e in [*marked, *answer.get("extension", ())])


def _number(question: Question, answers: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> Given:
    if not answers:
        return Given(question.id, all=True)
    if len(answers) > 1:
        raise InputError("give one number")
    answer = answers[0]
    value = answer.get("valueDecimal", answer.get("valueInteger", (answer.get("valueQuantity") or {}).get("value")))
    finding = next(f for f in question.findings if knowledge.book.findings[f].type in MEASURED)
    return Given(question.id, checked({finding: _whole(value)}, knowledge.book))


def _whole(value: Any) -> Any:
    """A number as the conversation has it: 4.0 is 4."""
    if value is None:
        raise InputError("give a valueDecimal, or no answer for “don't know”")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _code(answer: Mapping[str, Any]) -> str:
    coding = answer.get("valueCoding") or {}
    code = str(coding.get("code"))
    if coding.get("system") == ABSENT and code == UNKNOWN:
        return UNKNOWN
    if coding.get("system") != FINDINGS or code == UNKNOWN:
        raise InputError(f"give a valueCoding of {FINDINGS}, as the item offers it")
    return code


def _add(values: dict[str, Any], code: str, question: Question, knowledge: Knowledge) -> None:
    name, _, value = code.partition(".")
    finding = knowledge.book.findings.get(name) if name in question.findings else None
    if finding is None or not _fits(finding, value):
        raise InputError(f"{code[:100]!r} is not one of its answers")
    if finding.type == "many":
        values[name] = [*values.get(name, ()), value]
    elif values.setdefault(name, value or True) != (value or True):
        raise InputError(f"{name}: two answers exclude each other")


def _fits(finding: Finding, value: str) -> bool:
    return value in finding.values if finding.values else finding.type == "yes_no" and not value


def taken(session: Session, question: Question, given: Given, knowledge: Knowledge) -> Session:
    """The session with the answer in it; a warning sign that stands is not waved away by a later answer."""
    asked = asked_of(question, settled(session.findings, knowledge.book), knowledge)
    values = dict(given.values)
    if not given.all and question.kind not in MEASURED:
        rest = {f: v for choice in asked.choices for f, v in choice.otherwise.items()}
        if given.none and not rest:
            rest = {f: False for f in asked.findings if asked.types[f] == "yes_no"}
        values = {**{f: v for f, v in rest.items() if f not in given.unsure}, **values}
    doubtful = asked.findings if given.all or not values else given.unsure
    unsure = tuple(f for f in doubtful if f not in values)
    session, _, _ = remember(session, Heard(), Told(values, unsure), knowledge.book)
    return session
