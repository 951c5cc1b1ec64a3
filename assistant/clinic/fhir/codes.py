"""The codes that are used: our own systems, documented in docs/fhir.md, and the few of FHIR's own that are needed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

BASE = "https://psoas-walking.invalid/fhir"
"""Begins every name that is our own; it is a name, not an address (`.invalid` belongs to nobody)."""
FINDINGS = f"{BASE}/CodeSystem/findings"
"""A finding by its id, and a value of one as `finding.value`."""
ADVICE = f"{BASE}/CodeSystem/advice"
"""Care, verdicts, corrections and exercises: `care.urgent`, `walking.restore_first`, `exercise.plank`."""
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ABSENT_EXTENSION = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
UNKNOWN = "asked-unknown"
"""The person was asked and does not know."""
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
PART = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
UCUM = "http://unitsofmeasure.org"
UNITS: Mapping[str, str] = {
    "hold_seconds": "s",
    "minutes": "min",
    "repeats": "{repeat}",
    "times_a_day": "/d",
    "days_a_week": "d/wk",
}
"""Measures of a dose in UCUM."""
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, BASE)

Resource = dict[str, Any]


def name_of(*parts: str) -> str:
    """A UUID that is always the same for the same parts."""
    return str(uuid.uuid5(NAMES, "/".join(parts)))


def reference(identity: str) -> dict[str, str]:
    return {"reference": f"urn:uuid:{identity}"}


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    made = {"system": system, "code": code}
    return {**made, "display": display} if display else made


def concept(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [coding(system, code, display)], "text": display}


def absent() -> dict[str, Any]:
    """Why a value is missing: the person was asked and does not know."""
    return {"coding": [coding(ABSENT, UNKNOWN, "Asked But Unknown")]}


def quantity(value: float, unit: str) -> dict[str, Any]:
    """An amount with its unit in UCUM."""
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}
