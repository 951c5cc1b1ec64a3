"""The adaptive form asks what the conversation asks, comes to the same result, and loses no warning sign."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from assistant.clinic.fhir.adaptive import ADAPTIVE, next_question
from assistant.clinic.fhir.checking import checked, code_faults, structure_faults
from assistant.clinic.fhir.codes import FINDINGS
from assistant.clinic.wording import Wording, _written
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.triage.decide import decide
from tests.cases.cases import Case, complete, load_cases
from tests.channels.fhir_door import START, FhirDoor, coded, filled, open_fhir_door
from tests.clinic.filling import converse, fill, open_item, result


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> Wording:
    return Wording(_written(), knowledge)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FhirDoor]:
    with open_fhir_door(tmp_path_factory.mktemp("fhir")) as running:
        yield running


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.id)
@pytest.mark.parametrize("first", ["greeting", "opening"])
def test_the_form_and_the_conversation_ask_and_decide_alike(
    first: str, case: Case, knowledge: Knowledge, words: Wording, reader: Reader
) -> None:
    """Begun empty, as after "hello"; and with what the reader found in the case's own first message told before."""
    person = complete(case.person, knowledge.book)
    talked = converse(case.opening if first == "opening" else "hello", person, knowledge, reader)
    response, asked = fill(person, lambda r: next_question(r, words), knowledge.book, talked.told)
    assert [link.split(".")[0] for link in asked] == talked.asked
    assert json.dumps(result(response)) == json.dumps(decide(talked.session.findings, knowledge.book))
    items = response["contained"][0]["item"]
    shown = [item["text"] for item in items if item["linkId"].startswith("alert")]
    assert shown == [s.text.replace("**", "") for s in talked.said if s.custom.get("alert")]
    if first == "greeting":
        whole = decide(person, knowledge.book)
        assert [result(response)[name] for name in ("care", "walking")] == [whole["care"], whole["walking"]]


@pytest.mark.parametrize("name", ["walks-well", "weight-loss-low-pain", "unsure-about-kneeling"])
def test_every_answer_over_http_is_valid_fhir(name: str, door: FhirDoor, knowledge: Knowledge) -> None:
    def ask(response: dict[str, Any]) -> dict[str, Any]:
        status, told = door.ask(response)
        assert (status, structure_faults(told), code_faults(told)) == (200, [], [])
        return dict(told)

    case = next(c for c in load_cases() if c.id == name)
    person = complete(case.person, knowledge.book)
    told = {f: person[f] for f in ("age_band", "pain_location", "pain_severity", "fever_systemic")}
    response, _ = fill(person, ask, knowledge.book, told)
    assert result(response)["care"] == case.expect["care"]
    assert list(links(response["item"])) == list(links(response["contained"][0]["item"]))


