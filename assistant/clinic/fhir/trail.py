"""Who and by which rules, in FHIR: the person, the program, what was agreed to, and where the advice comes from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from assistant.clinic.fhir.codes import BASE, PART, SCOPE, Resource, coding
from assistant.clinic.fhir.record import Folder, free, instant

PROGRAM = "psoas-walking"


def patient(folder: Folder) -> Resource:
    """The person, by nothing but what the ledger knows them as."""
    made: Resource = {"resourceType": "Patient", "id": folder.id("Patient")}
    known_as = free(folder.case.known_as)
    return {**made, "identifier": [{"system": f"{BASE}/known-as", "value": known_as}]} if known_as else made


def program(folder: Folder) -> Resource:
    """The program that asked and decided, with its version."""
    return {
        "resourceType": "Device",
        "id": folder.id("Device"),
        "status": "active",
        "deviceName": [{"name": PROGRAM, "type": "model-name"}],
        "version": [{"value": program_version()}],
        "note": [{"text": folder.words.text("made_by")}],
    }


def program_version() -> str:
    """The version of this program as it was installed, "unknown" where it was not."""
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return "unknown"


def consents(folder: Folder) -> list[Resource]:
    """What the person agreed to or took back, in order: only the last word on each thing is in force."""
    given = folder.case.consents
    last = {str(c.get("to")): number for number, c in enumerate(given)}
    return [_consent(c, number, last[str(c.get("to"))] == number, folder) for number, c in enumerate(given)]


def _consent(given: Mapping[str, Any], number: int, in_force: bool, folder: Folder) -> Resource:
    words = folder.words
    agreed = "active" if given.get("given") else "rejected"
    made: Resource = {
        "resourceType": "Consent",
        "id": folder.id("Consent", str(number)),
        "status": agreed if in_force else "inactive",
        "scope": {"coding": [coding(SCOPE, "patient-privacy", "Privacy Consent")]},
        "category": [{"text": free(str(given.get("to"))) or words.part("fhir", "consent")}],
        "patient": folder.to("Patient"),
        "policyRule": {"text": words.part("fhir", "wording", wording=free(str(given.get("wording"))))},
    }
    at = given.get("at")
    return {**made, "dateTime": instant(float(at))} if at is not None else made


def provenance(targets: list[Resource], folder: Folder) -> Resource:
    """Which rules decided, on which knowledge, made by which program from whose answers."""
    case, words = folder.case, folder.words
    told = f"{case.knowledge.version} {case.knowledge.sha256}"
    knowledge = {
        "identifier": {"system": f"{BASE}/knowledge-sha256", "value": case.knowledge.sha256},
        "display": words.part("fhir", "knowledge", stamp=told),
    }
    made: Resource = {
        "resourceType": "Provenance",
        "id": folder.id("Provenance"),
        "target": [{"reference": f"urn:uuid:{t['id']}"} for t in targets],
        "occurredDateTime": instant(case.finished_at),
        "recorded": instant(case.updated_at),
        "agent": [
            _agent("assembler", "Assembler", "Device", folder),
            _agent("informant", "Informant", "Patient", folder),
        ],
        "entity": [
            {"role": "source", "what": knowledge},
            {"role": "source", "what": folder.to("QuestionnaireResponse")},
        ],
    }
    rules = [f"{BASE}/rule/{quote(r['rule'], safe='.')}" for r in case.rules]
    return {**made, "policy": list(dict.fromkeys(rules))} if rules else made


def _agent(code: str, display: str, kind: str, folder: Folder) -> dict[str, Any]:
    return {"type": {"coding": [coding(PART, code, display)]}, "who": folder.to(kind)}
