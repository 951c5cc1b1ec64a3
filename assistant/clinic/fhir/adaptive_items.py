"""The items of an adaptive form: a question as the conversation puts it, an alert, and the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.clinic.columns import as_json
from assistant.clinic.fhir.adaptive_answers import NONE
from assistant.clinic.fhir.codes import ABSENT, ADVICE, FINDINGS, UNKNOWN, Resource, coding
from assistant.clinic.fhir.vocabulary import edition, plain
from assistant.clinic.wording import Wording
from assistant.conversation.saying import Say
from assistant.triage.decide import Assessment
from assistant.triage.rules import Finding, Question, Rulebook

ADAPTS = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-questionnaireAdaptive"
HIDDEN = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
GREATEST = "http://hl7.org/fhir/StructureDefinition/maxValue"
RANGES = {"number": (0, 24), "scale": (0, 10)}
Item = dict[str, Any]


def form(items: Sequence[Item], derived_from: str, words: Wording) -> Resource:
    """The questionnaire as far as it goes, to be contained in the response to it."""
    made: Resource = {
        "resourceType": "Questionnaire",
        "id": "form",
        "extension": [{"url": ADAPTS, "valueBoolean": True}],
        "version": edition(words),
        "title": words.part("fhir", "adaptive"),
        "derivedFrom": [derived_from],
        "status": "active",
        "subjectType": ["Patient"],
    }
    return {**made, "item": list(items)} if items else made


def question_item(link: str, question: Question, say: Say, words: Wording) -> Item:
    """A question with the options that are still offered; what is not known can be said for each."""
    custom = say.custom["question"]
    item: Item = {"linkId": link, "text": plain(say.text), "type": "choice", "required": False}
    if question.kind in RANGES:
        low, high = RANGES[question.kind]
        limits = [{"url": LEAST, "valueDecimal": low}, {"url": GREATEST, "valueDecimal": high}]
        skip = {"linkId": f"{link}.skip", "type": "display", "text": words.part("fhir", "skip")}
        return {**item, "type": "decimal", "extension": limits, "item": [skip]}
    offered = {o["value"]: o["label"] for o in custom["options"]}
    book = words.knowledge.book
    codes = {o.value: code_of(o.sets, book) for o in question.options} | {NONE: NONE}
    options = [{"valueCoding": coding(FINDINGS, codes[v], label)} for v, label in offered.items()]
    options.append({"valueCoding": coding(ABSENT, UNKNOWN, words.part("fhir", "unsure"))})
    return {**item, "repeats": question.kind == "many", "answerOption": options}


def code_of(sets: Mapping[str, Any], book: Rulebook) -> str:
    """The code for what choosing an option sets: a finding that is so, one that is not, or a value of one."""
    (name, value), *_ = sets.items()
    finding: Finding = book.findings[name]
    if finding.type == "yes_no":
        return name if value else NONE
    return f"{name}.{value[0] if isinstance(value, list | tuple) else value}"


def alert_item(say: Say, after: str) -> Item:
    """What is said at once when a warning sign was told."""
    return {"linkId": f"alert.{after}", "text": words_of(say), "type": "display"}


def words_of(say: Say) -> str:
    """What is said, without marks of stress."""
    return say.text.replace("**", "")


def result_item(assessment: Assessment, words: Wording) -> Item:
    """The form's last group: read-only items for care, walking, what to do, all of it in words, and as JSON."""
    plan = [("corrections", "correction"), ("exercises", "exercise")]
    items = [_coded("care", False), _coded("walking", False)]
    items += [_coded(name, True) for name, _ in plan if assessment[name]]
    items.append({"linkId": "result.text", "type": "text", "readOnly": True})
    hidden = [{"url": HIDDEN, "valueBoolean": True}]
    items.append({"linkId": "result.assessment", "type": "text", "readOnly": True, "extension": hidden})
    return {"linkId": "result", "text": words.part("fhir", "result"), "type": "group", "item": items}


def _coded(name: str, repeats: bool) -> Item:
    return {"linkId": f"result.{name}", "type": "open-choice", "readOnly": True, "repeats": repeats}


def result_of(assessment: Assessment, said: Sequence[Say], words: Wording) -> Item:
    """The answers to the last group."""
    corrections = [(f"correction.{c}", words.name(c)) for c in assessment["corrections"]]
    exercises = [(f"exercise.{e['id']}", words.name(e["id"])) for e in assessment["exercises"]]
    coded = {
        "care": [(f"care.{assessment['care']}", words.part("care_words", assessment["care"]))],
        "walking": [(f"walking.{assessment['walking']}", words.part("walking_words", assessment["walking"]))],
        "corrections": corrections,
        "exercises": exercises,
    }
    items = [
        {"linkId": f"result.{name}", "answer": [{"valueCoding": coding(ADVICE, code, shown)} for code, shown in of]}
        for name, of in coded.items()
        if of
    ]
    texts = {"text": "\n\n".join(map(words_of, said)), "assessment": as_json(assessment)}
    items += [{"linkId": f"result.{name}", "answer": [{"valueString": text}]} for name, text in texts.items()]
    return {"linkId": "result", "text": words.part("fhir", "result"), "item": items}
