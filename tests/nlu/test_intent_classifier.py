"""The Rasa component: trained by Rasa itself, loaded from its archive, and understood as nothing where nothing fits."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent, load_agent
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.training.fingerprinting import calculate_fingerprint_key
from rasa.model_training import train_nlu
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.language import ngrams
from assistant.nlu.intent_classifier import NgramIntentClassifier

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """
recipe: default.v1
assistant_id: intents-only
language: en
pipeline:
  - name: assistant.nlu.intent_classifier.NgramIntentClassifier
    ranking_length: 3
"""
FALLBACK = "nlu_fallback"


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Agent:
    """An agent whose model Rasa trained from the project's examples, with this component alone."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "config.yml").write_text(CONFIG, encoding="utf-8")
    archive = train_nlu(str(folder / "config.yml"), str(ROOT / "data" / "nlu"), str(folder), fixed_model_name="intents")
    return asyncio.run(load_agent(model_path=archive))


def parsed(agent: Agent, text: str) -> dict[str, Any]:
    return asyncio.run(agent.parse_message(text))


@pytest.mark.parametrize(
    ("text", "intent"), [("Yes!", "affirm"), ("please wipe my details", "delete_data"), ("why?", "ask_why")]
)
def test_understood(agent: Agent, text: str, intent: str) -> None:
    result = parsed(agent, text)
    assert result["intent"]["name"] == intent
    assert result["intent"] == result["intent_ranking"][0]
    assert len(result["intent_ranking"]) == 3


@pytest.mark.parametrize("text", ["zzqqxx", "?", "🦄", "我的腰很痛"])
def test_not_understood(agent: Agent, text: str) -> None:
    result = parsed(agent, text)
    assert result["intent"]["name"] == FALLBACK
    assert result["intent"] == result["intent_ranking"][0]


def untrained(folder: Path, **changes: Any) -> NgramIntentClassifier:
    config = {**NgramIntentClassifier.get_default_config(), **changes}
    storage, context = LocalModelStorage(folder), ExecutionContext(GraphSchema({}))
    return NgramIntentClassifier.create(config, storage, Resource("intents"), context)


@pytest.mark.parametrize("text", ["", None, "hello"])
def test_empty_or_untrained_is_not_understood(tmp_path: Path, text: str | None) -> None:
    (message,) = untrained(tmp_path).process([Message({"text": text})])
    assert message.get("intent") == {"name": FALLBACK, "confidence": 1.0}


def test_what_was_learnt_with_belongs_to_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa would otherwise go on with a model that older code made."""

    def key() -> str:
        return calculate_fingerprint_key(NgramIntentClassifier, NgramIntentClassifier.get_default_config(), {})

    before = key()
    assert before == key()
    monkeypatch.setattr(ngrams, "__file__", __file__)
    assert key() != before


@pytest.mark.parametrize(("sure", "intent"), [(0.0, "stop"), (1.0, FALLBACK)])
def test_how_sure_what_undoes_something_must_be_is_an_option(tmp_path: Path, sure: float, intent: str) -> None:
    few = [("stop asking", "stop"), ("stop now", "stop"), ("hello there", "greet"), ("thanks a lot", "thank")]
    made = untrained(tmp_path, sure=sure)
    made.train(TrainingData([Message({"text": text, "intent": meant}) for text, meant in few]))
    (message,) = made.process([Message({"text": "stop asking now"})])
    assert message.get("intent")["name"] == intent
    assert message.get("intent_ranking")[-3:][0]["name"] == "stop"
