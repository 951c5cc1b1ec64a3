"""Our two code systems as FHIR resources, and the vocabulary as a Questionnaire: made from the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.clinic.fhir.codes import ADVICE, BASE, FINDINGS, Resource, coding, name_of
from assistant.clinic.wording import Wording
from assistant.triage.rules import CARE, WALKING, Finding, Question

FORM = f"{BASE}/Questionnaire/findings"
"""Every finding as an item of a form: what a record system keeps."""
TYPES = {"yes_no": "boolean", "one": "choice", "many": "choice", "number": "decimal", "scale": "decimal"}


def edition(words: Wording) -> str:
    """The version of everything that is made of one knowledge base."""
    book = words.knowledge.book
    return f"{book.version}+{book.sha256[:12]}"


def display(finding: str, value: str, words: Wording) -> str:
    """What one value of a finding is called."""
    return words.value(finding, value)


def questionnaire(words: Wording) -> Resource:
    """One item for each finding, in groups by the question that asks for it."""
    book = words.knowledge.book
    return {
        "resourceType": "Questionnaire",
        "id": name_of("questionnaire", book.sha256),
        "url": FORM,
        "version": edition(words),
        "name": "PsoasFindings",
        "title": words.part("fhir", "form"),
        "status": "active",
        "experimental": False,
        "subjectType": ["Patient"],
        "item": [_group(q, words) for q in book.questions],
    }


def _group(question: Question, words: Wording) -> dict[str, Any]:
    items = [item_of(words.knowledge.book.findings[f], words) for f in question.findings]
    return {"linkId": f"question.{question.id}", "text": plain(question.text), "type": "group", "item": items}


def item_of(finding: Finding, words: Wording) -> dict[str, Any]:
    """The item that asks for a finding by itself."""
    item: dict[str, Any] = {
        "linkId": finding.id,
        "code": [coding(FINDINGS, finding.id, words.label(finding.id))],
        "text": finding.ask,
        "type": TYPES[finding.type],
        "required": False,
    }
    if finding.type == "many":
        item["repeats"] = True
    if finding.values:
        item["answerOption"] = [{"valueCoding": value_coding(finding.id, v, words)} for v in finding.values]
    return item


def value_coding(finding: str, value: str, words: Wording) -> dict[str, str]:
    """One value of a finding as a code."""
    return coding(FINDINGS, f"{finding}.{value}", words.value(finding, value))


def plain(text: str) -> str:
    """A sentence of the conversation without its marks of stress."""
    return " ".join(text.replace("**", "").split())


def code_systems(words: Wording) -> list[Resource]:
    """Both code systems, complete."""
    book = words.knowledge.book
    findings = [_concept(f, words) for f in book.findings.values()]
    advice = [(f"care.{c}", words.part("care_words", c)) for c in CARE]
    advice += [(f"walking.{w}", words.part("walking_words", w)) for w in WALKING]
    advice += [(f"correction.{c.id}", c.name) for c in book.corrections]
    advice += [(f"exercise.{e.id}", e.name) for e in book.exercises]
    advice += [(f"sign.{s}", words.part("level", s)) for s in ("emergency", "urgent", "clinician")]
    advice += [(name, words.part("fhir", name)) for name in ("care", "walking", "rules")]
    return [
        _code_system(FINDINGS, "Findings", findings, words),
        _code_system(ADVICE, "Advice", [{"code": c, "display": d} for c, d in advice], words),
    ]


def _concept(finding: Finding, words: Wording) -> dict[str, Any]:
    made: dict[str, Any] = {"code": finding.id, "display": words.label(finding.id), "definition": finding.ask}
    values = [{"code": f"{finding.id}.{v}", "display": words.value(finding.id, v)} for v in finding.values]
    return {**made, "concept": values} if values else made


def _code_system(url: str, name: str, concepts: Iterable[dict[str, Any]], words: Wording) -> Resource:
    return {
        "resourceType": "CodeSystem",
        "id": url.rsplit("/", 1)[-1],
        "url": url,
        "version": edition(words),
        "name": f"Psoas{name}",
        "title": words.part("fhir", f"codes_{name.lower()}"),
        "status": "active",
        "experimental": False,
        "caseSensitive": True,
        "hierarchyMeaning": "part-of",
        "content": "complete",
        "concept": list(concepts),
    }
