"""Numbers are read as what they count, and a change counts for walking only where walking causes it."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.language.ages import band
from assistant.language.reading import Reader
from assistant.language.time_spans import span
from benchmarks.reading import MESSAGES, expected, pairs, score
from tests.messages.tagged import read_messages

LEAST_F1 = 0.97
"""Of the messages that the words were written with; new messages score lower."""


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("45y/o, tight hip", "16_49"),
        ("F45, tight hip", "16_49"),
        ("34/m with a tight hip", "16_49"),
        ("I'm in my early fifties", "50_69"),
        ("a man of 62 with a tight hip", "50_69"),
        ("just hit 50", "50_69"),
        ("At the age of 70 I notice a tight hip", "70_plus"),
        ("62 now, tight hip", "50_69"),
        ("soon 60, tight hip", "50_69"),
        ("am 39 working in IT", "16_49"),
        ("myself Ravi 34 years", "16_49"),
        ("i'm only 29 and stiff", "16_49"),
        ("am a 55 yrs lady", "50_69"),
        ("I'm 19 years", "16_49"),
        ("i'm over 70", "70_plus"),
        ("nearly 70 and stiff", "50_69"),
        ("40 something with a tight hip", "16_49"),
        ("my mum (82) shuffles", "70_plus"),
        ("my dad 73 shuffles", "70_plus"),
    ],
)
def test_an_age_is_read(text: str, expect: str, reader: Reader) -> None:
    assert reader.read(text).findings.get("age_band") == expect


@pytest.mark.parametrize(
    "text",
    [
        "my 3 year old jumped on my back",
        "I feel like a 90 year old",
        "it was treated at 25",
        "squats at 60 kg for 20 reps",
        "walked 16 miles, 18 stone, room 21",
        "L4 and L5, x ray of 12/03/2023",
        "the bed is 12 years old",
        "3 visits at 60 quid each",
        "I'm 5'11 and 80 kilos",
        "22 weeks pregnant",
        "had a fever, now it's gone, 37",
    ],
)
def test_a_number_that_counts_something_else_is_no_age(text: str, reader: Reader) -> None:
    assert "age_band" not in reader.read(text).findings


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("hip pain since last three years", "years"),
        ("hip pain for a fortnight", "weeks"),
        ("hip pain on and off since spring", "months"),
        ("hip pain for ages", "months"),
        ("hip pain for a year and a half", "years"),
        ("hip pain this past month", "months"),
        ("hip pain x 3 months", "months"),
        ("hurt my hip 3 days ago", "days"),
        ("hip pain since 3 months back", "months"),
    ],
)
def test_a_duration_is_read(text: str, expect: str, reader: Reader) -> None:
    assert reader.read(text).findings.get("duration") == expect


@pytest.mark.parametrize(
    "text",
    [
        "I am 22 weeks pregnant with a tight hip",
        "plaster came off two weeks ago, tight hip",
        "the hip is sorer for two days after",
        "took ibuprofen for 2 days, tight hip",
        "tight hip, see the physio in 3 weeks",
        "tight hip, I train 4 days a week",
        "married 30 years, tight hip",
        "preggers, 20 weeks, tight hip",
    ],
)
def test_a_time_of_something_else_is_no_duration(text: str, reader: Reader) -> None:
    assert "duration" not in reader.read(text).findings


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("I work 9 to 5 at a desk", 8),
        ("in the office from 8am till 6pm", 10),
        ("sit 8-10 hrs", 9),
        ("siting 8 hrs", 8),
        ("sitting six or seven hours a day", 6.5),
        ("35 hours a week at a desk", 7),
        ("I sit eight and a half hours a day", 8.5),
        ("sit 8 hours at work plus 2 hours in the car", 10),
    ],
)
def test_hours_of_sitting_are_a_days_total(text: str, expect: float, reader: Reader) -> None:
    assert reader.read(text).findings.get("sitting_hours") == expect


@pytest.mark.parametrize(
    "text",
    [
        "stiff after sitting 3 hours at a stretch",
        "sore when I sit more than 2 hours",
        "on my feet 12 hrs, barely sit",
        "sleep 8 hours, stand 6 hours at the till",
        "just did a 14 hour flight",
    ],
)
def test_other_hours_are_not_hours_of_sitting(text: str, reader: Reader) -> None:
    assert "sitting_hours" not in reader.read(text).findings


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("hip pain 7/10", 7),
        ("hip pain about a seven", 7),
        ("hip, pain 3", 3),
        ("it's a four most days", 4),
        ("pain 6 out of ten", 6),
        ("on a scale of one to ten probably a six", 6),
        ("pain is 3 most days, 8 at worst", 3),
        ("my hip is killing me", 8),
    ],
)
def test_a_severity_is_read(text: str, expect: float, reader: Reader) -> None:
    assert reader.read(text).findings.get("pain_severity") == expect


@pytest.mark.parametrize(
    "text", ["pain since 3 in the morning", "a 5 minute walk", "pain in 2 places", "pain after a 5 a side", "7/10/2023"]
)
def test_other_numbers_are_no_severity(text: str, reader: Reader) -> None:
    assert "pain_severity" not in reader.read(text).findings


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("heat makes it better, walking makes it worse", "worse"),
        ("running makes it worse but walking makes it better", "better"),
        ("on walking it is reducing", "better"),
        ("I walk a mile and it eases", "better"),
        ("worse standing or walking", "worse"),
        ("walking? no difference", "same"),
        ("it doesn't hurt when I walk", "same"),
        ("walking is fine but hills make it worse", "mixed"),
        ("the further I walk the worse it gets", "worse"),
        ("a walk takes the edge off", "better"),
        ("no, it is worse when I walk", "worse"),
        ("no it gets worse with walking", "worse"),
        ("no worse when I walk", "same"),
    ],
)
def test_what_walking_does_is_read(text: str, expect: str, reader: Reader) -> None:
    assert reader.read(text).findings.get("walking_effect") == expect


@pytest.mark.parametrize(
    "text",
    [
        "cold makes my hip worse, a bath makes it better",
        "my knee is better since the injection. I walk 4 miles a day",
        "stretching made it worse",
        "does walking help a tight hip?",
        "I love walking. my hip is sore after sitting",
        "my walking is getting worse",
        "the pain is worse at night, I walk to work",
    ],
)
def test_a_change_with_another_cause_is_not_walkings(text: str, reader: Reader) -> None:
    assert "walking_effect" not in reader.read(text).findings


def test_hours_that_are_told_say_how_long_somebody_sits(reader: Reader) -> None:
    assert reader.read("I sit all day, about 9 hours").findings == {"sitting_hours": 9}
    assert reader.read("I sit all day").findings == {"sitting_long": True}


def test_a_denial_is_kept_for_the_findings_beside_a_walk_without_pain(reader: Reader) -> None:
    reading = reader.read("no numbness between my legs or pain when walking")
    assert "saddle_numbness" in reading.denied
    assert "saddle_numbness" not in reading.findings


@pytest.mark.parametrize(
    ("years", "name"), [(15, "under_16"), (16, "16_49"), (49, "16_49"), (50, "50_69"), (70, "70_plus")]
)
def test_the_bands_begin_where_the_contract_says(years: int, name: str) -> None:
    assert band(years) == name


@pytest.mark.parametrize(
    ("count", "unit", "step"),
    [
        (13, "days", "days"),
        (14, "days", "weeks"),
        (8, "weeks", "weeks"),
        (9, "weeks", "months"),
        (12, "months", "years"),
    ],
)
def test_a_span_falls_into_its_step(count: float, unit: str, step: str) -> None:
    assert span(count, unit) == step


def test_basics_and_modifiers_of_the_development_messages_are_read(reader: Reader) -> None:
    ids = {i for i, kind in reader.lexicon.kinds.items() if kind != "flag"}
    counts: Counter[str] = Counter()
    for message in read_messages(MESSAGES / "values.txt"):
        wanted = {p for p in expected(message) if p[0] in ids}
        found = {p for p in pairs(reader.read(message.text).findings) if p[0] in ids}
        counts.update(right=len(found & wanted), missed=len(wanted - found), wrong=len(found - wanted))
    assert score(counts["right"], counts["missed"], counts["wrong"])[2] >= LEAST_F1
