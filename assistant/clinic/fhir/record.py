"""What was found, in FHIR: the filled-in form, and one Observation for each finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from assistant.clinic.case import Case
from assistant.clinic.fhir import codes
from assistant.clinic.fhir.codes import ADVICE, CATEGORY, FINDINGS, Resource, coding, concept, name_of, reference
from assistant.clinic.fhir.vocabulary import FORM, edition, plain, value_coding
from assistant.clinic.showing import UNSHOWN
from assistant.clinic.wording import Wording
from assistant.triage.rules import Question

SIGNS = ("emergency", "urgent", "clinician")
UNITS = {"sitting_hours": "h/d", "pain_severity": "{score}"}


@dataclass(frozen=True)
class Folder:
    """What all resources of a case share: the case, the words, and the ids of the others."""

    case: Case
    words: Wording

    def id(self, kind: str, key: str = "") -> str:
        return name_of(self.case.id, kind, key)

    def to(self, kind: str, key: str = "") -> dict[str, str]:
        return reference(self.id(kind, key))


def instant(at: float) -> str:
    """A time as FHIR writes it, to the second, in UTC."""
    return datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="seconds")


def free(text: str) -> str:
    """What a person wrote, without signs that FHIR forbids; "" where nothing is left."""
    return UNSHOWN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text).strip()


def response(folder: Folder) -> Resource:
    """The form as far as it was filled in; what the person does not know is marked as asked."""
    case, words = folder.case, folder.words
    groups = [_answered(q, case, words) for q in words.knowledge.book.questions]
    made: Resource = {
        "resourceType": "QuestionnaireResponse",
        "id": folder.id("QuestionnaireResponse"),
        "questionnaire": f"{FORM}|{edition(words)}",
        "status": "stopped" if case.told.get("next_question") else "completed",
        "subject": folder.to("Patient"),
        "authored": instant(case.updated_at),
        "author": folder.to("Device"),
        "source": folder.to("Patient"),
    }
    filled = [group for group in groups if group["item"]]
    return {**made, "item": filled} if filled else made


def _answered(question: Question, case: Case, words: Wording) -> dict[str, Any]:
    told = [f for f in question.findings if f in case.findings]
    items = [_item(f, case.findings[f]["value"], words) for f in told]
    return {"linkId": f"question.{question.id}", "text": plain(question.text), "item": items}


def _item(finding: str, value: Any, words: Wording) -> dict[str, Any]:
    item: dict[str, Any] = {"linkId": finding, "text": words.knowledge.book.findings[finding].ask}
    if value is None:
        return {**item, "extension": [{"url": codes.ABSENT_EXTENSION, "valueCode": codes.UNKNOWN}]}
    answers = [_answer(finding, v, words) for v in (value if isinstance(value, list | tuple) else [value])]
    return {**item, "answer": answers} if answers else item


def _answer(finding: str, value: Any, words: Wording) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int | float):
        return {"valueDecimal": value}
    return {"valueCoding": value_coding(finding, str(value), words)}


def observations(folder: Folder) -> list[Resource]:
    """One Observation for each finding: so, not so, a value, or asked and not known."""
    return [_observation(f, origin, folder) for f, origin in folder.case.findings.items()]


def _observation(finding: str, origin: Mapping[str, Any], folder: Folder) -> Resource:
    places = origin["from"]
    made: Resource = {
        "resourceType": "Observation",
        "id": folder.id("Observation", finding),
        "status": "final",
        "category": _categories(finding, folder.words),
        "code": concept(FINDINGS, finding, folder.words.label(finding)),
        "subject": folder.to("Patient"),
        "effectiveDateTime": instant(_said_at(places, folder.case)),
        "performer": [folder.to("Patient")],
        "derivedFrom": [folder.to("QuestionnaireResponse")],
        "device": folder.to("Device"),
        **_value(finding, origin["value"], folder.words),
    }
    notes = [{"text": words} for place in places if (words := free(str(place["words"])))]
    return {**made, "note": notes} if notes else made


def _categories(finding: str, words: Wording) -> list[dict[str, Any]]:
    survey = {"coding": [coding(CATEGORY, "survey", "Survey")]}
    level = words.group(finding)
    return [survey, concept(ADVICE, f"sign.{level}", words.part("level", level))] if level in SIGNS else [survey]


def _said_at(places: Sequence[Mapping[str, Any]], case: Case) -> float:
    times = {spoken.number: spoken.at for spoken in case.transcript}
    return max((times[p["turn"]] for p in places if p["turn"] in times), default=case.finished_at)


def _value(finding: str, value: Any, words: Wording) -> dict[str, Any]:
    if value is None:
        return {"dataAbsentReason": codes.absent()}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int | float):
        return {"valueQuantity": codes.quantity(value, UNITS.get(finding, "1"))}
    if isinstance(value, list | tuple):
        codings = [value_coding(finding, str(v), words) for v in value]
        return {"component": [{"code": {"coding": [c]}, "valueBoolean": True} for c in codings]}
    one = value_coding(finding, str(value), words)
    return {"valueCodeableConcept": {"coding": [one], "text": one["display"]}}
