"""The content has no fault, and each kind of fault is found with its file and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, update

from assistant.knowledge_base import tables as t
from assistant.knowledge_base.checking import check, check_rules
from assistant.knowledge_base.coverage import uncovered
from assistant.knowledge_base.reading import Knowledge, open_knowledge
from assistant.triage.conditions import All, AtLeast, Is, Not
from assistant.triage.rules import Caution, Implied, Rulebook

MORE_AND_LESS = All((AtLeast("pain_severity", 8), Not(AtLeast("pain_severity", 7))))
NEVER = All((Is("stride", ("short",)), Is("stride", ("long",))))


def test_the_content_has_no_fault(knowledge: Knowledge) -> None:
    assert check(knowledge) == []


def test_a_claim_that_nothing_uses_is_named(knowledge: Knowledge) -> None:
    faults = list(uncovered(replace(knowledge, topics=())))
    assert any(f.startswith("claims.yml: ") and "is used by nothing" in f for f in faults)


def test_a_topic_that_names_no_claim_is_named(knowledge: Knowledge) -> None:
    topics = ({"id": "boats", "claims": ["boats_float"]}, *knowledge.topics)
    assert [f for f in uncovered(replace(knowledge, topics=topics)) if "boats" in f] == [
        "topics.yml: boats: boats_float: there is no such claim or anchor; name another one, or take the name out"
    ]


def test_a_rule_that_no_sentence_supports_is_named(knowledge: Knowledge) -> None:
    without = {name: e for name, e in knowledge.evidence.items() if name != "stop_rule_reason"}
    faults = list(uncovered(replace(knowledge, evidence=without)))
    assert any("rules/walking.yml: sharp_or_rising_pain: stop_rule_reason: no sentence supports" in f for f in faults)


def test_the_names_of_rules_come_from_the_file(knowledge: Knowledge, tmp_path: Path) -> None:
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(knowledge.path.read_bytes())
    engine = create_engine(f"sqlite:///{copy}", future=True)
    with engine.begin() as connection:
        row = t.RULES.c.id == "slow_start"
        written = connection.execute(t.RULES.select().where(row)).one().written
        connection.execute(update(t.RULES).where(row).values(written={**written, "because": ["slow_start", "R99"]}))
    engine.dispose()
    faults = check(open_knowledge(copy))
    assert (
        "rules/corrections.yml: slow_start: R99: there is no such claim or anchor; name another one, or take the name out"
        in faults
    )


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"say": ["limp"]}, "x.yml: there is no finding limp in findings.yml"),
        ({"shrot": {"say": ["small steps"]}}, "x.yml: stride: 'shrot' is not one of its values"),
    ],
)
def test_phrases_of_nothing_known_are_named(knowledge: Knowledge, block: dict[str, Any], words: str) -> None:
    finding = "limp" if "say" in block else "stride"
    files = {"x.yml": {"words": {}, "findings": {finding: block}}}
    assert any(words in f for f in check(replace(knowledge, phrase_files=files)))


def _first_caution(book: Rulebook, **changes: Any) -> Rulebook:
    lunge = book.exercises[0]
    cautions = (replace(lunge.cautions[0], **changes), *lunge.cautions[1:])
    return replace(book, exercises=(replace(lunge, cautions=cautions), *book.exercises[1:]))


def _more_cautions(book: Rulebook, *more: Caution) -> Rulebook:
    lunge = book.exercises[0]
    return replace(book, exercises=(replace(lunge, cautions=(*lunge.cautions, *more)), *book.exercises[1:]))


def _care_when(book: Rulebook, condition: Any) -> Rulebook:
    return replace(book, care=(replace(book.care[0], when=condition), *book.care[1:]))


def _twin(book: Rulebook) -> Rulebook:
    caution = next(c for c in book.exercises[0].cautions if c.effect == "block")
    return _more_cautions(book, replace(caution, effect="modify"))


FAULTS: list[tuple[str, Callable[[Rulebook], Rulebook]]] = [
    ("`when` can never hold", lambda book: _care_when(book, NEVER)),
    ("`when` can never hold", lambda book: _care_when(book, MORE_AND_LESS)),
    ("walking_makes_it_worse: a rule above it always holds first", lambda book: replace(
        book, walking=(*book.walking[:1], replace(book.walking[1], when=Is("walking_effect", ("worse",))), *book.walking[2:])
    )),
    ("hold for the same people and give different verdicts", lambda book: replace(
        book, walking=(*book.walking, replace(book.walking[1], id="again", walking="walk_freely"))
    )),
    ("changes what caution", _twin),
    ("nobody it holds for is given this", lambda book: _first_caution(book, when=Is("fever_systemic", (True,)))),
    ("no rule uses fever_systemic", lambda book: replace(book, care=(), walking=())),
    ("no question asks for it and no rule uses it", lambda book: replace(
        book, findings={**book.findings, "limp": replace(book.findings["kneeling_pain"], id="limp")}
    )),
    ("rules/facts.yml: assumed: stride: 'shrot' is not possible", lambda book: replace(book, assumed={"stride": "shrot"})),
    ("rules/facts.yml: implied: limp: there is no such finding", lambda book: replace(
        book, implied=(Implied(Is("stride", ("short",)), {"limp": True}),)
    )),
    ("names a value that stride cannot take", lambda book: _care_when(book, Is("stride", ("shrot",)))),
]  # fmt: skip


@pytest.mark.parametrize(("words", "breaking"), FAULTS, ids=[words for words, _ in FAULTS])
def test_a_fault_of_the_rules_is_named(
    knowledge: Knowledge, words: str, breaking: Callable[[Rulebook], Rulebook]
) -> None:
    faults = check_rules(breaking(knowledge.book))
    assert any(words in fault for fault in faults), faults
