"""The adaptive form asks what the conversation asks, comes to the same result, and takes no harm from what is sent to it."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.limits import Allowance
from assistant.clinic.fhir.adaptive import ADAPTIVE, next_question
from assistant.clinic.fhir.checking import checked, code_faults, structure_faults
from assistant.clinic.fhir.codes import FINDINGS
from assistant.clinic.wording import Wording, _written
from assistant.knowledge_base.building import build
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.settings import CONTENT
from assistant.triage.decide import decide
from tests.cases.cases import Case, complete, load_cases
from tests.channels.fhir_door import START, FhirDoor, silent
from tests.clinic.filling import converse, fill, open_item, result
from tests.conversations.simulated import listen


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> Wording:
    return Wording(_written(), knowledge)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FhirDoor]:
    folder: Path = tmp_path_factory.mktemp("fhir")
    build(CONTENT, folder / "knowledge.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_KNOWLEDGE", str(folder / "knowledge.db"))
        patch.setattr("assistant.channels.fhir_form.PACE", (Allowance(100_000, 60),))
        running = FhirDoor(silent, folder, {})
        running.start()
        yield running
        running.stop()


def _coded(link: str, *codes: str) -> dict[str, Any]:
    return {"linkId": link, "answer": [{"valueCoding": {"system": FINDINGS, "code": code}} for code in codes]}


def _told(*items: dict[str, Any]) -> dict[str, Any]:
    return {**START, "item": list(items)}


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.id)
def test_the_form_and_the_conversation_ask_and_decide_alike(
    case: Case, knowledge: Knowledge, words: Wording, reader: Reader
) -> None:
    person = complete(case.person, knowledge.book)
    response, asked = fill(person, lambda r: next_question(r, words), knowledge.book)
    session, questions, said = converse(person, knowledge, lambda text: listen(text, reader))
    assert [link.split(".")[0] for link in asked] == questions
    assert json.dumps(result(response)) == json.dumps(decide(session.findings, knowledge.book))
    whole = decide(person, knowledge.book)
    assert (result(response)["care"], result(response)["walking"]) == (whole["care"], whole["walking"])
    shown = [item["text"] for item in response["contained"][0]["item"] if item["linkId"].startswith("alert")]
    alerts = [s.text.replace("**", "") for s in said if s.custom.get("alert")]
    assert shown == alerts


@pytest.mark.parametrize("name", ["walks-well", "weight-loss-low-pain", "unsure-about-kneeling"])
def test_every_answer_over_http_is_valid_fhir(name: str, door: FhirDoor, knowledge: Knowledge) -> None:
    def ask(response: dict[str, Any]) -> dict[str, Any]:
        status, told = door.ask(response)
        assert (status, structure_faults(told), code_faults(told)) == (200, [], [])
        return dict(told)

    case = next(c for c in load_cases() if c.id == name)
    response, _ = fill(complete(case.person, knowledge.book), ask, knowledge.book)
    assert result(response)["care"] == case.expect["care"]


def test_the_first_question_comes_with_the_form_it_derives_from(door: FhirDoor, knowledge: Knowledge) -> None:
    status, told = door.ask(START)
    form = told["contained"][0]
    assert (status, told["questionnaire"], form["derivedFrom"]) == (200, "#form", [ADAPTIVE])
    assert [item["linkId"] for item in form["item"]] == [knowledge.book.questions[0].id]


def test_parameters_with_a_response_are_answered_like_the_response(door: FhirDoor) -> None:
    inside = {"resourceType": "Parameters", "parameter": [{"name": "questionnaire-response", "resource": START}]}
    assert door.ask(inside) == door.ask(START)


def test_the_same_response_is_answered_the_same_however_often_it_is_sent(door: FhirDoor) -> None:
    told = door.ask(_told(_coded("place", "pain_location.groin")))
    assert told == door.ask(told[1]) == door.ask(told[1])


def test_a_warning_sign_is_answered_before_the_next_question(words: Wording) -> None:
    told = next_question(_told(_coded("place", "pain_location.groin"), _coded("now", "none"), _coded("soon", "fever_systemic")), words)
    items = [item["linkId"] for item in told["contained"][0]["item"]]
    assert items[:4] == ["place", "now", "soon", "alert.soon"]
    assert told["status"] == "in-progress"


def test_an_emergency_ends_the_form_and_gives_no_exercise(words: Wording) -> None:
    told = next_question(_told(_coded("place", "pain_location.groin"), _coded("now", "saddle_numbness")), words)
    assert told["status"] == "completed"
    assert (result(told)["care"], result(told)["exercises"]) == ("emergency", [])
    assert [i["linkId"] for i in told["item"][-1]["item"]] == [
        "result.care", "result.walking", "result.text", "result.assessment"
    ]  # fmt: skip


def test_a_warning_sign_counts_although_its_question_would_not_be_asked_any_more(words: Wording) -> None:
    told = next_question(_told(_coded("sharp", "pain_increasing_with_activity"), _coded("soon", "fever_systemic")), words)
    links = [item["linkId"] for item in told["contained"][0]["item"]]
    assert "alert.soon" in links
    assert told["item"] == _told(_coded("sharp", "pain_increasing_with_activity"), _coded("soon", "fever_systemic"))["item"]


def test_an_empty_answer_is_dont_know_and_a_missing_one_is_asked_again(words: Wording) -> None:
    first = next_question(START, words)
    assert open_item(next_question(first, words))["linkId"] == "place"
    assert open_item(next_question({**first, "item": [{"linkId": "place"}]}, words))["linkId"] == "now"


def test_what_else_the_response_holds_comes_back(door: FhirDoor) -> None:
    own = {"subject": {"reference": "Patient/1"}, "authored": "2026-11-23T10:00:00+00:00", "identifier": {"value": "<b>"}}
    status, told = door.ask({**START, **own})
    assert (status, {name: told[name] for name in own}) == (200, own)


WRONG: dict[str, Any] = {
    "no resource": {},
    "another resource": {"resourceType": "Patient"},
    "no such resource": {"resourceType": "Nothing"},
    "empty parameters": {"resourceType": "Parameters"},
    "completed": {**START, "status": "completed"},
    "bogus status": {**START, "status": "bogus"},
    "another form": {**START, "questionnaire": "http://example.org/Questionnaire/1"},
    "a form that is not contained": {**START, "questionnaire": "#form"},
    "an item that was not asked": _told(_coded("nothing", "none")),
    "an item below an item": _told({"linkId": "place", "item": [{"linkId": "now"}]}),
    "an item below an answer": _told({"linkId": "now", "answer": [{"item": [{"linkId": "soon"}]}]}),
    "the same item twice": _told(_coded("now", "none"), _coded("now", "none")),
    "a code of another question": _told(_coded("place", "saddle_numbness")),
    "a value that is none": _told(_coded("place", "pain_location.moon")),
    "a finding without its value": _told(_coded("place", "pain_location")),
    "none and something": _told(_coded("now", "none", "saddle_numbness")),
    "two ages": _told(_coded("age", "age_band.16_49", "age_band.70_plus")),
    "a code of another system": _told({"linkId": "now", "answer": [{"valueCoding": {"system": "http://loinc.org", "code": "1"}}]}),
    "text for a choice": _told({"linkId": "now", "answer": [{"valueString": "fever"}]}),
    "too many hours": _told({"linkId": "sitting", "answer": [{"valueDecimal": 25}]}),
    "fewer than none": _told({"linkId": "severity", "answer": [{"valueDecimal": -1}]}),
    "two numbers": _told({"linkId": "severity", "answer": [{"valueDecimal": 1}, {"valueDecimal": 2}]}),
    "a word for a number": _told({"linkId": "severity", "answer": [{"valueString": "7"}]}),
    "yes for a number": _told({"linkId": "severity", "answer": [{"valueBoolean": True}]}),
    "items of another shape": {**START, "item": "now"},
    "a sign that FHIR forbids": {**START, "identifier": {"value": "\x00"}},
    "half a letter": {**START, "identifier": {"value": "\ud800"}},
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_refused_with_an_outcome(name: str, door: FhirDoor) -> None:
    status, told = door.ask(WRONG[name])
    assert (status, told["resourceType"], told["issue"][0]["severity"]) == (400, "OperationOutcome", "error")
    checked(told)


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"", "application/fhir+json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "application/json", 400),
        (b"[" * 200_000, "application/json", 400),
        (b'{"resourceType":"QuestionnaireResponse","status":"in-progress","item":[{"linkId":"severity","answer":'
         b'[{"valueDecimal":1e999}]}]}', "application/json", 400),
        (b'{"resourceType":"QuestionnaireResponse","x":NaN}', "application/json", 400),
        (b'{"x":' + b"9" * 5000 + b"}", "application/json", 400),
        (b" " * 300_000, "application/fhir+json", 413),
        (b"<QuestionnaireResponse/>", "application/fhir+xml", 415),
        (b"{}", "multipart/form-data; boundary=x", 415),
    ],
    ids=["empty", "cut off", "list", "not UTF-8", "deep", "very deep", "infinite", "NaN", "long number", "large", "XML", "parts"],
)  # fmt: skip
def test_a_body_that_is_no_form_is_refused(body: bytes, media: str, status: int, door: FhirDoor) -> None:
    got, told = door.post(body, media)
    assert (got, told["resourceType"]) == (status, "OperationOutcome")


def test_mangled_responses_never_break_the_server(door: FhirDoor, knowledge: Knowledge, words: Wording) -> None:
    case = next(c for c in load_cases() if c.id == "unsure-about-kneeling")
    whole, _ = fill(complete(case.person, knowledge.book), lambda r: next_question(r, words), knowledge.book)
    whole = {**whole, "status": "in-progress"}
    dice = random.Random(6)
    seen = set()
    for _ in range(500):
        status, told = door.ask(_mangled(whole, dice))
        assert status in (200, 400), told
        seen.add(status)
    assert seen == {200, 400}


JUNK: list[Any] = [None, True, 0, -1, 1e308, "", "x", "#", "now", [], [None], {}, [{}], {"linkId": "now"}, [[]], "\u202e<script>"]


def _mangled(resource: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """A copy with one to three places replaced, taken out or doubled."""
    copied = copy.deepcopy(resource)
    for _ in range(dice.randint(1, 3)):
        node: Any = copied
        while True:
            keys = list(node) if isinstance(node, dict) else range(len(node))
            key = dice.choice(list(keys)) if keys else None
            inner = node[key] if key is not None else None
            if key is None or not isinstance(inner, dict | list) or not inner or dice.random() < 0.2:
                break
            node = inner
        if key is None:
            continue
        if dice.random() < 0.3:
            del node[key]
        else:
            node[key] = copy.deepcopy(dice.choice(JUNK))
    return copied


def test_the_form_and_its_codes_can_be_read(door: FhirDoor) -> None:
    for path in ("Questionnaire/psoas-walking", "Questionnaire/findings", "CodeSystem/findings", "CodeSystem/advice", "metadata"):
        status, told = door.get(path)
        assert status == 200
        checked(told)
    assert door.get("metadata")[1]["rest"][0]["resource"][0]["operation"][0]["name"] == "next-question"


def test_other_addresses_are_refused_with_an_outcome(door: FhirDoor) -> None:
    for path, method in (("Patient/1", "GET"), ("", "GET"), ("Questionnaire/psoas-walking", "DELETE"), ("x/y/z", "POST")):
        status, told = door.get(path, method)
        assert status in (404, 405)
        assert told.get("resourceType") == "OperationOutcome"


def test_too_many_requests_are_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.channels.fhir_form.PACE", (Allowance(5, 60),))
    running = FhirDoor(silent, tmp_path, {})
    running.start()
    try:
        statuses = {running.get("nothing")[0] for _ in range(10)}
    finally:
        running.stop()
    assert statuses == {404, 429}
