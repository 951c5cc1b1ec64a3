"""Which passages support which claims, in our wording and in other people's."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge_base.claim_file import load_claims
from assistant.knowledge_base.claims import Claims, find_support, read_claim
from assistant.knowledge_base.documents import Passage, read_document, split_passages

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
RESTATEMENT = KNOWLEDGE / "documents" / "psoas_walking.md"
WORDINGS = Path(__file__).parent / "wordings"

HOLDS = {
    "physio_blog.md": (40, 60),
    "magazine.txt": (30, 45),
    "clinic_leaflet.txt": (15, 25),
    "yoga_teacher.txt": (30, 60),
    "technical_summary.md": (20, 40),
    "questions_and_answers.txt": (25, 35),
}
"""The full wordings, each with the hold of its stretch in seconds. Each also states other times."""


@pytest.fixture(scope="module")
def claims() -> Claims:
    return load_claims(KNOWLEDGE / "claims.yml")


def supported(claims: Claims, path: Path) -> set[str]:
    return {claim for claim, passages in find_support(claims, read_document(path, "document")).items() if passages}


def hold_of(claims: Claims, passages: tuple[Passage, ...]) -> tuple[int, int] | None:
    (claim,) = (claim for claim in claims if claim.reads)
    best = find_support(claims, passages)[claim.id]
    return read_claim(claim, best[0]) if best else None


def everything(claims: Claims) -> set[str]:
    return {claim.id for claim in claims}


# ---------------------------------------------------------------- whole documents


def test_our_restatement_supports_every_claim(claims: Claims) -> None:
    assert supported(claims, RESTATEMENT) == everything(claims)


@pytest.mark.parametrize("name", HOLDS)
def test_another_wording_supports_every_claim(claims: Claims, name: str) -> None:
    assert everything(claims) - supported(claims, WORDINGS / name) == set()


@pytest.mark.parametrize("name", HOLDS)
def test_the_hold_is_read_from_the_stretch_and_nothing_else(claims: Claims, name: str) -> None:
    assert hold_of(claims, read_document(WORDINGS / name, "document")) == HOLDS[name]


def test_our_hold_changes_with_the_sentence(claims: Claims) -> None:
    text = RESTATEMENT.read_text(encoding="utf-8")
    assert hold_of(claims, split_passages(text, "document")) == (20, 30)
    assert hold_of(claims, split_passages(text.replace("20 to 30 sec", "30 to 45 sec"), "document")) == (30, 45)


def test_a_partial_document_supports_what_it_says(claims: Claims) -> None:
    assert supported(claims, WORDINGS / "partial_no_exercises.md") == {
        "chronic_low_back_pain",
        "compensatory_gait",
        "lengthen_back_stride",
        "neutral_pelvis",
        "push_off_back_foot",
        "push_off_lengthens",
        "sitting_shortens",
        "slow_start",
        "stiff_and_weak",
        "stop_rule",
        "upright_posture",
    }


@pytest.mark.parametrize("path", sorted(WORDINGS.glob("unrelated_*")), ids=lambda path: path.stem)
def test_an_unrelated_document_supports_nothing(claims: Claims, path: Path) -> None:
    assert supported(claims, path) == set()


def test_the_same_document_gives_the_same_support(claims: Claims) -> None:
    passages = read_document(WORDINGS / "magazine.txt", "document")
    assert find_support(claims, passages) == find_support(load_claims(KNOWLEDGE / "claims.yml"), passages)


# ---------------------------------------------------------------- single statements

STATEMENTS = {
    "psoas_parts": "The Psoas comprises the Psoas Major and the Psoas Minor.",
    "hip_flexor_and_stabiliser": "The psoas acts as a primary hip flexor and as a stabilizer for the torso.",
    "only_spine_to_legs": "This muscle alone connects the spine with the legs.",
    "origin_t12_l5": "The Psoas Major arises from vertebrae T12 and L1-L5 and the discs between them.",
    "insertion_lesser_trochanter": "It inserts on the lesser trochanter of the femur.",
    "strongest_hip_flexor": "The Psoas is the strongest hip flexor.",
    "lifts_knee": "It is responsible for lifting the knee to the chest.",
    "chronic_low_back_pain": "Tightness here is often felt as chronic pain in the lower back.",
    "deep_hip_ache": "Tightness here is often felt as a deep hip ache.",
    "depends_on_form": "Whether walking helps or hinders depends on a person's biomechanics.",
    "sitting_shortens": "When a person sits for hours, the muscle stays in a shortened position.",
    "tips_pelvis_forward": "It pulls the pelvis into an anterior tilt.",
    "tilt_tightens_back": "An anterior tilt increases tension in the lower back.",
    "swing_shortens": "As the leg swings forward, the Psoas contracts.",
    "push_off_lengthens": "Hip extension at push-off encourages the psoas to lengthen.",
    "compensatory_gait": "A severely tight Psoas leads to short, shuffling steps.",
    "compensatory_hip_extension": "There is an inability to extend the hip.",
    "walking_may_worsen": "Walking may then worsen the discomfort.",
    "good_form_stretch": "With proper form, walking is a dynamic stretch.",
    "blood_flow": "Rhythmic movement improves blood flow.",
    "active_recovery": "It acts as a form of active recovery.",
    "leg_push_back_fully": "Allow the leg to push back fully, into a healthy range of hip extension.",
    "neutral_pelvis": "Maintain a neutral alignment of the pelvis.",
    "tilt_disadvantage": "An anterior pelvic tilt is a mechanical disadvantage.",
    "lengthen_back_stride": "Lengthen the stride through the back leg.",
    "push_off_back_foot": "Push off the ground forcefully with the back foot.",
    "upright_posture": "Keep a vertical posture with the head over the shoulders and hips.",
    "slow_start": "Start at a slow, controlled pace.",
    "stop_rule": "Stop walking if any sharp or increased pain is felt.",
    "targeted_exercises": "Targeted exercises are required to resolve chronic tightness.",
    "kneeling_stretch": "The kneeling hip flexor stretch is highly effective.",
    "stretch_hold": "Hold the stretch for 20 to 30 seconds.",
    "constructive_rest_position": "Lie on the back with knees bent and feet flat on the floor.",
    "strengthen_opposing": "Strengthen the glutes and abdominals.",
    "plank": "Planks activate these muscles.",
    "glute_bridge": "Glute bridges activate these muscles.",
}


@pytest.mark.parametrize(("claim", "sentence"), STATEMENTS.items())
def test_a_single_statement_is_recognised(claims: Claims, claim: str, sentence: str) -> None:
    passages = split_passages(f"## About the psoas\nThe psoas is a muscle.\n\n## More\n{sentence}", "document")
    assert [p.text for p in find_support(claims, passages)[claim]] == [sentence]


BEST = {
    "chronic_low_back_pain": "lower back pain that lasts",
    "sitting_shortens": "While you sit for a long time",
    "depends_on_form": "depends on how your body moves",
    "push_off_lengthens": "The push-off at the end of a step",
    "compensatory_gait": "short, shuffling steps",
    "compensatory_hip_extension": "unable to straighten the hip fully",
    "compensatory_no_lengthening": "cannot reach the length it needs",
    "walking_may_worsen": "may make the discomfort worse",
    "good_form_stretch": "Done with good form",
    "leg_push_back_fully": "The key is to let the leg push back fully",
    "neutral_pelvis": "Keep your pelvis in a neutral position",
    "lengthen_back_stride": "Lengthen your stride",
    "push_off_back_foot": "Push off the ground strongly",
    "upright_posture": "Walk upright",
    "slow_start": "Start your walk slowly",
    "stop_rule": "stop walking if you feel sharp pain",
    "stop_rule_reason": "Sharp or growing pain means",
    "kneeling_stretch": "also called a low lunge",
    "stretch_hold": "for 20 to 30 seconds",
    "constructive_rest": "The constructive rest position is another",
    "constructive_rest_release": "return to its resting length",
    "strengthen_opposing": "Besides stretching, strengthen",
}


@pytest.mark.parametrize(("claim", "words"), BEST.items())
def test_the_best_passage_is_the_one_that_says_it(claims: Claims, claim: str, words: str) -> None:
    best = find_support(claims, read_document(RESTATEMENT, "document"))[claim][0]
    assert words in best.text


# ---------------------------------------------------------------- borrowing and exclusion


def support(claims: Claims, claim: str, text: str) -> list[str]:
    passages = split_passages(f"## Psoas\nThe psoas is a muscle.\n\n{text}", "document")
    return [passage.text for passage in find_support(claims, passages)[claim]]


def test_a_passage_borrows_from_the_one_before_it(claims: Claims) -> None:
    assert support(claims, "slow_start_form", "Get your form right first. Speed comes later.") == ["Speed comes later."]


def test_a_passage_borrows_from_its_heading(claims: Claims) -> None:
    assert support(claims, "deep_hip_ache", "## When it is tight\nSome feel an ache deep in the hip.") != []


def test_nothing_is_borrowed_from_further_away(claims: Claims) -> None:
    assert support(claims, "slow_start_form", "Mind your form. Breathe. Speed comes later.") == []
    assert support(claims, "slow_start_form", "## One\nMind your form.\n\n## Two\nSpeed comes later.") == []


def test_a_passage_that_says_all_itself_leaves_out_those_that_borrow(claims: Claims) -> None:
    whole = "Mind your form before you speed up."
    assert support(claims, "slow_start_form", f"Form matters. Speed comes later. {whole}") == [whole]


def test_a_question_makes_no_claim(claims: Claims) -> None:
    assert support(claims, "depends_on_form", "It is a muscle. Does walking help, or does it depend?") == []


@pytest.mark.parametrize(
    "text",
    [
        "Stretch first. Then do a plank. Hold for 45 seconds.",
        "## Glute bridge\nLift your hips. Hold for 5 seconds.",
        "Stretch the hamstring and hold it for 60 seconds.",
        "Walking is a stretch. Keep going for 10 minutes.",
        "Hold the lunge for 20 to 30 minutes.",
        "Hold the lunge for 1 second.",
    ],
)
def test_other_times_are_not_the_hold_of_the_stretch(claims: Claims, text: str) -> None:
    assert support(claims, "stretch_hold", text) == []


def test_a_longer_stride_is_not_the_kneeling_stretch(claims: Claims) -> None:
    stride = "Work on a longer stride through the back leg, for the hip extension that stretches the psoas."
    assert support(claims, "lengthen_back_stride", stride) == [stride]
    assert support(claims, "kneeling_stretch_extension", stride) == []


def test_the_theme_in_hand_is_carried_over_several_sentences(claims: Claims) -> None:
    text = "Now the low lunge. Move your hips forward. Breathe out. Hold for 30 seconds."
    assert support(claims, "stretch_hold", text) == ["Hold for 30 seconds."]
