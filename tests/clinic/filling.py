"""Somebody who fills in the adaptive form, and the same person in the conversation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.clinic.fhir.codes import ABSENT_EXTENSION, FINDINGS, UNKNOWN
from assistant.conversation.responding import respond
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.turns import Turn, tell
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.triage.rules import Finding, Rulebook
from tests.conversations.simulated import _imagined as imagined
from tests.conversations.simulated import answer, listen

Person = Mapping[str, Any]
Ask = Callable[[dict[str, Any]], dict[str, Any]]
START = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
PATIENCE = 40


def fill(person: Person, ask: Ask, book: Rulebook, told: Person | None = None) -> tuple[dict[str, Any], list[str]]:
    """The completed response of a person who answers every question, and the items in the order they were asked."""
    response, asked = start(told or {}, book), []
    for _ in range(PATIENCE):
        response = ask(response)
        if response["status"] == "completed":
            return response, asked
        item = open_item(response)
        asked.append(item["linkId"])
        response.setdefault("item", []).append(answered(item, person, book))
    raise AssertionError(f"no end after {asked}")


def start(told: Person, book: Rulebook) -> dict[str, Any]:
    """A response in which these findings are told before the first question."""
    items = [_told(book.findings[f], value) for f, value in told.items()]
    return {**START, "item": [{"linkId": "told", "item": items}]} if items else dict(START)


def _told(finding: Finding, value: Any) -> dict[str, Any]:
    item = {"linkId": f"told.{finding.id}"}
    if value is None:
        return {**item, "extension": [{"url": ABSENT_EXTENSION, "valueCode": UNKNOWN}]}
    return {**item, "answer": [_answer(finding.id, v) for v in (value if isinstance(value, list | tuple) else [value])]}


def _answer(finding: str, value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int | float):
        return {"valueDecimal": value}
    return {"valueCoding": {"system": FINDINGS, "code": f"{finding}.{value}"}}


def open_item(response: Mapping[str, Any]) -> dict[str, Any]:
    """The item that has no answer yet: the last one that is asked."""
    items = response["contained"][0]["item"]
    return dict([item for item in items if item["type"] != "display"][-1])


def answered(item: Mapping[str, Any], person: Person, book: Rulebook) -> dict[str, Any]:
    """What this person answers to an item: as `tests.conversations.simulated.answer` does in words."""
    link = {"linkId": item["linkId"]}
    if item["type"] == "decimal":
        asked = next(q for q in book.questions if q.id == item["linkId"].split(".")[0])
        value = person.get(asked.findings[0])
        return link if value is None else {**link, "answer": [{"valueDecimal": value}]}
    offered = {option["valueCoding"]["code"]: option["valueCoding"] for option in item["answerOption"]}
    own = {code: _so(code, person) for code in offered if code not in ("none", UNKNOWN)}
    chosen = [offered[code] for code, so in own.items() if so]
    if chosen:
        return {**link, "answer": [{"valueCoding": coding} for coding in chosen]}
    doubtful = [code for code, so in own.items() if so is None]
    flags = any(book.findings[code.split(".")[0]].kind == "flag" for code in doubtful)
    if doubtful and not flags and len(doubtful) < len(own) and "none" in offered:
        marked = [{"url": ABSENT_EXTENSION, "valueCode": UNKNOWN}]
        return {**link, "answer": [{"valueCoding": offered[code], "extension": marked} for code in doubtful]}
    code = UNKNOWN if doubtful or "none" not in offered else "none"
    return {**link, "answer": [{"valueCoding": offered[code]}]}


def _so(code: str, person: Person) -> bool | None:
    finding, _, value = code.partition(".")
    told = person.get(finding)
    if told is None:
        return None
    return value in told if isinstance(told, list) else bool(told == value if value else told is True)


def result(response: Mapping[str, Any]) -> dict[str, Any]:
    """The assessment that a completed form tells."""
    items = {item["linkId"]: item for item in response["item"][-1]["item"]}
    return dict(json.loads(items["result.assessment"]["answer"][0]["valueString"]))


@dataclass
class Talked:
    """A conversation: what was `told` before the first question of the rulebook was put, the questions from there in order, what
    was said in all, and the session at the end."""

    session: Session = field(default_factory=Session)
    told: Mapping[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    said: list[Say] = field(default_factory=list)


def converse(opening: str, person: Person, knowledge: Knowledge, reader: Reader) -> Talked:
    """The same person in the conversation: the opening in words, then every answer tapped.

    What the opening left unclear ("I can hardly walk", "what if I faint?") is asked about before the first question of the
    rulebook, and belongs to what is told.
    """
    talked, text = Talked(), opening
    for _ in range(PATIENCE):
        talked.session, spoken = respond(tell, Turn(talked.session, listen(text, reader), Voice(knowledge)))
        talked.said += spoken
        question = next((s.custom["question"] for s in spoken if "question" in s.custom), None)
        own = question is not None and question["id"] in {q.id for q in knowledge.book.questions}
        if not talked.asked:
            talked.told = talked.session.findings
        if question is None and not imagined(spoken):
            return talked
        talked.asked += [question["id"]] if question and own else []
        text = answer(question, person, knowledge.book) if question else "no"
    raise AssertionError(f"no end after {talked.asked}")
