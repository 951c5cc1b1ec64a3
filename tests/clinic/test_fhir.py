"""A case in FHIR R4B: valid in structure and codes, whole, the same bytes each time, and nothing advised that is withheld."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.clinic.case import Case
from assistant.clinic.columns import as_json
from assistant.clinic.fhir.advice import timing
from assistant.clinic.fhir.bundle import as_fhir, bundle
from assistant.clinic.fhir.checking import checked, code_faults, structure_faults
from assistant.clinic.fhir.codes import UCUM
from assistant.clinic.fhir.vocabulary import questionnaire
from assistant.clinic.wording import Wording
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.triage.decide import decide
from tests.cases.cases import complete, load_cases
from tests.clinic.bundles import nodes, of_type
from tests.clinic.handed import CONSENT, by_name, evil, talked


def test_the_bytes_are_a_valid_bundle_and_always_the_same(alarm: Case) -> None:
    written = as_fhir(alarm)
    assert written == as_fhir(alarm)
    checked(json.loads(written))


@pytest.mark.parametrize(
    "name", ["walks-well", "weight-loss-low-pain", "unsure-about-kneeling", "hip-replacement-short-steps"]
)
def test_cases_of_every_kind_are_valid(
    name: str, knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    made = bundle(by_name(name, knowledge, reader, tmp_path), words)
    assert (structure_faults(made), code_faults(made)) == ([], [])


def test_every_reference_leads_to_an_entry_and_every_id_is_its_own(walker: Case, words: Wording) -> None:
    made = bundle(walker, words)
    names = [entry["fullUrl"] for entry in made["entry"]]
    assert len(set(names)) == len(names)
    told = {node["reference"] for node in nodes(made) if "reference" in node}
    assert told <= set(names)


def test_there_is_an_observation_for_each_finding_with_its_code(alarm: Case, words: Wording) -> None:
    found = {o["code"]["coding"][0]["code"]: o for o in of_type(bundle(alarm, words), "Observation")}
    assert set(alarm.findings) == set(found) - {"walking"}
    assert found["saddle_numbness"]["valueBoolean"] is True
    assert found["saddle_numbness"]["note"] == [{"text": "numb between my legs"}]
    assert found["stroke_signs"]["valueBoolean"] is False
    assert [c["code"]["coding"][0]["code"] for c in found["pain_location"]["component"]] == [
        "pain_location.deep_hip", "pain_location.lower_back"
    ]  # fmt: skip
    assert found["sitting_hours"]["valueQuantity"] == {"value": 9, "unit": "h/d", "system": UCUM, "code": "h/d"}


def test_what_the_person_does_not_know_has_no_value_but_a_reason(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    person = {"pain_location": ["deep_hip"], "age_band": "16_49", "duration": "weeks", "pain_severity": None}
    case = talked(knowledge, reader, tmp_path, "tight hip", person)
    told = {o["code"]["coding"][0]["code"]: o for o in of_type(bundle(case, words), "Observation")}["pain_severity"]
    assert told["dataAbsentReason"]["coding"][0]["code"] == "asked-unknown"
    assert not [name for name in told if name.startswith("value")]


def test_care_names_its_rules_and_rests_on_its_findings(alarm: Case, words: Wording) -> None:
    made = bundle(alarm, words)
    (care,) = of_type(made, "RiskAssessment")
    assert care["prediction"][0]["outcome"]["coding"][0]["code"] == "care.emergency"
    assert "rule saddle_numbness" in care["prediction"][0]["rationale"]
    ids = {o["code"]["coding"][0]["code"]: f"urn:uuid:{o['id']}" for o in of_type(made, "Observation")}
    assert {ids["saddle_numbness"], ids["fever_systemic"]} == {b["reference"] for b in care["basis"]}


def test_urgent_care_and_emergencies_come_without_a_plan(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, alarm: Case, words: Wording
) -> None:
    assert of_type(bundle(alarm, words), "CarePlan") == []
    assert not any(
        n.get("code", "").startswith(("exercise.", "correction."))
        for n in nodes(bundle(alarm, words))
        if isinstance(n.get("code"), str)
    )


def test_the_plan_holds_every_exercise_with_its_dose(walker: Case, words: Wording) -> None:
    (plan,) = of_type(bundle(walker, words), "CarePlan")
    details = {a["detail"]["code"]["coding"][0]["code"]: a["detail"] for a in plan["activity"]}
    assert list(details) == [f"exercise.{e['id']}" for e in walker.told["exercises"]]
    assert (plan["status"], plan["intent"]) == ("active", "proposal")
    for exercise in walker.told["exercises"]:
        told = {}
        for dose in details[f"exercise.{exercise['id']}"]["extension"]:
            measure, amount, source = dose["extension"]
            told[measure["valueCode"]] = [amount["valueRange"][end]["value"] for end in ("low", "high")]
            assert source["valueCode"] == exercise["dose"]["sources"][measure["valueCode"]]
        assert told == {m: amount for m, amount in exercise["dose"].items() if m != "sources"}


def test_a_dose_says_how_often_and_how_long() -> None:
    assert timing({"hold_seconds": [20, 30], "times_a_day": [1, 2], "repeats": [2, 3], "sources": {}}) == {
        "frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d",
        "duration": 20, "durationMax": 30, "durationUnit": "s",
    }  # fmt: skip
    assert timing({"hold_seconds": [5, 5], "days_a_week": [3, 5]})["durationUnit"] == "s"
    assert timing({}) == {}


def test_the_trail_names_the_rules_and_the_knowledge(alarm: Case, words: Wording) -> None:
    made = bundle(alarm, words)
    (trail,) = of_type(made, "Provenance")
    assert trail["entity"][0]["what"]["identifier"]["value"] == alarm.knowledge.sha256
    assert {uri.rsplit("/", 1)[1] for uri in trail["policy"]} == {r["rule"] for r in alarm.rules}
    assert len(trail["target"]) == 2 + len(of_type(made, "Observation"))


def test_consent_is_told_as_it_was_given_and_only_the_last_word_is_in_force(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    given = [CONSENT, {**CONSENT, "given": False}, {**CONSENT, "to": "e-mail", "given": True}]
    case = talked(
        knowledge, reader, tmp_path, "tight hip", {"pain_location": ["deep_hip"], "age_band": "16_49"}, consents=given
    )
    assert [c["status"] for c in of_type(bundle(case, words), "Consent")] == ["inactive", "rejected", "active"]
    (tmp_path / "none").mkdir()
    silent = talked(knowledge, reader, tmp_path / "none", "tight hip", {"pain_location": ["deep_hip"]}, consents=())
    assert of_type(bundle(silent, words), "Consent") == []


def test_the_form_has_an_item_for_every_finding_and_the_response_answers_its_items(alarm: Case, words: Wording) -> None:
    form = questionnaire(words)
    checked(form)
    items = {i["linkId"]: i for group in form["item"] for i in group["item"]}
    assert set(items) == set(words.knowledge.book.findings)
    (response,) = of_type(bundle(alarm, words), "QuestionnaireResponse")
    answered = {i["linkId"]: i for group in response["item"] for i in group["item"]}
    assert set(answered) == set(alarm.findings)
    assert response["questionnaire"] == f"{form['url']}|{form['version']}"
    for link, item in answered.items():
        offered = [o["valueCoding"] for o in items[link].get("answerOption", ())]
        for answer in item.get("answer", ()):
            assert items[link]["type"] != "choice" or answer["valueCoding"] in offered


def test_what_was_written_to_do_harm_is_only_text(alarm: Case) -> None:
    written = as_fhir(evil(alarm))
    made = json.loads(written)
    checked(made)
    assert not [n for n in nodes(made) if "div" in n]
    assert b"\x1b" not in written
    assert "\u202e" not in written.decode()


def test_every_clinical_case_decided_at_once_makes_a_valid_bundle(
    walker: Case, words: Wording, knowledge: Knowledge
) -> None:
    for case in load_cases()[::12]:
        person = complete(case.person, knowledge.book)
        told = decide(person, knowledge.book)
        findings = {f: {"value": v, "from": []} for f, v in person.items()}
        made = replace(
            walker,
            findings=findings,
            decided_on=person,
            care=told["care"],
            walking=told["walking"],
            assessment=as_json(told).encode(),
        )
        checked(bundle(made, words))
