"""What was decided, in FHIR: how soon to be seen, the verdict on walking, and the plan with its doses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.clinic.fhir.codes import ADVICE, BASE, UNITS, Resource, concept, quantity
from assistant.clinic.fhir.record import Folder, instant
from assistant.clinic.handover.result import WITHHELD

DOSE = f"{BASE}/StructureDefinition/dose"
"""One measure of a dose: `measure` (code), `amount` (Range), `source` (code)."""


def care(folder: Folder) -> Resource:
    """How soon to be seen, on what it rests, and the rules with the sentences that they quote."""
    case, words = folder.case, folder.words
    grounds = dict.fromkeys(f for r in case.rules for f in r["because"] if f in case.findings)
    outcome = concept(ADVICE, f"care.{case.care}", words.part("care_words", case.care))
    prediction: dict[str, Any] = {"outcome": outcome}
    reasons = "\n".join(_reason(r, folder) for r in case.rules)
    made: Resource = {
        "resourceType": "RiskAssessment",
        "id": folder.id("RiskAssessment"),
        "status": "final",
        "method": concept(ADVICE, "rules", words.part("fhir", "rules")),
        "code": concept(ADVICE, "care", words.part("fhir", "care")),
        "subject": folder.to("Patient"),
        "occurrenceDateTime": instant(case.finished_at),
        "performer": folder.to("Device"),
        "prediction": [{**prediction, "rationale": reasons} if reasons else prediction],
        "mitigation": words.part("advised_care", case.care),
    }
    basis = [folder.to("Observation", f) for f in grounds]
    return {**made, "basis": basis} if basis else made


def _reason(reason: Mapping[str, Any], folder: Folder) -> str:
    quotes = " ".join(f"“{e['quote']}”" for e in reason["evidence"][:1])
    return f"{folder.words.text('rule', rule=reason['rule'])}: {quotes}"


def verdict(folder: Folder) -> Resource:
    """What walking does for this person."""
    case, words = folder.case, folder.words
    return {
        "resourceType": "Observation",
        "id": folder.id("Observation", "walking-verdict"),
        "status": "final",
        "code": concept(ADVICE, "walking", words.part("fhir", "walking")),
        "subject": folder.to("Patient"),
        "effectiveDateTime": instant(case.finished_at),
        "device": folder.to("Device"),
        "derivedFrom": [folder.to("QuestionnaireResponse")],
        "valueCodeableConcept": concept(ADVICE, f"walking.{case.walking}", words.part("walking_words", case.walking)),
    }


def plan(folder: Folder) -> Resource | None:
    """Corrections and exercises with their doses; None where there are none, as always when care is urgent or emergency."""
    case, words = folder.case, folder.words
    told = case.told
    if case.care in WITHHELD or not (told["corrections"] or told["exercises"]):
        return None
    activities = [_activity(concept(ADVICE, f"correction.{c}", words.name(c)), {}) for c in told["corrections"]]
    activities += [_exercise(e, folder) for e in told["exercises"]]
    return {
        "resourceType": "CarePlan",
        "id": folder.id("CarePlan"),
        "status": "active",
        "intent": "proposal",
        "title": words.part("fhir", "plan"),
        "description": words.part("walking_words", case.walking),
        "subject": folder.to("Patient"),
        "created": instant(case.finished_at),
        "author": folder.to("Device"),
        "supportingInfo": [folder.to("RiskAssessment"), folder.to("Observation", "walking-verdict")],
        "activity": activities,
    }


def _activity(code: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    return {"detail": {"code": code, "status": "not-started", "doNotPerform": False, **more}}


def _exercise(exercise: Mapping[str, Any], folder: Folder) -> dict[str, Any]:
    words, dose = folder.words, exercise["dose"]
    changes = [words.text("changed_for_them", say=say) for say in exercise["modify"]]
    more: dict[str, Any] = {"description": "\n".join([words.dose(dose), *changes])}
    repeat = timing(dose)
    if repeat:
        more["scheduledTiming"] = {"repeat": repeat, "code": {"text": words.dose(dose)}}
    amounts = [_measure(m, dose) for m in dose if m in UNITS]
    if amounts:
        more["extension"] = amounts
    return _activity(concept(ADVICE, f"exercise.{exercise['id']}", words.name(exercise["id"])), more)


def _measure(measure: str, dose: Mapping[str, Any]) -> dict[str, Any]:
    low, high = dose[measure]
    unit = UNITS[measure]
    parts = [
        {"url": "measure", "valueCode": measure},
        {"url": "amount", "valueRange": {"low": quantity(low, unit), "high": quantity(high, unit)}},
        {"url": "source", "valueCode": dose["sources"][measure]},
    ]
    return {"url": DOSE, "extension": parts}


def timing(dose: Mapping[str, Any]) -> dict[str, Any]:
    """What of a dose FHIR's Timing can say: how often a day or a week, and how long one bout or hold lasts."""
    repeat: dict[str, Any] = {}
    for measure, unit in (("times_a_day", "d"), ("days_a_week", "wk")):
        if measure in dose and "frequency" not in repeat:
            repeat |= {**_between("frequency", dose[measure]), "period": 1, "periodUnit": unit}
    for measure, unit in (("minutes", "min"), ("hold_seconds", "s")):
        if measure in dose and "duration" not in repeat:
            repeat |= {**_between("duration", dose[measure]), "durationUnit": unit}
    return repeat


def _between(name: str, amount: list[float]) -> dict[str, float]:
    low, high = amount
    return {name: low, f"{name}Max": high} if high > low else {name: low}
