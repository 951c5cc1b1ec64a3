"""The Rasa component that tells a message's intent with the linear n-gram model of the language room."""

from hashlib import sha256
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.language import intents, ngrams, spelling

FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking`; what no intent fits is `nlu_fallback`, as sure as nothing else is."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`threshold`: the confidence, 0 to 1, below which nothing was understood. `sure`: the same for an intent that undoes
        something. `ranking_length`: how many intents `intent_ranking` names."""
        return {"threshold": intents.UNDERSTOOD, "sure": intents.SURE, "ranking_length": 5}

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        model: Optional[intents.IntentModel] = None,
    ) -> None:
        self._threshold = float(config["threshold"])
        self._sure = float(config["sure"])
        self._length = int(config["ranking_length"])
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NgramIntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NgramIntentClassifier":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, intents.load(folder / FILE))

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """Rasa compares the source of this class only; what it learns with stands in the language room."""
        sources = [Path(str(module.__file__)).read_bytes() for module in (intents, ngrams, spelling)]
        return sha256(b"".join(sources)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        examples = [(e.get(TEXT) or "", e.get(INTENT)) for e in training_data.intent_examples]
        self._model = intents.train(examples)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = self._ranking(message.get(TEXT) or "")
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, text: Text) -> List[Dict[Text, Any]]:
        if self._model is None:
            return [_ranked(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0)]
        guess = self._model.guess(text, self._threshold, self._sure)
        named = [_ranked(name, sure) for name, sure in guess.ranking[: self._length]]
        return named if guess.intent else [_ranked(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1 - guess.confidence), *named]


def _ranked(name: Text, confidence: float) -> Dict[Text, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
