"""Somebody who fills in the adaptive form, and the same person in the conversation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from assistant.clinic.fhir.codes import ABSENT_EXTENSION, UNKNOWN
from assistant.conversation.hearing import Heard
from assistant.conversation.responding import respond
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.turns import Turn, tell
from assistant.knowledge_base.reading import Knowledge
from assistant.triage.rules import Rulebook
from tests.conversations.simulated import answer

Person = Mapping[str, Any]
Ask = Callable[[dict[str, Any]], dict[str, Any]]
START = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
PATIENCE = 40


def fill(person: Person, ask: Ask, book: Rulebook) -> tuple[dict[str, Any], list[str]]:
    """The completed response of a person who answers every question, and the items in the order they were asked."""
    response, asked = dict(START), []
    for _ in range(PATIENCE):
        response = ask(response)
        if response["status"] == "completed":
            return response, asked
        item = open_item(response)
        asked.append(item["linkId"])
        response.setdefault("item", []).append(answered(item, person, book))
    raise AssertionError(f"no end after {asked}")


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


def converse(
    person: Person, knowledge: Knowledge, listen: Callable[[str], Heard]
) -> tuple[Session, list[str], list[Say]]:
    """The same person in the conversation, tapping: the session at its end, the questions in order, and all that was said."""
    session, asked, said = Session(), [], []
    text = "hello"
    for _ in range(PATIENCE):
        session, spoken = respond(tell, Turn(session, listen(text), Voice(knowledge)))
        said += spoken
        question = next((s.custom["question"] for s in spoken if "question" in s.custom), None)
        if question is None:
            return session, asked, said
        asked.append(question["id"])
        text = answer(question, person, knowledge.book)
    raise AssertionError(f"no end after {asked}")
