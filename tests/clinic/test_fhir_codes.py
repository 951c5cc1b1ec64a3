"""The codes of a Bundle are those of the value sets of R4, of our own code systems, and of nothing that was not verified."""

from __future__ import annotations

import copy
from importlib import import_module
from typing import Any

import pytest

from assistant.clinic.case import Case
from assistant.clinic.fhir.bundle import bundle
from assistant.clinic.fhir.checking import checked, code_faults
from assistant.clinic.fhir.codes import ADVICE, FINDINGS, UCUM
from assistant.clinic.fhir.value_sets import CLOSED, REQUIRED
from assistant.clinic.fhir.vocabulary import code_systems
from assistant.clinic.wording import Wording
from assistant.errors import InputError
from tests.clinic.bundles import nodes, of_type


def test_every_code_of_ours_that_is_used_is_in_our_code_systems(alarm: Case, walker: Case, words: Wording) -> None:
    known: dict[str, set[str]] = {}
    for system in code_systems(words):
        checked(system)
        known[system["url"]] = {n["code"] for n in nodes(system) if "code" in n}
    for made in (bundle(alarm, words), bundle(walker, words)):
        used = {(n["system"], n["code"]) for n in nodes(made) if n.get("system") in (FINDINGS, ADVICE)}
        assert {(s, c) for s, c in used if c not in known[s]} == set()


def test_no_code_of_a_terminology_that_was_not_verified_is_used(alarm: Case, walker: Case, words: Wording) -> None:
    systems = {
        n["system"] for case in (alarm, walker) for n in nodes(bundle(case, words)) if "system" in n and "code" in n
    }
    assert systems <= {FINDINGS, ADVICE, UCUM, *CLOSED}


BROKEN = {
    "Bundle.type": "bag",
    "Observation.status": "bogus",
    "Questionnaire.status": "done",
    "Questionnaire.item.type": "question",
    "QuestionnaireResponse.status": "finished",
    "RiskAssessment.status": "bogus",
    "CarePlan.intent": "wish",
    "CarePlan.activity.detail.status": "maybe",
    "CarePlan.activity.detail.scheduledTiming.repeat.durationUnit": "seconds",
    "Consent.status": "yes",
    "Provenance.entity.role": "mother",
    "Device.deviceName.type": "nickname",
}


@pytest.mark.parametrize("field", BROKEN)
def test_a_code_that_its_value_set_does_not_have_is_found(field: str, walker: Case, words: Wording) -> None:
    made = bundle(walker, words)
    assert code_faults(made) == []
    kind, *path = field.split(".")
    resource = made if kind == "Bundle" else of_type(made, kind)[0]
    _set(resource, path, BROKEN[field])
    assert any(fault.startswith(f"{field}: ") for fault in code_faults(made)), field
    with pytest.raises(InputError):
        checked(made)


def _set(node: Any, path: list[str], value: str) -> None:
    """Set the first place of a path, going down into groups of the form where an item has no such field below it."""
    name, *rest = path
    node = node[0] if isinstance(node, list) else node
    if rest:
        _set(node[name], rest, value)
    else:
        node[name] = value


def test_a_code_of_fhirs_own_systems_that_is_not_there_is_found(alarm: Case, words: Wording) -> None:
    made = copy.deepcopy(bundle(alarm, words))
    of_type(made, "Observation")[0]["category"][0]["coding"][0]["code"] = "gossip"
    assert len(code_faults(made)) == 1


def test_our_value_sets_hold_all_that_the_library_knows_of_them() -> None:
    places = {
        "Bundle": ("bundle", "Bundle"), "Questionnaire": ("questionnaire", "Questionnaire"),
        "Questionnaire.item": ("questionnaire", "QuestionnaireItem"), "Observation": ("observation", "Observation"),
        "QuestionnaireResponse": ("questionnaireresponse", "QuestionnaireResponse"),
        "RiskAssessment": ("riskassessment", "RiskAssessment"), "CarePlan": ("careplan", "CarePlan"),
        "CarePlan.activity.detail": ("careplan", "CarePlanActivityDetail"), "Consent": ("consent", "Consent"),
        "CarePlan.activity.detail.scheduledTiming.repeat": ("timing", "TimingRepeat"), "Device": ("device", "Device"),
        "Provenance.entity": ("provenance", "ProvenanceEntity"), "Device.deviceName": ("device", "DeviceDeviceName"),
        "CodeSystem": ("codesystem", "CodeSystem"), "OperationOutcome.issue": ("operationoutcome", "OperationOutcomeIssue"),
    }  # fmt: skip
    for field, codes in REQUIRED.items():
        owner, _, name = field.rpartition(".")
        module, model = places[owner]
        known = getattr(import_module(f"fhir.resources.R4B.{module}"), model).__fields__[name].field_info.extra
        listed = set(known.get("enum_values", ()))
        assert listed - {"+"} <= codes, field
        assert "+" in listed or not listed or listed == codes, field
