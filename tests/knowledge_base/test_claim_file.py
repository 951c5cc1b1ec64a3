"""Loading the claims file: all of its faults are told together."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.knowledge_base.claim_file import load_claims

SOUND = """
skip: [the]
subject: {concept: psoas, one_in: 3}
themes:
  stretch: [stretching]
words:
  longer: [lengthen, longer]
concepts:
  psoas: [psoas]
  stretching: [the stretch .. <longer>]
claims:
  - {id: one, kind: benefit, says: It helps., concepts: [psoas, stretching]}
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "claims.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_claims(path)
    assert all(message.startswith(f"{path}: ") for message in refused.value.messages)
    return [message.removeprefix(f"{path}: ") for message in refused.value.messages]


def test_a_sound_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "claims.yml"
    path.write_text(SOUND, encoding="utf-8")
    (claim,) = load_claims(path)
    assert (claim.id, claim.concepts, claim.reads) == ("one", {"psoas", "stretching"}, None)


def test_a_missing_file_and_broken_yaml_are_told_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_claims(tmp_path / "claims.yml")
    assert faults(tmp_path, "skip: [a\nwords: {}\n")[0].startswith("line 2: not valid YAML")


def test_missing_and_unknown_parts_are_told_together(tmp_path: Path) -> None:
    told = faults(tmp_path, SOUND.replace("skip:", "skips:").replace("concepts:\n", "concept:\n"))
    assert [fault.split(";")[0] for fault in told] == [
        "the file: concept is not known",
        "the file: skips is not known",
        "the file: skip is missing",
        "the file: concepts is missing",
    ]


def test_a_name_that_stands_twice_is_told_with_its_line(tmp_path: Path) -> None:
    told = faults(tmp_path, SOUND.replace("  psoas: [psoas]\n", "  psoas: [psoas]\n  psoas: [hip flexor]\n"))
    assert told == ["line 9: psoas stands 2 times; keep one", "line 10: psoas stands 2 times; keep one"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{id: two, kind: benefit, says: x}", "claim two: concepts is missing; add it"),
        ("{id: two, kind: nice, says: x, concepts: [psoas]}", "claim two: kind nice is not one of"),
        ("{id: two, kind: dose, says: x, concepts: [psoas], reads: weight}", "claim two: reads weight is not one of"),
        ("{id: two, kind: dose, says: x, concepts: [psoas], between: [9, 5]}", "claim two: between must be two"),
        ("{id: two, kind: dose, says: x, concepts: []}", "claim two: concepts must be a list with something in it"),
        ("{id: two, kind: dose, says: x, concepts: [psoas], when: y}", "claim two: when is not known"),
        ("two", "claims: expected names with values, found 'two'"),
        ("{id: one, kind: dose, says: x, concepts: [psoas]}", "claim one: the id stands 2 times"),
        ("{id: two, kind: dose, says: x, concepts: [soas]}", "claim two: there is no concept soas"),
    ],
)
def test_a_faulty_claim_is_told(tmp_path: Path, entry: str, fault: str) -> None:
    assert faults(tmp_path, f"{SOUND}  - {entry}\n")[0].startswith(fault)


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("<shorter>", "concept psoas: there is no <shorter> under words"),
        (".. psoas", "concept psoas: '.. psoas' must begin and end with a word"),
        ("the", "concept psoas: 'the' must begin and end with a word"),
    ],
)
def test_a_faulty_phrase_is_told(tmp_path: Path, phrase: str, fault: str) -> None:
    assert faults(tmp_path, SOUND.replace("psoas: [psoas]", f"psoas: ['{phrase}']"))[0].startswith(fault)


def test_a_concept_that_nothing_uses_is_told(tmp_path: Path) -> None:
    told = faults(tmp_path, SOUND.replace("concepts:\n", "concepts:\n  idle: [idle]\n"))
    assert told == ["concept idle: nothing uses it; use it in a claim or remove it"]
