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
        ("my boss fell off a roof, and now I leak", LEAK, "present"),
        ("my husband says I have a fever", FEVER, "present"),
        ("since my mum died I have a fever", FEVER, "present"),
        ("my wife had to help me up, I leak", LEAK, "present"),
        ("40 something dad here, had bowel cancer in 2010", CANCER, "present"),
        ("I'm a big lad, had bowel cancer in 2010", CANCER, "present"),
        ("my busy mum had bowel cancer", CANCER, "other"),
        ("dad had bowel cancer in May, been driving to the ward, now I leak", LEAK, "present"),
        ("mum has cancer and so do I", CANCER, "present"),
        ("my dad takes warfarin, I don't", "blood_thinner", "denied"),
        ("the man next to me had cancer", CANCER, "other"),
        ("our cat has a fever, hips stiff", FEVER, "other"),
        ("we both leak, my wife and me", LEAK, "present"),
        ("my brother wants to kill himself", "self_harm_statement", "other"),
        ("my husband wants to kill himself", "self_harm_statement", "present"),
        ("my dad killed himself last year", "self_harm_statement", "other"),
        # cured, and still "ever"
        ("breast cancer 2010 all clear", CANCER, "present"),
        ("five years clear of bowel cancer", CANCER, "present"),
        ("cancer free since 2015", CANCER, "present"),
        ("lymphoma, in remission, all good now", CANCER, "present"),
        ("had a clot in 2012, fully recovered", "clot_risk", "present"),
        ("the MRI was clear of cancer", CANCER, "denied"),
        ("cancer? all clear", CANCER, "denied"),
        # what a "can't" does not reach
        ("can't sleep, numb down there", NUMB, "present"),
        ("can't bend, both legs are weak", "bilateral_leg_symptoms", "present"),
        ("can't put weight on it", "unexplained_weight_loss", ""),
        ("I don't get shortness of breath", "chest_pain_breathless", "denied"),
        ("no pain in my back now, both legs are numb instead", "bilateral_leg_symptoms", "present"),
        ("tight hip, I have chest pain", "chest_pain_breathless", "present"),
        # parts that are well
        ("bladder fine bowels fine", LEAK, "denied"),
        ("peeing? all good", LEAK, "denied"),
        ("motion and urine are ok", "bowel_dysfunction", "denied"),
        ("sensation normal down below", NUMB, "denied"),
        ("nothing wrong with my waterworks", LEAK, "denied"),
        ("bladder not fine", LEAK, ""),
        ("is my bladder ok", LEAK, ""),
        ("bladder fine until I stand", LEAK, ""),
        ("bladder was fine before", LEAK, ""),
        ("testicles normal, groin tight", NUMB, ""),
        # asked about
        ("the doctor asked about numbness between the legs", NUMB, "imagined"),
        ("you asked about fever: no", FEVER, "denied"),
        ("I asked about my leaking and I leak more now", LEAK, "present"),
        ("the doctor asked about numbness and yes I have it between my legs", NUMB, "present"),
        ("what does numbness between the legs mean", NUMB, "imagined"),
        ("is numbness between the legs a sign of something", NUMB, "imagined"),
        ("does it mean anything that my foot drags", "one_leg_weakness", "present"),
        ("is tight psoas why my foot drags", "one_leg_weakness", "present"),
        ("what if it is serious, I leak every day", LEAK, "present"),
        ("come back if this happened: I leak", LEAK, "present"),
        # carrying on
        ("I don't want to carry on", "self_harm_statement", "present"),
        ("I don't want to carry on with these questions", "self_harm_statement", ""),
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
