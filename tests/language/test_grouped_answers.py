"""Short answers to questions that offer several findings at once; a denial is never guessed."""

from __future__ import annotations

import pytest
from questions_put import QUESTIONS, asked, given, outcome, question, read

GROUPED = ("now", "soon", "about_you", "form", "sharp")


@pytest.mark.parametrize("name", GROUPED)
class TestGroupedQuestions:
    """Every question that offers several findings at once takes the same short answers."""

    @pytest.mark.parametrize(
        "text", ["none", "None of these", "no to all", "Nope, none of those thanks", "nothing", "no!", "neither", "🙅‍♀️"]
    )
    def test_none_denies_every_choice(self, name: str, text: str) -> None:
        assert given(read(text, question(name))) == outcome(question(name), [])

    def test_tapped_values_deny_the_other_choices(self, name: str) -> None:
        to = question(name)
        text = f"{to.choices[0].value}, {to.choices[-1].value}"
        assert given(read(text, to)) == outcome(to, [0, len(to.choices) - 1])

    def test_tapped_labels_deny_the_other_choices(self, name: str) -> None:
        to = question(name)
        text = f"{to.choices[0].label}, {to.choices[1].label.upper()}"
        assert given(read(text, to)) == outcome(to, [0, 1])

    @pytest.mark.parametrize("text", ["yes", "Yep!", "👍", "some of them"])
    def test_a_bare_yes_asks_which(self, name: str, text: str) -> None:
        answer = read(text, question(name))
        assert answer is not None
        assert answer.which
        assert not answer.findings

    def test_a_bare_yes_beside_a_reported_finding_asks_nothing(self, name: str) -> None:
        finding, value = next(iter(question(name).choices[0].sets.items()))
        answer = read("yes, so it is with me", question(name), {finding: value})
        assert answer is not None
        assert (answer.which, answer.findings) == (False, {finding: value})

    def test_none_beside_a_reported_finding_does_not_wave_it_away(self, name: str) -> None:
        finding, value = next(iter(question(name).choices[-1].sets.items()))
        answer = read(f"none, {question(name).choices[-1].value}", question(name), {finding: value})
        assert answer is not None
        assert answer.findings[finding] == value
        assert finding not in answer.denied

    @pytest.mark.parametrize("text", ["dunno", "I don't know", "not sure about any of them", "🤷🏽"])
    def test_not_knowing_leaves_all_open(self, name: str, text: str) -> None:
        answer = read(text, question(name))
        assert answer is not None
        assert sorted(answer.unsure) == sorted(question(name).findings)

    @pytest.mark.parametrize(
        "text", ["the first and the second", "1 and 2", "1, 2", "the first two", "yes to 1 and 2", "1-2"]
    )
    def test_places_name_choices_and_leave_the_others_open(self, name: str, text: str) -> None:
        assert given(read(text, question(name))) == outcome(question(name), [0, 1], otherwise=False)

    @pytest.mark.parametrize(
        "text", ["just the second", "only 2", "none except the second", "2 yes, rest no", "2 only"]
    )
    def test_only_denies_the_others(self, name: str, text: str) -> None:
        assert given(read(text, question(name))) == outcome(question(name), [1])

    @pytest.mark.parametrize("text", ["all except the second", "everything but 2", "yes to all apart from the second"])
    def test_except_takes_one_out(self, name: str, text: str) -> None:
        to = question(name)
        assert given(read(text, to)) == outcome(to, [p for p in range(len(to.choices)) if p != 1])


def test_places_count_in_the_order_shown() -> None:
    answer = given(read("the first and the third", question("now")))
    assert answer["findings"] == {"saddle_numbness": True, "bowel_dysfunction": True}


# ---------------------------------------------------------------- a denial is never guessed


@pytest.mark.parametrize(
    "text",
    [
        "no feeling down there",
        "no pee since yesterday",
        "no bladder control",
        "no, can't feel my legs",
        "no but something is odd with my waterworks",
        "nothing comes out when I pee",
        "none, except that it went weird",
        "no erection",
        "no strength in it",
        "do you mean all of them?",
        "does a bit of numbness count?",
        "first it was my back then my leg",
        "it just started hurting when i pee",
        "i have back pain",
        "in the last two weeks i felt a second wind",
    ],
)
@pytest.mark.parametrize("name", ["now", "saddle_numbness"])
def test_what_is_not_understood_denies_nothing(name: str, text: str) -> None:
    answer = read(text, question(name) if name in QUESTIONS else asked(name))
    assert answer is None or not (answer.denied or answer.findings)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("can't pee but the rest is fine", True),
        ("none of those, only can't pee", True),
        ("no but I can't pee", True),
        ("can't pee and nothing else", True),
        ("can't pee", False),
        ("no, can't pee", False),
        ("it just won't come out when I pee", False),
    ],
)
def test_a_reported_sign_stands_and_only_clear_words_deny_the_others(text: str, denied: bool) -> None:
    answer = read(text, question("now"), {"bladder_dysfunction": True})
    assert answer is not None
    assert answer.findings == {"bladder_dysfunction": True}
    assert len(answer.denied) == (17 if denied else 0)


def test_a_named_sign_and_a_doubt_about_another() -> None:
    answer = read("yes to the first, not sure about the second, no to the rest", question("soon"))
    assert answer is not None
    assert answer.findings == {"fever_systemic": True}
    assert answer.unsure == ("one_leg_weakness",)
    assert len(answer.denied) == 20
