"""The properties hold for the rules as they are, fail for broken rules with somebody who shows it, and the formulas that
prove them say what `decide` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import z3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.asking import Asked, question_to_ask
from assistant.triage.conditions import All, AtLeast, Is
from assistant.triage.decide import care_of, decide, settled
from assistant.triage.findings import LIMITS
from assistant.triage.proofs import Result, deciding, prove
from assistant.triage.proofs.cells import cells, misfits
from assistant.triage.proofs.counting import every_line_is_quoted
from assistant.triage.proofs.deciding import Decided, decided
from assistant.triage.proofs.encoding import Formula, Person, anybody, concrete, fixed
from assistant.triage.proofs.paths import Path, path_of, questions_put
from assistant.triage.questions import live_findings
from assistant.triage.rules import CARE, Implied, Rulebook
from tests.triage import people

relaxed = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def book(knowledge: Knowledge) -> Rulebook:
    return knowledge.book


@pytest.fixture(scope="module")
def results(book: Rulebook) -> list[Result]:
    return list(prove(book))


def test_every_property_of_the_contract_is_spoken_of(results: list[Result]) -> None:
    assert {r.name[0] for r in results} == set("012345678")
    assert [r.name for r in results if r.elsewhere] == ["8 A warning sign said in any turn is answered in that turn"]


def test_every_property_holds(results: list[Result]) -> None:
    assert "\n".join(r.line() for r in results if not r.holds) == ""


def test_a_line_says_what_was_proved_and_how(results: list[Result]) -> None:
    assert all(r.name in r.line() and r.how in r.line() for r in results)


Break = Callable[[Rulebook], Rulebook]


def _care(rule: str, **changes: Any) -> Break:
    return lambda book: replace(book, care=tuple(replace(r, **changes) if r.id == rule else r for r in book.care))


def _implying(*more: Implied) -> Break:
    return lambda book: replace(book, implied=(*more, *book.implied))


NEVER = All((Is("fever_systemic", (True,)), Is("fever_systemic", (False,))))
BROKEN: list[tuple[str, str, Break]] = [
    ("1", "No combination gets past", lambda book: replace(book, walking=book.walking[1:-1])),
    ("2", "no correction and no exercise", lambda book: replace(
        book, exercises=(replace(book.exercises[0], verdicts={"withheld": 1}), *book.exercises[1:])
    )),
    ("3", "sharp_pain_walking never", lambda book: replace(book, walking=book.walking[::-1])),
    ("4", "Stronger pain", _care("high_pain_score", when=Is("pain_severity", (8.0,)))),
    ("4", "Not knowing what a walk does", lambda book: replace(book, assumed={**book.assumed, "walking_effect": "same"})),
    ("4", "no unknown answer hides", lambda book: replace(book, questions=book.questions[:1])),
    ("5", "in any order", _implying(Implied(Is("sitting_hours", (24,)), {"sitting_long": False}))),
    ("8", "An emergency sign", _care("saddle_numbness", care="urgent")),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words", "breaking"), BROKEN, ids=[f"{n} {words}" for n, words, _ in BROKEN])
def test_a_broken_rulebook_gives_somebody_who_shows_it(
    book: Rulebook, number: str, words: str, breaking: Break
) -> None:
    failed = [r for r in deciding(breaking(book)) if not r.holds and r.name.startswith(number) and words in r.name]
    assert failed
    assert failed[0].counterexample is not None
    assert "FAILS" in failed[0].line()


def test_the_counterexample_really_breaks_the_property(book: Rulebook) -> None:
    broken = replace(book, walking=book.walking[::-1])
    failed = next(r for r in deciding(broken) if not r.holds and r.name.startswith("3 sharp"))
    assert failed.counterexample
    assert failed.counterexample["sharp_pain_walking"] is True
    assert decide(failed.counterexample, broken)["walking"] in ("walk_freely", "walk_with_corrections")


def test_a_comparison_gives_both_people(book: Rulebook) -> None:
    broken = _care("high_pain_score", when=Is("pain_severity", (8.0,)))(book)
    failed = next(r for r in deciding(broken) if not r.holds and "Stronger pain" in r.name)
    assert failed.counterexample
    assert failed.beside
    levels = [CARE.index(decide(f, broken)["care"]) for f in (failed.counterexample, failed.beside)]
    assert levels[0] > levels[1]


def test_a_line_without_a_quote_is_found(book: Rulebook) -> None:
    bare = _care("fever_systemic", evidence=())(book)
    result = every_line_is_quoted(bare)
    assert not result.holds
    assert "care fever_systemic" in result.line()


def test_a_value_outside_the_vocabulary_is_no_exact_reduction(book: Rulebook) -> None:
    assert misfits(book) == []
    assert misfits(_care("fever_systemic", when=Is("stride", ("shrot",)))(book))
    assert misfits(_care("fever_systemic", when=AtLeast("stride", 3))(book))


@pytest.mark.parametrize("finding", ["pain_severity", "sitting_hours"])
def test_cells_cover_the_whole_range_without_overlap(book: Rulebook, finding: str) -> None:
    low, high = LIMITS[book.findings[finding].type]
    there = cells(finding, book)
    assert (there[0].low, there[-1].high) == (low, high)
    assert all(a.high == b.low and (a.low == a.high) != (b.low == b.high) for a, b in pairwise(there))


@relaxed
@given(st.data())
def test_numbers_of_one_cell_are_decided_alike(knowledge: Knowledge, data: st.DataObject) -> None:
    book = knowledge.book
    finding = data.draw(st.sampled_from(["pain_severity", "sitting_hours"]))
    cell = data.draw(st.sampled_from(cells(finding, book)))
    number = data.draw(st.floats(cell.low, cell.high))
    assume(cell.low < number < cell.high or cell.low == cell.high)
    findings = data.draw(people.anybody(book))
    told = [decide({**findings, finding: n}, book) for n in (number, cell.sample)]
    for assessment in told:
        for reason in assessment["reasons"]:
            reason["because"].pop(finding, None)
    assert told[0] == told[1]


class Encoding:
    """The formulas for one open person, and what they say of somebody in particular."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.person: Person
        self.person, self.rules = anybody("somebody", book)
        self.put = {q.id: z3.Bool(f"put {q.id}") for q in book.questions}
        self.told: Decided = decided(self.person, book)
        self.asked = questions_put(self.person, self.put, book)

    def of(self, findings: Mapping[str, Any], put: frozenset[str] = frozenset()) -> Any:
        solver = z3.SolverFor("QF_FD")
        solver.add(*self.rules, *fixed(self.person, findings, self.book))
        solver.add([asked == (q in put) for q, asked in self.put.items()])
        assert solver.check() == z3.sat
        return solver.model()


