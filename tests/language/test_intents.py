"""Intents of wordings that no example holds; what is not understood; and a model that stays the same."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.intents import SURE, UNDOING, Guess, IntentModel, load, train
from assistant.language.ngrams import fold
from tests.messages.tagged import read_messages
from tests.messages.wordings import ROOT, Wordings, development, examples, fresh, not_understood, unseen

FEW = [("hello there", "greet"), ("bye now", "goodbye"), ("yes I do", "affirm"), ("yes please", "affirm")]
SHORT = {
    "yes": "affirm",
    "Yes.": "affirm",
    "ok": "affirm",
    "👍👍": "affirm",
    "no": "deny",
    "NO!!": "deny",
    "dunno": "unsure",
    "back": "go_back",
    "stop": "stop",
    "Help!": "help",
    "why?": "ask_why",
    "more": "more",
    "continue": "go_on",
    "hellooooo": "greet",
}
MISSPELT = {
    "deleet my data": "delete_data",
    "pls stpo": "stop",
    "chnage my anser": "change_answer",
    "sumary": "summary",
    "goodby": "goodbye",
    "my hip hrts wen i wlak": "tell",
}
ANSWERS = {"tell", "affirm", "deny", "unsure", None}
WITHOUT_EXAMPLES = {"report_red_flag", "nlu_fallback"}


@pytest.fixture(scope="session")
def model() -> IntentModel:
    return train(examples())


def test_unseen_wordings_are_understood(model: IntentModel) -> None:
    right = [model.guess(text).intent == intent for text, intent in unseen()]
    assert sum(right) / len(right) >= 0.93


def test_no_intent_is_a_weak_spot(model: IntentModel) -> None:
    right = Counter(intent for text, intent in unseen() if model.guess(text).intent == intent)
    asked = Counter(intent for _, intent in unseen())
    assert {intent for intent in asked if right[intent] / asked[intent] < 0.65} == set()


def test_unseen_wordings_are_unseen() -> None:
    assert {(text.lower(), intent) for text, intent in examples()}.isdisjoint(unseen())


def test_wordings_that_nothing_was_tuned_on_are_understood(model: IntentModel) -> None:
    wanted = fresh().meant
    assert sum(model.guess(text).intent == intent for text, intent in wanted) / len(wanted) >= 0.9


@pytest.mark.parametrize("wordings", [fresh, development])
def test_a_report_that_sounds_like_a_command_is_none(model: IntentModel, wordings: Callable[[], Wordings]) -> None:
    reports = wordings().reports
    commands = [intent for text in reports if (intent := model.guess(text).intent) not in ANSWERS]
    assert len(commands) / len(reports) <= 0.05
    assert sum(intent in UNDOING for intent in commands) / len(reports) <= 0.02


def test_fresh_gibberish_is_not_understood(model: IntentModel) -> None:
    guessed = [model.guess(text).intent for text in fresh().strange]
    assert guessed.count(None) / len(guessed) >= 0.9
    assert UNDOING.isdisjoint(guessed)


def test_fresh_wordings_are_no_examples() -> None:
    learnt = {fold(text) for text, _ in examples()}
    assert [text for text, _ in fresh().meant if fold(text) in learnt] == []


def test_only_who_is_sure_undoes_something(model: IntentModel) -> None:
    guesses = [
        model.guess(text) for text, intent in [*unseen(), *fresh().meant, *development().meant] if intent in UNDOING
    ]
    assert {g.confidence >= SURE for g in guesses if g.intent in UNDOING} == {True}
    unsure = [g for g in guesses if g.ranking[0][0] in UNDOING and g.confidence < SURE]
    assert unsure
    assert {g.intent for g in unsure} == {None}


def test_what_patients_write_is_a_report(model: IntentModel) -> None:
    reports = read_messages(ROOT / "tests" / "messages" / "unseen.txt")
    assert sum(model.guess(report.text).intent == "tell" for report in reports) / len(reports) >= 0.95


@pytest.mark.parametrize(("text", "intent"), [*SHORT.items(), *MISSPELT.items()])
def test_short_forms_and_slips(model: IntentModel, text: str, intent: str) -> None:
    assert model.guess(text).intent == intent


@pytest.mark.parametrize("text", SHORT)
def test_an_example_is_certain(model: IntentModel, text: str) -> None:
    assert model.guess(text).confidence == 1


@pytest.mark.parametrize("text", ["", "  \n", "?", "???", "...", "-", ":)", "🦄", "zzqqxx", "asdfghjkl", "我的腰很痛"])
def test_nothing_to_understand(model: IntentModel, text: str) -> None:
    assert model.guess(text).intent is None


def test_gibberish_and_other_languages_are_not_understood(model: IntentModel) -> None:
    strange, off_topic = not_understood()
    assert len(strange) + len(off_topic) == 60
    assert sum(model.guess(text).intent is None for text in strange) / len(strange) >= 0.9


def test_nonsense_never_undoes_anything(model: IntentModel) -> None:
    guessed = {model.guess(text).intent for texts in not_understood() for text in texts}
    assert guessed.isdisjoint(UNDOING)


@given(st.text(max_size=300))
def test_any_text_has_a_guess(model: IntentModel, text: str) -> None:
    guess = model.guess(text)
    sure = [confidence for _, confidence in guess.ranking]
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in sure)
    assert guess == Guess(guess.intent, sure[0] if sure else 0.0, guess.ranking)


def test_a_loaded_model_says_the_same(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path / "a.npz")
    loaded = load(tmp_path / "a.npz")
    loaded.save(tmp_path / "b.npz")
    assert all(loaded.guess(text) == model.guess(text) for text, _ in unseen())
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_training_is_the_same_in_every_process(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from assistant.language.intents import train; "
        f"train({FEW!r}).save(Path(sys.argv[1]))"
    )
    for seed in "12":
        command = [sys.executable, "-c", program, str(tmp_path / seed)]
        subprocess.run(command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_asking_needs_no_scikit_learn(tmp_path: Path) -> None:
    train(FEW).save(tmp_path / "model")
    program = (
        "import sys; from pathlib import Path; from assistant.language.intents import load; "
        "load(Path(sys.argv[1])).guess('helo theer'); "
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'scipy', 'rasa')))"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "model")], cwd=ROOT, check=True)


def test_two_intents_are_too_few() -> None:
    with pytest.raises(ValueError, match="three intents"):
        train(FEW[:2])


def test_no_example_stands_under_two_intents() -> None:
    meant: dict[str, set[str]] = {}
    for text, intent in examples():
        meant.setdefault(" ".join(fold(text)), set()).add(intent)
    assert {text: found for text, found in meant.items() if len(found) > 1} == {}


def test_every_intent_of_the_domain_has_examples() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    named = {next(iter(intent)) for intent in domain["intents"]}
    assert {intent for _, intent in examples()} == named - WITHOUT_EXAMPLES
