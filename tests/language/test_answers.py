"""Short answers are read as what the question makes of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from questions_put import FINDINGS, QUESTIONS, ROOT, WORDS, asked, given, load, plain, question, read

from assistant.language.answer_words import answer_words
from assistant.language.answers import Answer, Asked, merged, read_answer
from assistant.language.reading import Reader

ROWS = load("tests/messages/short_answers.yml")


def both(reader: Reader, text: str, to: Asked) -> dict[str, Any]:
    """What the reader and the question together make of a message."""
    reading = reader.read(text, to.findings)
    values = {**dict.fromkeys(reading.denied, False), **reading.findings}
    answer = read(text, to, {f: v for f, v in values.items() if f in to.findings})
    values = merged(values, answer, to) if answer else values
    return plain(
        {
            "findings": {f: v for f, v in values.items() if v is not False},
            "denied": [f for f, v in values.items() if v is False],
            "unsure": answer.unsure if answer else (),
        }
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['asked'][0]}: {row['text']}")
def test_a_short_answer_is_read_as_meant(row: Mapping[str, Any], reader: Reader) -> None:
    assert both(reader, row["text"], asked(*row["asked"])) == plain(row["expect"])


# ---------------------------------------------------------------- one finding


@pytest.mark.parametrize(
    ("finding", "text", "value"),
    [
        ("age_band", "16 to 49", "16_49"),
        ("age_band", "50_69", "50_69"),
        ("age_band", "35 years old", "16_49"),
        ("age_band", "almost 16", "under_16"),
        ("age_band", "my son is 12", "under_16"),
        ("age_band", "4", "under_16"),
        ("walking_effect", "Walking makes it worse", "worse"),
        ("walking_effect", "worse at the start and better later", "mixed"),
        ("walking_effect", "it doesn't help", "same"),
        ("duration", "18 months", "years"),
        ("duration", "2 yrs 3 months", "years"),
        ("duration", "less than a week", "days"),
        ("hip_extension", "it doesn't go far", "limited"),
        ("hip_extension", "no it stays put", "limited"),
        ("hip_extension", "nope, hardly", "limited"),
        ("pace", "not fast", "slow"),
        ("push_off", "i don't push", "weak"),
        ("stride", "i don't know, short?", "short"),
        ("pain_severity", "7", 7),
        ("pain_severity", "7/10", 7),
        ("pain_severity", "seven", 7),
        ("pain_severity", "7,5", 7.5),
        ("pain_severity", "5 today, usually 3", 3),
        ("sitting_hours", "9am to 5pm", 8),
        ("sitting_hours", "an hour and 30 minutes", 1.5),
        ("sitting_hours", "40 hours a week", 8),
        ("pain_location", ["lower_back", "knee"], "lower_back, knee"),
        ("pain_location", ["deep_hip"], "hip not groin"),
        ("pain_location", ["groin", "knee"], "Groin, Knee"),
        ("pain_quality", ["ache", "tight", "sharp"], "1-3"),
        ("persistent_6_weeks", "3 months", True),
        ("fever_systemic", "101.3 F", True),
        ("fever_systemic", "37,2", False),
        ("saddle_numbness", "nah its ok", False),
        ("saddle_numbness", "noope", False),
        ("saddle_numbness", "yesss", True),
        ("saddle_numbness", "thats a no", False),
        ("saddle_numbness", "yes, not sure if it counts", True),
    ],
)
def test_one_finding(finding: str, text: Any, value: Any) -> None:
    text, value = (value, text) if isinstance(text, list) else (text, value)
    answer = read(text, asked(finding))
    assert answer is not None
    assert {**dict.fromkeys(answer.denied, False), **answer.findings} == {finding: value}


@pytest.mark.parametrize(
    ("name", "text", "findings"),
    [
        ("age", "70 or over", {"age_band": "70_plus"}),
        ("age", "16_49", {"age_band": "16_49"}),
        ("age", "14", {"age_band": "under_16"}),
        ("age", "the last one", {"age_band": "70_plus"}),
        ("walking_effect", "No difference", {"walking_effect": "same"}),
        ("walking_effect", "mixed", {"walking_effect": "mixed"}),
        ("walking_effect", "the third", {"walking_effect": "worse"}),
        ("sitting", "all day", {"sitting_long": True}),
        ("severity", "ten out of ten", {"pain_severity": 10}),
        ("place", "Deep in the hip, groin", {"pain_location": ["deep_hip", "groin"]}),
    ],
)
def test_questions_of_one_finding(name: str, text: str, findings: Mapping[str, Any]) -> None:
    assert given(read(text, question(name))) == plain({"findings": findings})


@pytest.mark.parametrize("name", ["age", "walking_effect", "duration", "severity", "sitting", "place"])
@pytest.mark.parametrize("text", ["dunno", "I don't know", "rather not say", "🤷"])
def test_not_knowing_leaves_the_question_open(name: str, text: str) -> None:
    assert given(read(text, question(name))) == plain({"unsure": question(name).findings})


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        ("stride", "not sure how long"),
        ("pace", "slow then fast"),
        ("push_off", "a bit of both"),
        ("saddle_numbness", "no, not sure"),
        ("pain_location", "none of these"),
    ],
)
def test_neither_here_nor_there_is_unsure(finding: str, text: str) -> None:
    answer = read(text, asked(finding))
    assert answer == Answer({}, (), (finding,), whole=True)


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        ("fever_systemic", "why?"),
        ("fever_systemic", "y tho"),
        ("fever_systemic", "no appetite"),
        ("pain_severity", "I was 30 when it began"),
        ("pain_severity", "3 days"),
        ("sitting_hours", "30"),
        ("walking_effect", "yes"),
        ("saddle_numbness", "not numb but weird"),
        ("saddle_numbness", ""),
        ("saddle_numbness", "..."),
        ("saddle_numbness", "²_½ \u200d 9999999999999999999999"),
    ],
)
def test_no_answer_to_this_question(finding: str, text: str) -> None:
    assert read(text, asked(finding)) is None


@pytest.mark.parametrize("text", ["I sit 8 hours", "sitting 8 hours a day"])
def test_hours_of_sitting_are_no_time_that_it_has_lasted(text: str) -> None:
    answer = read(text, asked("duration"), numbers=[8.0])
    assert answer is None or "duration" not in answer.findings


def test_numbers_of_the_reader_stand_in_where_none_is_read() -> None:
    answer = read("sevn", asked("pain_severity"), numbers=[7.0])
    assert answer is not None
    assert answer.findings == {"pain_severity": 7}


def test_what_the_reader_found_stands_unless_every_word_is_understood() -> None:
    fever = asked("fever_systemic", "unexplained_weight_loss")
    assert given(read("fever no, weight yes", fever, {"fever_systemic": True}))["denied"] == ["fever_systemic"]
    assert given(read("no shakes", fever, {"fever_systemic": True}))["findings"] == {"fever_systemic": True}


# ---------------------------------------------------------------- the words themselves


def test_the_words_of_the_file_and_of_its_block_read_alike() -> None:
    assert read_answer("nah", asked("kneeling_pain"), WORDS["answers"], {}, ()) == read("nah", asked("kneeling_pain"))


def test_every_word_belongs_to_a_finding_and_a_value_of_the_vocabulary() -> None:
    for finding, values in WORDS["answers"]["values"].items():
        known = FINDINGS[finding]
        allowed = {"so", "not_so", "name", "topic"} if known["type"] == "yes_no" else set(known.get("values", ()))
        numbered = known["type"] in ("number", "scale")
        assert all(v.isdigit() for v in values) if numbered else set(values) <= allowed, finding


def test_no_phrase_has_two_meanings() -> None:
    meanings: dict[tuple[str, str], set[Any]] = {}
    for phrase, entries in answer_words(WORDS).entries.items():
        for entry in entries:
            meanings.setdefault((phrase, entry.finding), set()).add((entry.sense, entry.value))
    twice = {key: found for key, found in meanings.items() if len(found) > 1 and "amount" not in {s for s, _ in found}}
    assert twice == {}


def test_an_answer_is_read_without_a_language_model() -> None:
    code = "import sys, assistant.language.answers; print([m for m in ('spacy', 'rasa') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given_any(text=st.text(max_size=700), name=st.sampled_from([*QUESTIONS, "saddle_numbness", "stride"]))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_findings_of_the_question_only(text: str, name: str) -> None:
    to = question(name) if name in QUESTIONS else asked(name)
    answer = read(text, to)
    if answer is not None:
        beside = {"sitting_long", "pain_quality"}
        assert {*answer.findings, *answer.denied, *answer.unsure} <= {*to.findings, *beside}
        assert not set(answer.findings) & set(answer.denied)
