"""The hand-over: warning signs first, nothing hidden, nothing advised that was withheld, harmless whatever was written."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.clinic.case import Case
from assistant.clinic.columns import as_json
from assistant.clinic.handover.pages import WIDTH, as_html, as_text
from assistant.clinic.handover.parts import Section
from assistant.clinic.handover.sections import HandOver, hand_over
from assistant.clinic.wording import Wording, _written
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.handed import ARABIC, alarming, by_name, evil, talked


@pytest.fixture
def words(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Wording:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    return Wording(_written(), knowledge)


@pytest.fixture
def alarm(knowledge: Knowledge, reader: Reader, tmp_path: Path) -> Case:
    return alarming(knowledge, reader, tmp_path)


@pytest.fixture
def walker(knowledge: Knowledge, reader: Reader, tmp_path: Path) -> Case:
    return by_name("hip-replacement-short-steps", knowledge, reader, tmp_path)


def part(page: HandOver, name: str) -> Section:
    return next(section for section in page.sections if section.id == name)


def leads(section: Section) -> list[str]:
    return [entry.lead for entry in section.entries]


def test_warning_signs_come_first_the_gravest_first_each_in_the_persons_own_words(alarm: Case, words: Wording) -> None:
    page = hand_over(alarm, words)
    flags = page.sections[0]
    assert (page.alarm, flags.id, flags.alarm) == (True, "flags", True)
    assert leads(flags) == ["numbness between the legs", "fever or flu-like illness"]
    assert [said.words for entry in flags.entries for said in entry.said][:1] == [
        "I went numb between my legs yesterday"
    ]
    assert all(entry.said for entry in flags.entries)


def test_without_a_warning_sign_the_page_says_so_and_names_what_was_denied(walker: Case, words: Wording) -> None:
    page = hand_over(walker, words)
    assert part(page, "flags").text
    assert not part(page, "flags").alarm
    denied = " ".join(row.answer for row in part(page, "findings").rows if row.finding.startswith("Denied"))
    assert words.label("saddle_numbness") in denied


def test_signs_denied_after_the_result_are_counted_and_never_read_as_told(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    case = by_name("weight-dropping-off", knowledge, reader, tmp_path)
    assert "saddle_numbness" in case.since_decided
    told = [f"{entry.lead} {entry.text}" for entry in part(hand_over(case, words), "open").entries]
    denied = sum(case.findings[f]["value"] is False for f in case.since_decided)
    assert [line for line in told if words.label("saddle_numbness") in line] == []
    assert f"{words.text('denied_since')} {words.text('denied_since_count', count=denied)}" in told


def test_a_sentence_that_tells_several_signs_is_quoted_once(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    opening = "My back hurts. Since 2.5 days I have a fever and cannot pee at all! It is bad"
    case = talked(knowledge, reader, tmp_path, opening, {"pain_location": ["lower_back"], "age_band": "16_49"})
    quoted = [said.words for entry in hand_over(case, words).sections[0].entries for said in entry.said]
    assert quoted[0] == "Since 2.5 days I have a fever and cannot pee at all"
    assert len(quoted) > 1
    assert quoted[0] not in quoted[1:]


def test_what_was_tapped_stands_by_its_label_and_what_was_not_chosen_says_what_was(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    case = by_name("every-fault-but-extension", knowledge, reader, tmp_path)
    rows = {row.finding: row.said[0] for row in part(hand_over(case, words), "findings").rows if row.said}
    pace, extension = (rows[words.label(f)] for f in ("pace", "hip_extension"))
    assert (pace.words, "all that" in pace.where) == ("I set off fast", False)
    assert ("I set off fast" in extension.words, "all that" in extension.where) == (True, True)


def test_several_values_stand_with_all_their_words(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    person = {"pain_location": ["groin", "knee"], "age_band": "16_49"}
    case = talked(knowledge, reader, tmp_path, "my groin is tight, so is the knee", person)
    row = next(r for r in part(hand_over(case, words), "findings").rows if r.finding == words.label("pain_location"))
    assert row.said[0].words == "groin … knee"


def test_basics_that_rest_on_one_answer_share_a_row(walker: Case, words: Wording) -> None:
    (row,) = [
        row for row in part(hand_over(walker, words), "findings").rows if row.finding.startswith("“None of these”")
    ]
    assert words.label("pelvis") in row.answer
    assert words.label("pace") in row.answer


def test_a_caution_for_what_is_not_known_does_not_say_that_it_is_so(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    case = by_name("unsure-whether-it-was-cancer", knowledge, reader, tmp_path)
    (stretch,) = part(hand_over(case, words), "withheld").entries
    doubtful = words.text("taken_as_so", findings=words.label("hip_replacement"))
    assert [line for line in stretch.below if line.startswith(words.text("because", findings=doubtful))]


def test_a_quote_that_two_rules_share_is_printed_once(alarm: Case, words: Wording) -> None:
    twice = replace(
        alarm, assessment=as_json({**alarm.told, "reasons": [r for r in alarm.rules for _ in (1, 2)]}).encode()
    )
    below = [line for entry in part(hand_over(twice, words), "result").entries for line in entry.below]
    assert len(below) == len(set(below)) > 0
    assert len(part(hand_over(twice, words), "result").entries) == 2 + 2 * len(alarm.rules)


def test_a_warning_sign_told_after_the_result_is_shown(walker: Case, words: Wording) -> None:
    place = {"turn": 99, "words": "shivering", "start": 0, "end": 9, "asked": None}
    later = replace(walker, findings={**walker.findings, "fever_systemic": {"value": True, "from": [place]}})
    (flag,) = hand_over(later, words).sections[0].entries
    assert (flag.lead, flag.said[0].words) == (words.label("fever_systemic"), "shivering")
    assert words.text("told_later") in flag.text


def test_a_warning_sign_that_was_taken_back_stays_and_says_so(alarm: Case, words: Wording) -> None:
    rest = {f: origin for f, origin in alarm.findings.items() if f != "saddle_numbness"}
    flag = hand_over(replace(alarm, findings=rest), words).sections[0].entries[0]
    assert flag.lead == words.label("saddle_numbness")
    assert words.text("taken_back") in flag.text


def test_care_that_withholds_names_no_exercise_and_says_what_was_withheld(alarm: Case, words: Wording) -> None:
    page = hand_over(alarm, words)
    assert leads(part(page, "advised")) == [words.part("advised_care", "emergency")]
    assert words.part("care_words", "emergency") in leads(part(page, "withheld"))[0]
    for exercise in words.knowledge.book.exercises:
        assert exercise.name not in as_text(alarm).decode()


def test_every_rule_that_decided_is_named(alarm: Case, walker: Case, words: Wording) -> None:
    for case in (alarm, walker):
        written = " ".join(as_text(case).decode().split())
        for reason in case.rules:
            name = reason["rule"].rpartition(": ")[2]
            assert f"rule {name}" in written, name


def test_what_was_left_out_comes_with_the_caution_that_forbids_it(walker: Case, words: Wording) -> None:
    page = hand_over(walker, words)
    assert leads(part(page, "withheld")) == [
        "Let the back leg travel further",
        "Kneeling hip flexor stretch (low lunge)",
    ]
    for entry in part(page, "withheld").entries:
        assert words.label("hip_replacement") in entry.below[0]
        assert re.search("; rule caution[.].+: “.+” ", entry.below[0])
    assert "Constructive rest position" in leads(part(page, "advised"))


def test_every_finding_of_the_vocabulary_is_said_denied_or_not_asked(alarm: Case, words: Wording) -> None:
    rows = part(hand_over(alarm, words), "findings").rows
    written = " ".join(f"{row.finding} {row.answer}" for row in rows)
    told_by_others = {"sitting_long", "child_or_teen_hip"}  # by hours of sitting, and by age
    missing = {f for f in words.knowledge.book.findings if words.label(f) not in written}
    assert missing <= told_by_others


def test_what_is_not_known_and_what_contradicts_is_told(
    knowledge: Knowledge, reader: Reader, tmp_path: Path, words: Wording
) -> None:
    person = {"pain_location": ["lower_back"], "pain_severity": None, "age_band": "16_49", "duration": "weeks"}
    case = talked(knowledge, reader, tmp_path, "my back is tight", person, ["actually it has been years"])
    told = " ".join(f"{entry.lead} {entry.text}" for entry in part(hand_over(case, words), "open").entries)
    assert words.label("pain_severity") in told
    assert "changed from “weeks” to “a year or more”" in told


def test_the_history_is_one_paragraph_of_what_was_told(alarm: Case, words: Wording) -> None:
    assert part(hand_over(alarm, words), "history").text == (
        "Place: deep in the hip, lower back. Felt as tightness or stiffness. For months. Severity 6 of 10 on a usual day. "
        "Sits 9 hours a day. Age 50 to 69."
    )


def test_a_case_of_other_knowledge_says_whose_names_stand_on_the_page(alarm: Case, words: Wording) -> None:
    newer = replace(alarm, knowledge=replace(alarm.knowledge, sha256="0" * 64))
    text = part(hand_over(newer, words), "knowledge").text
    assert text.index("0" * 64) < text.index(words.knowledge.book.sha256[:12])
    assert words.knowledge.book.sha256[:12] + ")" not in part(hand_over(alarm, words), "knowledge").text


def test_a_finding_that_todays_knowledge_does_not_know_stands_under_its_own_name(alarm: Case, words: Wording) -> None:
    place = {"turn": 1, "words": "glug", "start": 0, "end": 4, "asked": "gone"}
    old = replace(alarm, findings={**alarm.findings, "gone_finding": {"value": ["gone_value"], "from": [place]}})
    row = next(row for row in part(hand_over(old, words), "findings").rows if row.finding == "gone_finding")
    assert (row.answer, row.said[0].words) == ("gone_value", "glug")


def test_no_label_on_the_page_speaks_to_the_person(words: Wording) -> None:
    labels = [words.label(f) for f in words.knowledge.book.findings]
    assert [label for label in labels if re.search(r"\byou(r|rself)?\b", label)] == []


def test_every_name_in_the_words_is_one_of_the_vocabulary(words: Wording) -> None:
    book = words.knowledge.book
    for block in ("labels", "values"):
        assert set(words.written[block]) <= set(book.findings)
    for finding, values in words.written["values"].items():
        assert set(values) <= set(book.findings[finding].values)
    measures = {m for e in book.exercises for m in e.dose.amounts}
    assert {f"dose_{m}" for m in measures} <= set(words.written)


def test_the_page_holds_what_was_written_as_text(alarm: Case, words: Wording) -> None:
    written = as_html(evil(alarm)).decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;“]]&gt;{{7*7}}" in written
    assert not re.search(r"<script|<img|\son\w+=|javascript:", written)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)
    assert len(re.findall("<section", written)) == len(hand_over(alarm, words).sections) + 1


def test_the_page_loads_nothing(alarm: Case, words: Wording) -> None:
    assert not re.search(r"(src|href|url)\s*[=(]|@import", as_html(alarm).decode())


def test_plain_text_has_no_line_of_the_persons_own_and_none_too_long(alarm: Case, words: Wording) -> None:
    lines = as_text(evil(alarm)).decode().splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert [line for line in lines if line.startswith("! nothing")] == []
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", "\n".join(lines).replace("\n", " "))


def test_a_name_from_right_to_left_stands_apart(alarm: Case, words: Wording) -> None:
    assert f"<bdi>{ARABIC}</bdi>" in as_html(replace(alarm, known_as=ARABIC)).decode()