def links(items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The ids of items and of those below them, in order; what is only shown is left out."""
    for item in items:
        if item.get("type") != "display":
            yield item["linkId"]
            yield from links(item.get("item", ()))


def told(**items: dict[str, Any]) -> dict[str, Any]:
    """A group of what is known before the first question."""
    return {"linkId": "told", "item": [{"linkId": f"told.{finding}", **item} for finding, item in items.items()]}


def test_what_is_told_before_is_not_asked(words: Wording) -> None:
    age = {"answer": [{"valueCoding": {"system": FINDINGS, "code": "age_band.16_49"}}]}
    answers = [coded("place", "pain_location.groin"), coded("now", "none"), coded("soon", "none")]
    asked = [
        open_item(next_question(filled(*first, *answers, coded("about_you", "none")), words))["linkId"]
        for first in ([], [told(age_band=age)])
    ]
    assert asked == ["age", "duration"]


def test_a_warning_sign_told_before_is_answered_before_the_first_question(words: Wording) -> None:
    fever = next_question(filled(told(fever_systemic={"answer": [{"valueBoolean": True}]})), words)
    assert [item["linkId"] for item in fever["contained"][0]["item"]] == ["told", "alert.told", "place"]
    numb = next_question(filled(told(saddle_numbness={"answer": [{"valueBoolean": True}]})), words)
    assert (numb["status"], result(numb)["care"]) == ("completed", "emergency")


def test_a_sign_told_before_as_not_known_is_asked_in_the_end(words: Wording, knowledge: Knowledge) -> None:
    person = complete({"pain_location": ["groin"], "age_band": "16_49"}, knowledge.book)
    now = next(q for q in knowledge.book.questions if q.id == "now")
    known = {**dict.fromkeys(now.findings, False), "stroke_signs": None}
    response, asked = fill(person, lambda r: next_question(r, words), knowledge.book, known)
    assert asked.count("now") == 1
    assert "stroke_signs" in result(response)["denied"]


def test_the_first_question_comes_with_the_form_it_derives_from(door: FhirDoor, knowledge: Knowledge) -> None:
    status, told = door.ask(START)
    form = told["contained"][0]
    assert (status, told["questionnaire"], form["derivedFrom"]) == (200, "#form", [ADAPTIVE])
    assert [item["linkId"] for item in form["item"]] == [knowledge.book.questions[0].id]


def test_parameters_with_a_response_are_answered_like_the_response(door: FhirDoor) -> None:
    inside = {"resourceType": "Parameters", "parameter": [{"name": "questionnaire-response", "resource": START}]}
    assert door.ask(inside) == door.ask(START)


def test_the_same_response_is_answered_the_same_however_often_it_is_sent(door: FhirDoor) -> None:
    told = door.ask(filled(coded("place", "pain_location.groin")))
    assert told == door.ask(told[1]) == door.ask(told[1])


def test_a_warning_sign_is_answered_before_the_next_question(words: Wording) -> None:
    told = next_question(
        filled(coded("place", "pain_location.groin"), coded("now", "none"), coded("soon", "fever_systemic")), words
    )
    items = [item["linkId"] for item in told["contained"][0]["item"]]
    assert items[:4] == ["place", "now", "soon", "alert.soon"]
    assert told["status"] == "in-progress"


def test_an_emergency_ends_the_form_and_gives_no_exercise(words: Wording) -> None:
    told = next_question(filled(coded("place", "pain_location.groin"), coded("now", "saddle_numbness")), words)
    assert told["status"] == "completed"
    assert (result(told)["care"], result(told)["exercises"]) == ("emergency", [])
    assert [i["linkId"] for i in told["item"][-1]["item"]] == [
        "result.care", "result.walking", "result.text", "result.assessment"
    ]  # fmt: skip


def test_a_warning_sign_counts_although_its_question_would_not_be_asked_any_more(words: Wording) -> None:
    told = next_question(
        filled(coded("sharp", "pain_increasing_with_activity"), coded("soon", "fever_systemic")), words
    )
    links = [item["linkId"] for item in told["contained"][0]["item"]]
    assert "alert.soon" in links
    assert (
        told["item"] == filled(coded("sharp", "pain_increasing_with_activity"), coded("soon", "fever_systemic"))["item"]
    )


def test_an_empty_answer_is_dont_know_and_a_missing_one_is_asked_again(words: Wording) -> None:
    first = next_question(START, words)
    assert open_item(next_question(first, words))["linkId"] == "place"
    assert open_item(next_question({**first, "item": [{"linkId": "place"}]}, words))["linkId"] == "now"


def test_what_else_the_response_holds_comes_back(door: FhirDoor) -> None:
    own = {
        "subject": {"reference": "Patient/1"},
        "authored": "2026-11-23T10:00:00+00:00",
        "identifier": {"value": "<b>"},
    }
    status, told = door.ask({**START, **own})
    assert (status, {name: told[name] for name in own}) == (200, own)


def test_the_form_and_its_codes_can_be_read(door: FhirDoor) -> None:
    for path in (
        "Questionnaire/psoas-walking",
        "Questionnaire/findings",
        "CodeSystem/findings",
        "CodeSystem/advice",
        "metadata",
    ):
        status, told = door.get(path)
        assert status == 200
        checked(told)
    assert door.get("metadata")[1]["rest"][0]["resource"][0]["operation"][0]["name"] == "next-question"


def test_other_addresses_are_refused_with_an_outcome(door: FhirDoor) -> None:
    for path, method in (
        ("Patient/1", "GET"),
        ("", "GET"),
        ("Questionnaire/psoas-walking", "DELETE"),
        ("x/y/z", "POST"),
    ):
        status, told = door.get(path, method)
        assert status in (404, 405)
        assert told.get("resourceType") == "OperationOutcome"
