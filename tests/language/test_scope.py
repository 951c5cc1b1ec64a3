"""Whose, when, whether: what a message says is so, is not so, was, is another's, or is only imagined."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.language.reading import Reader, Reading
from tests.messages.tagged import Message, read_messages

MESSAGES = Path(__file__).parents[1] / "messages"
NUMB, LEAK, FEVER, CANCER = "saddle_numbness", "bladder_dysfunction", "fever_systemic", "cancer_history"


def standing(reading: Reading, finding: str) -> str:
    """Where a finding stands in a reading."""
    groups = {
        "present": [f for f, v in reading.findings.items() if v is not False],
        "denied": reading.denied,
        "other": reading.other_person,
        "past": reading.past,
        "imagined": reading.hypothetical,
    }
    return next((name for name, ids in groups.items() if finding in ids), "")


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        # one "no" and its list
        ("no fever but numb down there", FEVER, "denied"),
        ("no fever but numb down there", NUMB, "present"),
        ("no fever, numb down there", NUMB, "present"),
        ("no fever, chills or weight loss", "unexplained_weight_loss", "denied"),
        ("no fever, weight loss", "unexplained_weight_loss", "denied"),
        ("no fever, can't pee", LEAK, "present"),
        ("no pain in my leg and my foot is numb between the toes, I leak", LEAK, "present"),
        ("never gives me sharp pain when walking", "sharp_pain_walking", "denied"),
        ("nor do I have a fever", FEVER, "denied"),
        # two denials
        ("can't say I don't leak", LEAK, "present"),
        ("I wouldn't say I've no fever", FEVER, "present"),
        ("I'd be lying if I said I wasn't leaking", LEAK, "present"),
        ("never a day without chest pain", "chest_pain_breathless", "present"),
        ("ain't got no fever", FEVER, "denied"),
        ("don't have no numbness down there", NUMB, "denied"),
        ("it's not like I can't pee", LEAK, "denied"),
        # a "no" that only answers
        ("actually no, my foot is dragging", "one_leg_weakness", "present"),
        ("no wait, I leak", LEAK, "present"),
        ("no, it's numb between my legs", NUMB, "present"),
        ("no my foot is dragging", "one_leg_weakness", "present"),
        ("no bother my foot is dragging", "one_leg_weakness", "present"),
        # forms
        ("fever: none", FEVER, "denied"),
        ("fever? no", FEVER, "denied"),
        ("numb down there?? nah", NUMB, "denied"),
        ("fever - nope", FEVER, "denied"),
        ("fever=no", FEVER, "denied"),
        ("fever (none)", FEVER, "denied"),
        ("fever no, weight loss yes", FEVER, "denied"),
        ("none of the following: fever, weight loss", FEVER, "denied"),
        ("Do I have numbness between my legs? No.", NUMB, "denied"),
        ("I have numbness between my legs. No idea why", NUMB, "present"),
        ("I am numb between the legs - no feeling at all", NUMB, "present"),
        ("she asked about numbness between the legs and I said no", NUMB, "denied"),
        # what stands behind a symptom
        ("fever is not there", FEVER, "denied"),
        # when
        ("not any more, but I used to leak", LEAK, "past"),
        ("I used to leak, but it has come back", LEAK, "present"),
        ("I never used to leak", LEAK, "present"),
        ("I leaked last year", LEAK, "past"),
        ("I don't leak any more", LEAK, "past"),
        ("since the operation I leak", LEAK, "present"),
        ("had a fever in august, that cleared up", FEVER, "past"),
        ("had a fever in 2015", FEVER, "past"),
        ("the feeling between my legs has gone now", NUMB, "present"),
        ("I had bowel cancer years ago", CANCER, "present"),
        ("I don't have cancer any more", CANCER, "present"),
        # whose
        ("my mum had breast cancer", CANCER, "other"),
        ("walk the dog daily, had bowel cancer", CANCER, "present"),
        ("crook as a dog, fever since sunday", FEVER, "present"),
        ("the dog has a fever", FEVER, "other"),
        ("my husband can't pee", LEAK, "present"),
        ("My wife's speech has gone funny. She also has back ache.", "stroke_signs", "present"),
        ("my mother is 81 she tripped over the cat and her hip hurts", "minor_trauma", "present"),
        ("my dad (73) can't lift his foot", "one_leg_weakness", "present"),
        ("my friend has a fever", FEVER, "other"),
        ("my friend's dad can't pee", LEAK, "other"),
        ("asking for my friend who has a fever", FEVER, "present"),
        ("I am a mum of two and I leak", LEAK, "present"),
        # imagined
        ("what if I leak", LEAK, "imagined"),
        ("should I ever lose control of my bladder", LEAK, "imagined"),
        ("would it be different if I had a fever", FEVER, "imagined"),
        ("what if I just killed myself", "self_harm_statement", "present"),
        # capitals read like small letters
        ("I CANT FEEL ANYTHING DOWN THERE", NUMB, "present"),
        ("NO FEVER", FEVER, "denied"),
    ],
)
def test_a_finding_stands_where_the_message_puts_it(text: str, finding: str, expected: str, reader: Reader) -> None:
    assert standing(reader.read(text), finding) == expected


def test_one_no_denies_a_list_of_three(reader: Reader) -> None:
    spans = reader.read("no numbness, tingling or weakness").spans
    assert {s.standing.value for s in spans} == {"denied"}
    assert len({(s.start, s.end) for s in spans}) == 3


def test_a_denial_that_crosses_another_says_nothing(reader: Reader) -> None:
    reading = reader.read("I don't have trouble with my pee, no fever")
    assert standing(reading, "sepsis_signs") == ""


def _not_so(message: Message) -> set[str]:
    present = {t.finding for t in message.tags if t.standing == "present"}
    return {t.finding for t in message.tags if t.standing != "present"} - present


def test_what_is_not_so_is_hardly_ever_read_as_present(reader: Reader) -> None:
    """Over the tagged messages written for scope: at most one in fifty, and nine of ten denials are found."""
    told = read_messages(MESSAGES / "scope.txt")
    wrong = [(m.text, f) for m in told for f in _not_so(m) if standing(reader.read(m.text), f) == "present"]
    denied = [(m.text, t.finding) for m in told for t in m.tags if t.standing == "denied"]
    missed = [(text, f) for text, f in denied if f not in reader.read(text).denied]
    assert len(wrong) <= sum(len(_not_so(m)) for m in told) / 50, wrong
    assert len(missed) <= len(denied) / 10, missed
