"""Ways to tell an intent, each trained into a folder and loaded from it, so that `benchmarks.intents` can compare them.

The Rasa ways run Rasa's own components as its graph does, without the graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

Example = tuple[str, str]
Guesser = Callable[[str], str | None]
"""Gives the intent of a message, None where nothing is understood."""
Step = tuple[str, dict[str, Any]]
"""A Rasa component: the path of its class, and what its configuration changes."""

RASA = "rasa.nlu."
WORDS: Step = (RASA + "tokenizers.whitespace_tokenizer.WhitespaceTokenizer", {})
COUNTS = RASA + "featurizers.sparse_featurizer.count_vectors_featurizer.CountVectorsFeaturizer"
LETTERS: Step = (COUNTS, {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4})
UNSURE: Step = (RASA + "classifiers.fallback_classifier.FallbackClassifier", {"threshold": 0.3})
LOGISTIC: Step = (RASA + "classifiers.logistic_regression_classifier.LogisticRegressionClassifier", {})
NEAR = 60
"""Below this likeness, 0 to 100, the nearest example is too far away."""


@dataclass(frozen=True)
class Way:
    """`train` writes into a folder, `load` reads from it."""

    name: str
    train: Callable[[Sequence[Example], Path], None]
    load: Callable[[Path], Guesser]


def ways() -> dict[str, Way]:
    """Every way by its short name."""
    logistic = (WORDS, LETTERS, LOGISTIC, UNSURE)
    diet = (WORDS, (COUNTS, {}), LETTERS, (RASA + "classifiers.diet_classifier.DIETClassifier", {"epochs": 20}), UNSURE)
    return {
        "linear": Way("the project's linear n-gram model", _train_linear, _load_linear),
        "keyword": Way("Rasa `KeywordIntentClassifier`", _train_keyword, _load_keyword),
        "nearest": Way("nearest example, rapidfuzz", _write, _load_nearest),
        "logistic": Way("Rasa `LogisticRegressionClassifier`, letters", *_rasa(logistic)),
        "diet": Way("Rasa `DIETClassifier`, 20 epochs", *_rasa(diet)),
    }


def _train_linear(examples: Sequence[Example], folder: Path) -> None:
    from assistant.language.intents import train

    train(examples).save(folder / "intents.npz")


def _load_linear(folder: Path) -> Guesser:
    from assistant.language.intents import load

    model = load(folder / "intents.npz")
    return lambda text: model.guess(text).intent


def _write(examples: Sequence[Example], folder: Path) -> None:
    (folder / "examples.json").write_text(json.dumps(examples), encoding="utf-8")


def _load_nearest(folder: Path) -> Guesser:
    from rapidfuzz import fuzz, process, utils

    examples = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
    texts = [utils.default_process(text) for text, _ in examples]

    def guess(text: str) -> str | None:
        near = process.extractOne(utils.default_process(text), texts, scorer=fuzz.ratio, score_cutoff=NEAR)
        return examples[near[2]][1] if near else None

    return guess


def _train_keyword(examples: Sequence[Example], folder: Path) -> None:
    """Leaves out what the component refuses: examples that stand within an example of another intent. Its own way to do
    so fails on this many (a keyword that clashes twice is a KeyError, and "???" is no regular expression)."""
    words = {intent: "\n".join(text.lower() for text, i in examples if i == intent) for _, intent in examples}
    clear = {
        re.escape(text): intent
        for text, intent in examples
        if not any(re.search(rf"\b{re.escape(text.lower())}\b", words[i]) for i in words if i != intent)
    }
    (folder / "keywords.json").write_text(json.dumps(clear), encoding="utf-8")


def _load_keyword(folder: Path) -> Guesser:
    keywords = json.loads((folder / "keywords.json").read_text(encoding="utf-8"))
    kind = _component(RASA + "classifiers.keyword_intent_classifier.KeywordIntentClassifier")
    return _guesser([kind(kind.get_default_config(), *_places(folder, "keyword"), keywords)])


def _rasa(
    steps: Sequence[Step],
) -> tuple[Callable[[Sequence[Example], Path], None], Callable[[Path], Guesser]]:
    """How a pipeline of Rasa components is trained, and how it is loaded."""

    def train(examples: Sequence[Example], folder: Path) -> None:
        from rasa.shared.nlu.training_data.message import Message
        from rasa.shared.nlu.training_data.training_data import TrainingData

        lines = TrainingData([Message({"text": text, "intent": intent}) for text, intent in examples])
        for number, (path, changes) in enumerate(steps):
            kind = _component(path)
            made = kind.create({**kind.get_default_config(), **changes}, *_places(folder, f"step{number}"))
            if hasattr(made, "train"):
                made.train(lines)
            if hasattr(made, "process_training_data"):
                lines = made.process_training_data(lines)

    def load(folder: Path) -> Guesser:
        loaded = []
        for number, (path, changes) in enumerate(steps):
            kind = _component(path)
            loaded.append(kind.load({**kind.get_default_config(), **changes}, *_places(folder, f"step{number}")))
        return _guesser(loaded)

    return train, load


def _component(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


def _places(folder: Path, name: str) -> tuple[Any, Any, Any]:
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource

    return LocalModelStorage(folder), Resource(name), ExecutionContext(GraphSchema({}))


def _guesser(components: Sequence[Any]) -> Guesser:
    from rasa.shared.nlu.training_data.message import Message

    def guess(text: str) -> str | None:
        message = Message({"text": text})
        for component in components:
            component.process([message])
        name = message.get("intent")["name"]
        return None if name == "nlu_fallback" else name

    return guess