@pytest.fixture(scope="module")
def encoding(book: Rulebook) -> Encoding:
    return Encoding(book)


@relaxed
@given(st.data())
def test_the_formulas_say_what_decide_says(encoding: Encoding, data: st.DataObject) -> None:
    book, told = encoding.book, encoding.told
    findings = data.draw(people.anybody(book))
    model = encoding.of(findings)
    assessment = decide(findings, book)

    def true(formulas: Mapping[str, Formula]) -> list[str]:
        return [name for name, f in formulas.items() if z3.is_true(model.eval(f, model_completion=True))]

    assert true(dict(zip(CARE, told.care, strict=True)))[-1] == assessment["care"]
    assert true(told.walking) == [assessment["walking"]]
    assert true(told.corrections) == assessment["corrections"]
    assert sorted(true(told.exercises)) == sorted(e["id"] for e in assessment["exercises"])
    modified = {f"{e['id']}: {say}" for e in assessment["exercises"] for say in e["modify"]}
    assert {m for m in true(told.modified) if m.split(":")[0] in {e.id for e in book.exercises}} == modified
    known = settled(findings, book)
    level, _ = care_of(known, book)
    assert set(true(told.live)) == set(live_findings(known, level, book))
    assert (assessment["next_question"] is None) == z3.is_true(model.eval(told.final, model_completion=True))
    assert concrete(model, encoding.person, book).keys() == findings.keys()


@relaxed
@given(st.data())
def test_the_formulas_ask_what_the_asking_asks(encoding: Encoding, data: st.DataObject) -> None:
    book = encoding.book
    findings = {f: v for f, v in data.draw(people.anybody(book)).items() if v is not None}
    put = frozenset(data.draw(st.lists(st.sampled_from([q.id for q in book.questions]), unique=True)))
    model = encoding.of(findings, put)
    asked = [q for q, f in encoding.asked.items() if z3.is_true(model.eval(f, model_completion=True))]
    question = question_to_ask(findings, Asked(tries=dict.fromkeys(put, 1)), book)
    assert asked == ([question.id] if question else [])


@pytest.mark.parametrize("length", [1, 4, 8])
def test_a_path_of_questions_is_one_that_is_really_asked(book: Rulebook, length: int) -> None:
    path = path_of(length, book)
    assert path
    assert _replayed(path, book) == list(path.questions)


def _replayed(path: Path, book: Rulebook) -> list[str]:
    """The questions that the asking puts to somebody who answers as the path says."""
    findings, asked = dict(path.start), list[str]()
    for _ in path.questions:
        question = question_to_ask(findings, Asked(dict.fromkeys(asked, 1), len(asked)), book)
        asked.append(question.id if question else "")
        findings |= {f: path.answers[f] for f in (question.findings if question else ()) if f in path.answers}
    return asked
