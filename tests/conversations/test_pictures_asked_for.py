"""Pictures that are asked for come with the answer; none of what is not for this person."""

from typing import Any

import pytest

from assistant.conversation.commands import more
from assistant.conversation.hearing import Heard
from assistant.conversation.saying import Voice
from assistant.conversation.session import Session
from assistant.conversation.side_questions import reply
from assistant.knowledge_base.reading import Knowledge


def names(custom: Any) -> list[str]:
    return [picture["name"].removesuffix(".svg") for picture in custom.get("pictures", ())]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tell me more about the plank", ["plank", "plank_fault"]),
        ("show me a picture of the bridge", ["glute_bridge", "glute_bridge_fault"]),
        (
            "show me the kneeling stretch",
            ["kneeling_hip_flexor_stretch_start", "kneeling_hip_flexor_stretch", "kneeling_hip_flexor_stretch_fault"],
        ),
        ("tell me more about pushing off", ["push_off_back_foot"]),
        ("show me a picture of the psoas", ["where_the_psoas_lies", "psoas_in_a_step"]),
        ("tell me more", []),
    ],
)
def test_start_hold_and_fault_of_what_is_asked_about(knowledge: Knowledge, text: str, shown: list[str]) -> None:
    _, said = more(Session(), Heard(text), Voice(knowledge))
    assert names(said[0].custom) == shown


def test_the_change_for_this_person_is_shown_in_place_of_the_usual(knowledge: Knowledge) -> None:
    session = Session(findings={"osteoporosis_known": True})
    _, said = more(session, Heard("show me the kneeling stretch"), Voice(knowledge))
    assert names(said[0].custom) == ["kneeling_hip_flexor_stretch_support", "kneeling_hip_flexor_stretch_fault"]


def test_nothing_is_shown_of_what_a_caution_forbids(knowledge: Knowledge) -> None:
    forbidding = [
        (exercise, finding)
        for exercise in knowledge.book.exercises
        for caution in exercise.cautions
        if caution.effect == "block"
        for finding in knowledge.book.findings
        if caution.when.holds({finding: True})
    ]
    assert forbidding
    for exercise, finding in forbidding:
        _, said = more(Session(findings={finding: True}), Heard(f"show me the {exercise.name}"), Voice(knowledge))
        assert names(said[0].custom) == [], (exercise.id, finding)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("where is the psoas?", ["where_the_psoas_lies"]),
        ("show me a picture of the psoas", ["where_the_psoas_lies", "psoas_in_a_step"]),
        ("what does the psoas look like?", ["where_the_psoas_lies", "psoas_in_a_step"]),
        ("when does it lengthen and when does it shorten?", ["psoas_in_a_step"]),
        ("how long should i hold the stretch?", []),
        ("what dose of ibuprofen?", []),
    ],
)
def test_a_question_about_the_psoas_is_answered_with_its_picture(
    knowledge: Knowledge, question: str, shown: list[str]
) -> None:
    assert names(reply(question, Voice(knowledge)).custom) == shown


def test_the_step_can_be_seen_in_motion(knowledge: Knowledge) -> None:
    (picture,) = reply("when does it lengthen and when does it shorten?", Voice(knowledge)).custom["pictures"]
    assert picture["moving"]["name"] == "psoas_in_a_step_moving.svg"
    assert {"alt", "caption", "width", "height"} <= set(picture["moving"])


def test_every_topic_names_pictures_that_exist(knowledge: Knowledge) -> None:
    listed = {picture["id"] for picture in knowledge.pictures}
    assert all(name in listed for topic in knowledge.topics for name in topic.get("pictures", ()))
