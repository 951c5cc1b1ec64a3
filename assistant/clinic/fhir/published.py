"""What is published about the form: the adaptive questionnaire, the vocabulary, the code systems, and what the server can do."""

from __future__ import annotations

from assistant.clinic.fhir.adaptive import ADAPTIVE
from assistant.clinic.fhir.adaptive_items import ADAPTS
from assistant.clinic.fhir.codes import Resource
from assistant.clinic.fhir.trail import PROGRAM, program_version
from assistant.clinic.fhir.vocabulary import code_systems, edition, questionnaire
from assistant.clinic.wording import Wording

OPERATION = "http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-next-question"
SINCE = "2026-11-23"
"""The day from which the server could do what it says."""


def resource(kind: str, name: str, words: Wording) -> Resource | None:
    """The resource that is published under `kind`/`name` (its `metadata` has no name); None where there is none."""
    if (kind, name) == ("metadata", ""):
        return capabilities()
    if kind == "Questionnaire":
        forms = {"psoas-walking": adaptive_form(words), "findings": {**questionnaire(words), "id": "findings"}}
        return forms.get(name)
    return next((c for c in code_systems(words) if kind == "CodeSystem" and c["id"] == name), None)


def adaptive_form(words: Wording) -> Resource:
    """The adaptive form itself: it has no items, they come one after the other."""
    return {
        "resourceType": "Questionnaire",
        "id": "psoas-walking",
        "extension": [{"url": ADAPTS, "valueBoolean": True}],
        "url": ADAPTIVE,
        "version": edition(words),
        "name": "PsoasWalking",
        "title": words.part("fhir", "adaptive"),
        "status": "active",
        "experimental": False,
        "subjectType": ["Patient"],
    }


def capabilities() -> Resource:
    """What the server can do."""
    operation = {"name": "next-question", "definition": OPERATION}
    reads = [{"code": "read"}]
    resources = [
        {"type": "Questionnaire", "interaction": reads, "operation": [operation]},
        {"type": "CodeSystem", "interaction": reads},
    ]
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": SINCE,
        "kind": "instance",
        "software": {"name": PROGRAM, "version": program_version()},
        "implementation": {"description": PROGRAM},
        "fhirVersion": "4.3.0",
        "format": ["json"],
        "rest": [{"mode": "server", "resource": resources}],
    }
