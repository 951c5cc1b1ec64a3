"""The safety supplement and the vocabulary say the same things, once each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "knowledge/documents/safety_supplement.md").read_text(encoding="utf-8")
ORIGINAL = ROOT.parent / "shared/clinical/safety_supplement.md"
FINDINGS = yaml.safe_load((ROOT / "knowledge/findings.yml").read_text(encoding="utf-8"))["findings"]
SOURCES = yaml.safe_load((ROOT / "knowledge/sources.yml").read_text(encoding="utf-8"))["sources"]

BASICS = (
    "pain_location pain_quality pain_severity duration sitting_hours sitting_long walking_effect "
    "sharp_pain_walking stride hip_extension push_off pelvis trunk pace"
)
VALUES = {
    "pain_location": "lower_back deep_hip groin front_thigh buttock leg knee other",
    "pain_quality": "ache tight sharp burning numb",
    "duration": "days weeks months years",
    "walking_effect": "better same worse mixed",
    "stride": "short normal long",
    "hip_extension": "full limited",
    "push_off": "strong weak",
    "pelvis": "neutral arched",
    "trunk": "upright leaning_forward",
    "pace": "slow brisk",
    "age_band": "under_16 16_49 50_69 70_plus",
}
CAUTIONS = {
    "kneeling_hip_flexor_stretch": 9,
    "constructive_rest": 6,
    "plank": 8,
    "glute_bridge": 7,
    "walking": 9,
}
GUIDANCE_MARK = re.compile(r"S\d+[a-d]? (V|V2|M)|M|P2|document|own")


@dataclass(frozen=True)
class Statement:
    """One quotable line: its sentence, the marks of its sources, the reviewer's lines below it."""

    sentence: str
    marks: tuple[str, ...]
    notes: dict[str, str]


def read_statements(text: str) -> dict[str, Statement]:
    """Anchor to statement; fails on a line that lacks its sources or repeats an anchor."""
    found: dict[str, Statement] = {}
    for block in re.split(r"\n(?=- \[|#)", text):
        if not block.startswith("- ["):
            continue
        first, *rest = block.strip().splitlines()
        match = re.fullmatch(r"- \[([\w.]+)\] (.+) \(([^()]+)\)", first)
        assert match, first
        assert match[1] not in found, match[1]
        notes = dict(line.strip(" -").split(": ", 1) for line in rest if line.startswith("  - "))
        found[match[1]] = Statement(match[2], tuple(match[3].split(", ")), notes)
    return found


STATEMENTS = read_statements(TEXT)
SIGNS = [finding for finding in FINDINGS if finding["kind"] != "about"]


def test_every_finding_has_one_entry() -> None:
    ids = [finding["id"] for finding in FINDINGS]
    assert len(ids) == len(set(ids)) == 71
    assert " ".join(ids[:14]) == BASICS


def test_flags_and_modifiers_are_counted_as_in_the_supplement() -> None:
    levels = [finding["level"] for finding in FINDINGS if finding["kind"] == "flag"]
    assert levels == ["emergency"] * 18 + ["urgent"] * 15 + ["clinician"] * 10
    assert sum(finding["kind"] == "modifier" for finding in FINDINGS) == 14


def test_values_are_those_of_the_contract() -> None:
    written = {f["id"]: " ".join(f["values"]) for f in FINDINGS if "values" in f}
    assert written == VALUES


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding["id"])
def test_each_entry_can_be_said(finding: dict[str, object]) -> None:
    ask, label = str(finding["ask"]), str(finding["label"])
    assert re.fullmatch(r"[^?]+\?", ask)
    assert len(ask) <= 175
    assert re.fullmatch(r"[^A-Z].*[^.]", label)


@pytest.mark.parametrize("finding", SIGNS, ids=lambda finding: finding["id"])
def test_each_sign_has_its_statement(finding: dict[str, object]) -> None:
    assert finding["source"] == finding["id"]
    notes = STATEMENTS[str(finding["source"])].notes
    assert {"level", "history_counts", "look-alikes"} <= set(notes)
    assert notes["history_counts"].split()[0] == ("yes" if finding["history_counts"] else "no")


