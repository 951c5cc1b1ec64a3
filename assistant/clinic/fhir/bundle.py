"""A case as a FHIR R4B Bundle: the same case and knowledge give the same bytes."""

from __future__ import annotations

from assistant.clinic.case import Case
from assistant.clinic.columns import as_json
from assistant.clinic.fhir import advice, record, trail
from assistant.clinic.fhir.checking import checked
from assistant.clinic.fhir.codes import BASE, Resource
from assistant.clinic.fhir.record import Folder, instant
from assistant.clinic.fhir.vocabulary import questionnaire
from assistant.clinic.wording import Wording, wording


def as_fhir(case: Case) -> bytes:
    """A case as the bytes of a Bundle. Raises InputError where there is no knowledge base, or naming what is not valid."""
    return (as_json(checked(bundle(case, wording()))) + "\n").encode()


def bundle(case: Case, words: Wording) -> Resource:
    """A collection: person, program, form, answers, findings, advice, consent, and the trail of all of them."""
    folder = Folder(case, words)
    decided = [advice.care(folder), advice.verdict(folder)]
    plan = advice.plan(folder)
    decided += [plan] if plan else []
    found = [record.response(folder), *record.observations(folder)]
    entries = [
        trail.patient(folder),
        trail.program(folder),
        questionnaire(words),
        *found,
        *decided,
        *trail.consents(folder),
        trail.provenance([*decided, *found], folder),
    ]
    return {
        "resourceType": "Bundle",
        "id": folder.id("Bundle"),
        "identifier": {"system": f"{BASE}/case", "value": case.id},
        "type": "collection",
        "timestamp": instant(case.updated_at),
        "entry": [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in entries],
    }
