"""The Rasa component that reads findings in a message and lets what was reported decide the intent."""

from dataclasses import asdict
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.knowledge_base.reading import open_knowledge, stamp_of
from assistant.language.lexicon import lexicon
from assistant.language.reading import Reader, Reading
from assistant.settings import knowledge_path

RED_FLAG, TELL = "report_red_flag", "tell"
ALARMING = ("emergency", "urgent")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FindingReader(GraphComponent):
    """Sets `reading` on a message (the findings, see `Reading`), an entity for each place that speaks of one, and the
    intent: a warning sign is `report_red_flag` whatever else is said, and an intent of `gives_way` becomes `tell` as soon
    as the message reports something."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"gives_way": ["greet", "goodbye", "thank", "small_talk", "out_of_scope", "nlu_fallback"]}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._gives_way = frozenset(config["gives_way"])
        self._stamp = ""
        self._look_up()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FindingReader":
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """A new knowledge base is a new component, although its code is the same."""
        return stamp_of(knowledge_path())

    def _look_up(self) -> None:
        """Read the words of the knowledge base, anew where its file was swapped; while it is away, those read before hold. Raises
        InputError where none were read yet."""
        stamp = stamp_of(knowledge_path())
        if self._stamp and stamp in ("", self._stamp):
            return
        knowledge = open_knowledge(knowledge_path())
        self._reader = Reader(lexicon(knowledge.phrase_files, knowledge.cues, knowledge.measures, knowledge.findings))
        self._levels = {f["id"]: f.get("level") for f in knowledge.findings}
        self._stamp = knowledge.book.sha256

    def process(self, messages: List[Message]) -> List[Message]:
        self._look_up()
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        reading = self._reader.read(text)
        message.set("reading", as_output(reading, text), add_to_output=True)
        found = [{"entity": "finding", "value": s.finding, "start": s.start, "end": s.end} for s in reading.spans]
        message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        intent = self._intent(reading, (message.get(INTENT) or {}).get("name"))
        if intent is not None:
            message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)

    def _intent(self, reading: Reading, guessed: Optional[str]) -> Optional[str]:
        if any(self._levels[f] in ALARMING and value is True for f, value in reading.findings.items()):
            return RED_FLAG
        spoken = reading.findings or reading.denied or reading.hypothetical or reading.other_person
        return TELL if spoken and (guessed is None or guessed in self._gives_way) else None


def as_output(reading: Reading, text: str) -> Dict[str, Any]:
    """The reading as plain JSON, with the person's own words for each finding and the place of each mention."""
    return {
        "findings": reading.findings,
        "denied": list(reading.denied),
        "other_person": list(reading.other_person),
        "past": list(reading.past),
        "hypothetical": list(reading.hypothetical),
        "words": {s.finding: text[s.start : s.end] for s in reversed(reading.spans)},
        "numbers": list(reading.numbers),
        "spans": [{**asdict(s), "standing": s.standing.value} for s in reading.spans],
    }
