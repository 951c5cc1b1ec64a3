"""The adaptive form takes no harm from what is sent to it: every fault is an OperationOutcome, none breaks the server."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.web.limits import Allowance
from assistant.clinic.fhir.adaptive import next_question
from assistant.clinic.fhir.checking import checked
from assistant.clinic.fhir.codes import FINDINGS
from assistant.clinic.wording import Wording, _written
from assistant.knowledge_base.reading import Knowledge
from tests.cases.cases import complete, load_cases
from tests.channels.fhir_door import START, FhirDoor, coded, filled, open_fhir_door, silent
from tests.clinic.filling import fill


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> Wording:
    return Wording(_written(), knowledge)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FhirDoor]:
    with open_fhir_door(tmp_path_factory.mktemp("fhir")) as running:
        yield running


def told(finding: str, *answers: dict[str, Any]) -> dict[str, Any]:
    """One finding told before the first question."""
    return {"linkId": "told", "item": [{"linkId": f"told.{finding}", **({"answer": list(answers)} if answers else {})}]}


WRONG: dict[str, Any] = {
    "no resource": {},
    "another resource": {"resourceType": "Patient"},
    "no such resource": {"resourceType": "Nothing"},
    "empty parameters": {"resourceType": "Parameters"},
    "completed": {**START, "status": "completed"},
    "bogus status": {**START, "status": "bogus"},
    "another form": {**START, "questionnaire": "http://example.org/Questionnaire/1"},
    "a form that is not contained": {**START, "questionnaire": "#form"},
    "an item that was not asked": filled(coded("nothing", "none")),
    "an item below an item": filled({"linkId": "place", "item": [{"linkId": "now"}]}),
    "an item below an answer": filled({"linkId": "now", "answer": [{"item": [{"linkId": "soon"}]}]}),
    "the same item twice": filled(coded("now", "none"), coded("now", "none")),
    "a code of another question": filled(coded("place", "saddle_numbness")),
    "a value that is none": filled(coded("place", "pain_location.moon")),
    "a finding without its value": filled(coded("place", "pain_location")),
    "none and something": filled(coded("now", "none", "saddle_numbness")),
    "two ages": filled(coded("age", "age_band.16_49", "age_band.70_plus")),
    "a code of another system": filled({"linkId": "now", "answer": [{"valueCoding": {"system": "x", "code": "none"}}]}),
    "text for a choice": filled({"linkId": "now", "answer": [{"valueString": "fever"}]}),
    "too many hours": filled({"linkId": "sitting", "answer": [{"valueDecimal": 25}]}),
    "fewer than none": filled({"linkId": "severity", "answer": [{"valueDecimal": -1}]}),
    "two numbers": filled({"linkId": "severity", "answer": [{"valueDecimal": 1}, {"valueDecimal": 2}]}),
    "a word for a number": filled({"linkId": "severity", "answer": [{"valueString": "7"}]}),
    "yes for a number": filled({"linkId": "severity", "answer": [{"valueBoolean": True}]}),
    "told twice": filled(told("kneeling_pain", {"valueBoolean": True}), told("kneeling_pain", {"valueBoolean": True})),
    "told two things of one": filled(told("kneeling_pain", {"valueBoolean": True}, {"valueBoolean": False})),
    "told without an answer": filled(told("kneeling_pain")),
    "told of nothing known": filled(told("nothing", {"valueBoolean": True})),
    "told by a code for yes or no": filled(told("kneeling_pain", {"valueCoding": {"system": FINDINGS, "code": "none"}})),
    "told a value of another": filled(told("stride", {"valueCoding": {"system": FINDINGS, "code": "pace.slow"}})),
    "told too many hours": filled(told("sitting_hours", {"valueDecimal": 25})),
    "told yes for hours": filled(told("sitting_hours", {"valueBoolean": True})),
    "told in text": filled(told("stride", {"valueString": "short"})),
    "told at once": filled({"linkId": "told", "answer": [{"valueBoolean": True}]}),
    "told outside": filled({"linkId": "told.kneeling_pain", "answer": [{"valueBoolean": True}]}),
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
    person = complete(case.person, knowledge.book)
    known = {f: person[f] for f in ("age_band", "pain_location", "pain_severity", "fever_systemic")}
    whole, _ = fill(person, lambda r: next_question(r, words), knowledge.book, known)
    whole = {**whole, "status": "in-progress"}
    dice = random.Random(6)
    seen = set()
    for _ in range(500):
        status, told = door.ask(_mangled(whole, dice))
        assert status in (200, 400), told
        seen.add(status)
    assert seen == {200, 400}


JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    1e308,
    "",
    "x",
    "#",
    "now",
    [],
    [None],
    {},
    [{}],
    {"linkId": "now"},
    [[]],
    "\u202e<script>",
]


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


def test_too_many_requests_are_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.channels.fhir_form.PACE", (Allowance(5, 60),))
    running = FhirDoor(silent, tmp_path, {})
    running.start()
    try:
        statuses = {running.get("nothing")[0] for _ in range(10)}
    finally:
        running.stop()
    assert statuses == {404, 429}