def test_history_counts_for_cancer_and_modifiers_without_a_window() -> None:
    ever = {finding["id"] for finding in SIGNS if finding["history_counts"]}
    modifiers = {finding["id"] for finding in SIGNS if finding["kind"] == "modifier"}
    windowed = {"pregnant_or_postpartum", "recent_surgery"}
    assert ever == modifiers - windowed | {"cancer_history"}


@pytest.mark.parametrize("finding", [f for f in SIGNS if f["kind"] == "flag"], ids=lambda f: f["id"])
def test_level_line_agrees_with_the_vocabulary(finding: dict[str, str]) -> None:
    line = STATEMENTS[finding["id"]].notes["level"]
    special = {"minor_trauma": "none alone", "pain_increasing_with_activity": "stop", "one_leg_nerve_pain": "self_care"}
    assert line.startswith(special.get(finding["id"], finding["level"]))


def test_principles_and_rules_are_all_there() -> None:
    assert [key for key in STATEMENTS if re.fullmatch(r"P\d+", key)] == [f"P{n}" for n in range(11)]
    assert [key for key in STATEMENTS if re.fullmatch(r"R\d+", key)] == [f"R{n:02}" for n in range(1, 33)]


def test_every_caution_row_is_there() -> None:
    for exercise, rows in CAUTIONS.items():
        notes = [s.notes for key, s in STATEMENTS.items() if key.startswith(f"caution.{exercise}.")]
        assert len(notes) == rows
        assert all(note.get("instead") for note in notes)


@pytest.mark.parametrize(
    ("anchor", "numbers"),
    [
        ("dose.kneeling_hip_flexor_stretch", "2 3 1 2 2 6"),
        ("dose.kneeling_hip_flexor_stretch.hold", "10 30 30 60 20 30"),
        ("dose.constructive_rest", "5 20 1 2"),
        ("dose.plank", "5 10 6 4 2 3 5"),
        ("dose.glute_bridge", "5 5 10"),
        ("dose.walking", "30 5 6 130 12"),
    ],
)
def test_doses_carry_their_numbers_in_digits(anchor: str, numbers: str) -> None:
    assert re.findall(r"\d+", STATEMENTS[anchor].sentence) == numbers.split()


def test_messages_are_nine() -> None:
    assert [key for key in STATEMENTS if key.startswith("message.")] == [f"message.{n}" for n in range(1, 10)]


@pytest.mark.parametrize("anchor", STATEMENTS)
def test_sources_are_marked_and_known(anchor: str) -> None:
    guidance = SOURCES[1]["guidance"]
    for mark in STATEMENTS[anchor].marks:
        assert GUIDANCE_MARK.fullmatch(mark), mark
        assert not mark.startswith("S") or mark.split()[0] in guidance


@pytest.mark.parametrize("anchor", STATEMENTS)
def test_statement_is_short_enough_for_a_phone(anchor: str) -> None:
    assert len(STATEMENTS[anchor].sentence) <= 400


def test_source_table_lists_the_same_guidance() -> None:
    table = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    rows = {number for row in re.findall(r"^\| (S\d.*?) \|", table, re.M) for number in row.split(", ")}
    assert rows == set(SOURCES[1]["guidance"])


def test_sources_are_dated_labelled_and_unapproved() -> None:
    assert [source["label"] for source in SOURCES] == ["From the psoas article", "From public safety guidance"]
    for source in SOURCES:
        assert source["date"] == "2026-11-23"
        assert "not reviewed by a clinician" in source["status"]


@pytest.mark.skipif(not ORIGINAL.exists(), reason="the supplement as received is not beside the project")
def test_no_long_sentence_is_copied() -> None:
    theirs = _long_sentences(ORIGINAL.read_text(encoding="utf-8"))
    asks = " ".join(str(finding["ask"]) for finding in FINDINGS)
    assert not theirs & _long_sentences(TEXT)
    assert not theirs & _long_sentences(asks)


def _long_sentences(text: str) -> set[str]:
    """Sentences and table cells of 60 characters or more, without marks, case and spacing."""
    plain = re.sub(r"[*`>\[\]]", "", re.sub(r"^\s*- (\[[\w.]+\])?", "", text, flags=re.M)).lower()
    pieces = re.split(r"(?<=[.?!;])\s+|\||\n", plain)
    return {" ".join(piece.split()).strip(" .?!;") for piece in pieces if len(piece.strip()) >= 60}
